import type { RecordFields } from '../../domain/record/record-book.js';
import type { AnyResource } from '../../domain/record/resource.js';
import type { Actor } from '../actor.js';
import { editsCourse, isAdmin, ownsCourse, ownsOrAdministersRecord, ownsRecord, type CourseFacts } from './rules.js';

export interface RecordFacts {
  readonly ownerId: string;
  readonly fields: RecordFields;
}

/** Where a rule looks things up: use cases in the streams, reads in the read models. */
export interface FactSource {
  readonly course: (courseId: string) => Promise<CourseFacts | undefined>;
}

/** A rule that a resource can name. */
export interface RecordRule {
  readonly sentence: string;
  readonly holds: (actor: Actor | null, record: RecordFacts, facts: FactSource) => boolean | Promise<boolean>;
  /** What a list of these fields must be narrowed to for this account; undefined: it may see none. */
  readonly narrow: (actor: Actor | null, wanted: RecordFields, facts: FactSource) => RecordFields | undefined | Promise<RecordFields | undefined>;
}

const everything: RecordFields = {};

const everybodys = (sentence: string, holds: (actor: Actor | null) => boolean): RecordRule => ({
  sentence,
  holds,
  narrow: (actor) => (holds(actor) ? everything : undefined),
});

const owners = (rule: typeof ownsRecord | typeof ownsOrAdministersRecord, seesAll: (actor: Actor) => boolean): RecordRule => ({
  sentence: rule.sentence,
  holds: rule,
  narrow: (actor) => {
    if (actor === null) return undefined;
    return seesAll(actor) ? everything : { ownerId: actor.accountId };
  },
});

/** The record names its course in the field `courseId`; a list names it too. */
const ofCourse = (rule: typeof ownsCourse | typeof editsCourse): RecordRule => {
  const holds = async (actor: Actor | null, fields: RecordFields, facts: FactSource): Promise<boolean> => {
    const { courseId } = fields;
    const course = typeof courseId === 'string' ? await facts.course(courseId) : undefined;
    return course !== undefined && rule(actor, course);
  };
  return {
    sentence: rule.sentence,
    holds: (actor, { fields }, facts) => holds(actor, fields, facts),
    narrow: async (actor, wanted, facts) => (isAdmin(actor) || (await holds(actor, wanted, facts)) ? everything : undefined),
  };
};

export const recordRules = {
  anyone: everybodys('Anybody.', () => true),
  account: everybodys('Any account.', (actor) => actor !== null),
  [isAdmin.ruleName]: everybodys(isAdmin.sentence, (actor) => isAdmin(actor)),
  [ownsRecord.ruleName]: owners(ownsRecord, () => false),
  [ownsOrAdministersRecord.ruleName]: owners(ownsOrAdministersRecord, (actor) => isAdmin(actor)),
  [ownsCourse.ruleName]: ofCourse(ownsCourse),
  [editsCourse.ruleName]: ofCourse(editsCourse),
} as const satisfies Readonly<Record<string, RecordRule>>;

export type RecordRuleName = keyof typeof recordRules;

const byName: ReadonlyMap<string, RecordRule> = new Map(Object.entries(recordRules));

/** The rule that the resource names. Throws when there is none of that name. */
export const ruleOf = (resource: AnyResource, action: keyof AnyResource['rules']): RecordRule => {
  const name = resource.rules[action];
  const rule = byName.get(name);
  if (rule === undefined) throw new Error(`${resource.thing}: there is no rule called ${name}`);
  return rule;
};
