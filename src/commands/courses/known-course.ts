import { aggregates } from '../../domain/aggregates.js';
import type { ExistingCourse } from '../../domain/course/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { readsCourse, type OfferFacts } from '../access/course-rules.js';
import { noStanding, type Standing } from '../access/organization-rules.js';
import type { Actor } from '../actor.js';
import type { CommandHandler, Freshness } from '../write-path/command-handler.js';
import { standingIn } from '../organizations/standing.js';
import type { CommandServices } from '../services.js';

type Loaded = Awaited<ReturnType<typeof loadCourse>>;

export interface AskedCourse {
  readonly courseId: string;
  /** Where the course is asked for as one of an organization: a course of another is not there. */
  readonly organizationId?: string;
}

export interface KnownCourse extends Pick<Loaded, 'position' | 'commands'> {
  readonly ok: true;
  /** Perhaps deleted. */
  readonly course: ExistingCourse;
  /** Of the account in the course's organization. */
  readonly standing: Standing;
}

export const offerOf = ({ status, organizationPrivate }: ExistingCourse): OfferFacts => ({
  published: status === 'published',
  deleted: status === 'deleted',
  organizationPrivate,
});

const loadCourse = (handler: CommandHandler, courseId: string, freshness?: Freshness) => handler.load(aggregates.course, courseId, freshness);

const standingFor = async (services: Pick<CommandServices, 'handler'>, organizationId: string, actor: Actor): Promise<Standing> => {
  const found = await standingIn(services, organizationId, actor);
  return found.ok ? found.standing : noStanding;
};

/**
 * The course for an account that may know of it. That a course which is private to an organization exists is a secret: to others
 * it is like one that does not, which is looked up in as many streams.
 */
export const knownCourse = async (
  services: Pick<CommandServices, 'handler'>,
  courseId: string,
  actor: Actor,
  within?: AskedCourse['organizationId'],
  freshness?: Freshness,
): Promise<KnownCourse | Refusal<'course-not-found'>> => {
  const { state: course, position, commands } = await loadCourse(services.handler, courseId, freshness);
  const organizationId = course.status === 'none' ? courseId : course.organizationId;
  const standing = organizationId === null ? noStanding : await standingFor(services, organizationId, actor);
  if (course.status === 'none') return reject('course-not-found', { courseId });
  const isElsewhere = within !== undefined && course.organizationId !== within;
  const isSecret = course.organizationPrivate && !readsCourse(actor, { ...course, ...offerOf(course), deleted: false }, standing, false);
  return isSecret || isElsewhere ? reject('course-not-found', { courseId }) : { ok: true, course, standing, position, commands };
};
