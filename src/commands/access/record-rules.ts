import type { RecordFields } from '../../domain/record/record-book.js';
import { OWNER, type AnyResource } from '../../domain/record/resource.js';
import type { Actor } from '../actor.js';
import { changesCourse } from './course-rules.js';
import { belongsToOrganization, managesAttendance, managesCourses, managesLevels, noStanding, readsAttendance, type Standing } from './organization-rules.js';
import { belongsToCourse, editsCourse, isAdmin, ownsCourse, ownsOrAdministersRecord, ownsRecord, type CourseFacts } from './rules.js';

export interface RecordFacts {
  readonly ownerId: string;
  readonly fields: RecordFields;
}

/** Looks facts up for rules: use cases in the streams, reads in the read models. */
export interface FactSource {
  readonly course: (courseId: string) => Promise<(CourseFacts & { readonly organizationId: string | null }) | undefined>;
  /** Of an account in an organization; undefined: the organization is gone, or was never there. */
  readonly standing: (organizationId: string, accountId: string) => Promise<Standing | undefined>;
  /** Whether the account has access to the course through an enrollment. */
  readonly enrollment: (accountId: string, courseId: string) => Promise<boolean>;
}

export interface RecordRule {
  readonly sentence: string;
  /** The read models that a read asks for its facts. */
  readonly reads: readonly ('courses' | 'enrollments' | 'organizations')[];
  readonly holds: (actor: Actor | null, record: RecordFacts, facts: FactSource) => boolean | Promise<boolean>;
  /** The field by which lists are narrowed, for some accounts or for all: the resource declares lists by it. Absent: none is. */
  readonly narrowsBy?: { readonly field: string; readonly always: boolean };
  /** Set where a list that is refused must not tell that there is such a thing. */
  readonly hides?: string;
  /** The filter that a list of these fields needs for this account; undefined: the account may see none. */
  readonly narrow: (actor: Actor | null, wanted: RecordFields, facts: FactSource) => RecordFields | undefined | Promise<RecordFields | undefined>;
}

const everything: RecordFields = {};

const everybodys = (sentence: string, holds: (actor: Actor | null) => boolean): RecordRule => ({
  sentence,
  reads: [],
  holds,
  narrow: (actor) => (holds(actor) ? everything : undefined),
});

const owners = (rule: typeof ownsRecord | typeof ownsOrAdministersRecord, seesAll: (actor: Actor) => boolean, always: boolean): RecordRule => ({
  sentence: rule.sentence,
  reads: [],
  holds: rule,
  narrowsBy: { field: OWNER, always },
  narrow: (actor) => {
    if (actor === null) return undefined;
    return seesAll(actor) ? everything : { [OWNER]: actor.accountId };
  },
});

type KnownCourse = Awaited<ReturnType<FactSource['course']>>;

/** What the account is in the organization of the course. */
const standingAt = async (actor: Actor, course: KnownCourse, facts: FactSource): Promise<Standing> => {
  const { organizationId = null } = course ?? {};
  return (organizationId === null ? undefined : await facts.standing(organizationId, actor.accountId)) ?? noStanding;
};

/** The field `courseId` names the course of a record, and of a list. */
const ofCourse = (rule: typeof ownsCourse | typeof editsCourse | typeof changesCourse): RecordRule => {
  const holds = async (actor: Actor | null, fields: RecordFields, facts: FactSource): Promise<boolean> => {
    const { courseId } = fields;
    if (actor === null || typeof courseId !== 'string') return false;
    const course = await facts.course(courseId);
    return course !== undefined && rule(actor, course, await standingAt(actor, course, facts));
  };
  return {
    sentence: rule.sentence,
    reads: ['courses', 'organizations'],
    holds: (actor, { fields }, facts) => holds(actor, fields, facts),
    narrow: async (actor, wanted, facts) => (isAdmin(actor) || (await holds(actor, wanted, facts)) ? everything : undefined),
  };
};

