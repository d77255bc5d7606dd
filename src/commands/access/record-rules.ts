import type { RecordFields } from '../../domain/record/record-book.js';
import type { AnyResource } from '../../domain/record/resource.js';
import type { Actor } from '../actor.js';
import { belongsToOrganization, managesLevels, type Standing } from './organization-rules.js';
import { editsCourse, isAdmin, ownsCourse, ownsOrAdministersRecord, ownsRecord, type CourseFacts } from './rules.js';

export interface RecordFacts {
  readonly ownerId: string;
  readonly fields: RecordFields;
}

/** Looks facts up for rules: use cases in the streams, reads in the read models. */
export interface FactSource {
  readonly course: (courseId: string) => Promise<CourseFacts | undefined>;
  /** Of an account in an organization; undefined: the organization is gone, or was never there. */
  readonly standing: (organizationId: string, accountId: string) => Promise<Standing | undefined>;
}

export interface RecordRule {
  readonly sentence: string;
  /** The read models that a read asks for its facts. */
  readonly reads: readonly ('courses' | 'organizations')[];
  readonly holds: (actor: Actor | null, record: RecordFacts, facts: FactSource) => boolean | Promise<boolean>;
  /** Whether lists are narrowed to one's own records: then the resource declares a list by owner. */
  readonly narrowsByOwner: 'never' | 'sometimes' | 'always';
  /** The filter that a list of these fields needs for this account; undefined: the account may see none. */
  readonly narrow: (actor: Actor | null, wanted: RecordFields, facts: FactSource) => RecordFields | undefined | Promise<RecordFields | undefined>;
}

const everything: RecordFields = {};

const everybodys = (sentence: string, holds: (actor: Actor | null) => boolean): RecordRule => ({
  sentence,
  reads: [],
  holds,
  narrowsByOwner: 'never',
  narrow: (actor) => (holds(actor) ? everything : undefined),
});

const owners = (rule: typeof ownsRecord | typeof ownsOrAdministersRecord, seesAll: (actor: Actor) => boolean, narrowsByOwner: 'sometimes' | 'always'): RecordRule => ({
  sentence: rule.sentence,
  reads: [],
  holds: rule,
  narrowsByOwner,
  narrow: (actor) => {
    if (actor === null) return undefined;
    return seesAll(actor) ? everything : { ownerId: actor.accountId };
  },
});

/** The field `courseId` names the course of a record, and of a list. */
const ofCourse = (rule: typeof ownsCourse | typeof editsCourse): RecordRule => {
  const holds = async (actor: Actor | null, fields: RecordFields, facts: FactSource): Promise<boolean> => {
    const { courseId } = fields;
    const course = typeof courseId === 'string' ? await facts.course(courseId) : undefined;
    return course !== undefined && rule(actor, course);
  };
  return {
    sentence: rule.sentence,
    reads: ['courses'],
    holds: (actor, { fields }, facts) => holds(actor, fields, facts),
    narrowsByOwner: 'never',
    narrow: async (actor, wanted, facts) => (isAdmin(actor) || (await holds(actor, wanted, facts)) ? everything : undefined),
  };
};

/** The field `organizationId` names the organization of a record, and of a list. */
const ofOrganization = (rule: typeof belongsToOrganization | typeof managesLevels): RecordRule => {
  const holds = async (actor: Actor | null, { organizationId }: RecordFields, facts: FactSource): Promise<boolean> => {
    if (actor === null || typeof organizationId !== 'string') return false;
    const standing = await facts.standing(organizationId, actor.accountId);
    return standing !== undefined && rule(actor, standing);
  };
  return {
    sentence: rule.sentence,
    reads: ['organizations'],
    holds: (actor, { fields }, facts) => holds(actor, fields, facts),
    narrowsByOwner: 'never',
    narrow: async (actor, wanted, facts) => (isAdmin(actor) || (await holds(actor, wanted, facts)) ? everything : undefined),
  };
};

export const recordRules = {
  anyone: everybodys('Anybody.', () => true),
  account: everybodys('Any account.', (actor) => actor !== null),
  [isAdmin.ruleName]: everybodys(isAdmin.sentence, (actor) => isAdmin(actor)),
  [ownsRecord.ruleName]: owners(ownsRecord, () => false, 'always'),
  [ownsOrAdministersRecord.ruleName]: owners(ownsOrAdministersRecord, (actor) => isAdmin(actor), 'sometimes'),
  [ownsCourse.ruleName]: ofCourse(ownsCourse),
  [editsCourse.ruleName]: ofCourse(editsCourse),
  [belongsToOrganization.ruleName]: ofOrganization(belongsToOrganization),
  [managesLevels.ruleName]: ofOrganization(managesLevels),
} as const satisfies Readonly<Record<string, RecordRule>>;

export type RecordRuleName = keyof typeof recordRules;

const byName: ReadonlyMap<string, RecordRule> = new Map(Object.entries(recordRules));

export const ruleOf = (resource: AnyResource, action: keyof AnyResource['rules']): RecordRule => {
  const name = resource.rules[action];
  const rule = byName.get(name);
  if (rule === undefined) throw new Error(`${resource.thing}: there is no rule called ${name}`);
  return rule;
};
