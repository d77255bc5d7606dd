import type { DomainEvent } from '../../domain/events.js';
import type { EventStore, Position, RecordedEvent } from '../../ports/event-store.js';
import { attemptFact } from './attempt-facts.js';
import { couponFact } from './coupon-facts.js';
import { FACT_CATEGORIES, type Fact } from './fact.js';
import type { FactSources } from './fact-sources.js';
import { packageFact, paymentFact } from './payment-facts.js';

const enrollmentFact = async (event: RecordedEvent<DomainEvent>, sources: FactSources): Promise<Fact | undefined> => {
  if (event.type !== 'StudentEnrolled' && event.type !== 'EnrollmentEnded') return undefined;
  const { studentId, courseId } = event.data;
  const kind = event.type === 'StudentEnrolled' ? 'enrollment' : 'enrollment-ended';
  const at = event.type === 'StudentEnrolled' ? event.data.enrolledAt : event.data.endedAt;
  const { position, id: eventId } = event;
  return { table: 'enrollments', kind, position, rows: [{ position: String(position), eventId, kind, at, studentId, courseId, ...(await sources.owner(courseId)) }] };
};

const makers = [paymentFact, packageFact, enrollmentFact, attemptFact, couponFact];

/** Undefined: the event is no fact by itself. */
export const factOf = async (event: RecordedEvent<DomainEvent>, sources: FactSources): Promise<Fact | undefined> => {
  for (const make of makers) {
    const fact = await make(event, sources);
    if (fact !== undefined) return fact;
  }
  return undefined;
};

export interface FactPage {
  readonly facts: readonly Fact[];
  /** How far the log was read: what comes next is after it. */
  readonly position: Position;
  /** There was nothing more at that moment. */
  readonly isEnd: boolean;
}

/** The facts among the next events after a position: at most so many events are read. */
export const factsAfter = async (store: Pick<EventStore<DomainEvent>, 'readAll'>, sources: FactSources, after: Position, events: number): Promise<FactPage> => {
  const facts: Fact[] = [];
  let [position, read] = [after, 0];
  for await (const event of store.readAll({ after, categories: FACT_CATEGORIES, limit: events })) {
    read += 1;
    position = event.position;
    const fact = await factOf(event, sources);
    if (fact !== undefined) facts.push(fact);
  }
  return { facts, position, isEnd: read < events };
};