/** The field `organizationId` names the organization of a record, and of a list. */
const ofOrganization = (rule: typeof belongsToOrganization | typeof managesLevels | typeof managesAttendance): RecordRule => {
  const holds = async (actor: Actor | null, { organizationId }: RecordFields, facts: FactSource): Promise<boolean> => {
    if (actor === null || typeof organizationId !== 'string') return false;
    const standing = await facts.standing(organizationId, actor.accountId);
    return standing !== undefined && rule(actor, standing);
  };
  return {
    sentence: rule.sentence,
    reads: ['organizations'],
    holds: (actor, { fields }, facts) => holds(actor, fields, facts),
    narrow: async (actor, wanted, facts) => (isAdmin(actor) || (await holds(actor, wanted, facts)) ? everything : undefined),
  };
};

const runsCourse = async (actor: Actor, courseId: string, facts: FactSource): Promise<boolean> => {
  const course = await facts.course(courseId);
  const isManager = managesCourses(actor, await standingAt(actor, course, facts));
  return belongsToCourse(actor, course, { hasIt: false, isPublished: false, isManager });
};

/** Of records with the fields `courseId` and `isPublished`. */
const ofCourseMembers: RecordRule = {
  sentence: belongsToCourse.sentence,
  reads: ['courses', 'enrollments', 'organizations'],
  holds: async (actor, { fields: { courseId, isPublished } }, facts) => {
    if (actor === null || typeof courseId !== 'string') return false;
    if (await runsCourse(actor, courseId, facts)) return true;
    const published = isPublished === true;
    const hasIt = published && (await facts.enrollment(actor.accountId, courseId));
    return belongsToCourse(actor, undefined, { hasIt, isPublished: published, isManager: false });
  },
  narrowsBy: { field: 'isPublished', always: false },
  hides: 'course',
  narrow: async (actor, { courseId }, facts) => {
    if (isAdmin(actor)) return everything;
    if (actor === null || typeof courseId !== 'string') return undefined;
    if (await runsCourse(actor, courseId, facts)) return everything;
    return (await facts.enrollment(actor.accountId, courseId)) ? { isPublished: true } : undefined;
  },
};

/** Of records with the field `organizationId` that belong to the person they are about. */
const ofAttendance: RecordRule = {
  sentence: readsAttendance.sentence,
  reads: ['organizations'],
  holds: async (actor, { ownerId, fields: { organizationId } }, facts) => {
    if (readsAttendance(actor, { ownerId }, undefined)) return true;
    if (actor === null || typeof organizationId !== 'string') return false;
    const standing = await facts.standing(organizationId, actor.accountId);
    return standing !== undefined && readsAttendance(actor, { ownerId }, standing);
  },
  narrowsBy: { field: OWNER, always: false },
  narrow: async (actor, { organizationId }, facts) => {
    if (actor === null) return undefined;
    const standing = typeof organizationId === 'string' ? await facts.standing(organizationId, actor.accountId) : undefined;
    return readsAttendance(actor, { ownerId: '' }, standing) ? everything : { [OWNER]: actor.accountId };
  },
};

export const recordRules = {
  anyone: everybodys('Anybody.', () => true),
  account: everybodys('Any account.', (actor) => actor !== null),
  [isAdmin.ruleName]: everybodys(isAdmin.sentence, (actor) => isAdmin(actor)),
  [ownsRecord.ruleName]: owners(ownsRecord, () => false, true),
  [ownsOrAdministersRecord.ruleName]: owners(ownsOrAdministersRecord, (actor) => isAdmin(actor), false),
  [ownsCourse.ruleName]: ofCourse(ownsCourse),
  [editsCourse.ruleName]: ofCourse(editsCourse),
  [changesCourse.ruleName]: ofCourse(changesCourse),
  [belongsToOrganization.ruleName]: ofOrganization(belongsToOrganization),
  [managesLevels.ruleName]: ofOrganization(managesLevels),
  [belongsToCourse.ruleName]: ofCourseMembers,
  [managesAttendance.ruleName]: ofOrganization(managesAttendance),
  [readsAttendance.ruleName]: ofAttendance,
} as const satisfies Readonly<Record<string, RecordRule>>;

export type RecordRuleName = keyof typeof recordRules;

const byName: ReadonlyMap<string, RecordRule> = new Map(Object.entries(recordRules));

export const ruleOf = (resource: AnyResource, action: keyof AnyResource['rules']): RecordRule => {
  const name = resource.rules[action];
  const rule = byName.get(name);
  if (rule === undefined) throw new Error(`${resource.thing}: there is no rule called ${name}`);
  return rule;
};
