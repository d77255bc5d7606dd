import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import type { AssessmentShelfEvent } from './events.js';

/** Assessments that a teacher may have, published or not; deleted ones do not count. */
export const MOST_ASSESSMENTS = 500;

type Place = Readonly<{ teacherId: string; assessmentId: string; at: string }>;

export type AssessmentShelfCommand = Message<'TakeAssessmentPlace', Place> | Message<'FreeAssessmentPlace', Place>;

export type AssessmentShelfRejection = 'too-many-assessments';

/** The assessments of a teacher that take up a place. */
export interface AssessmentShelf {
  readonly assessments: PersistentMap<true>;
}

const decide = ({ type, data }: AssessmentShelfCommand, { assessments }: AssessmentShelf): Decision<AssessmentShelfEvent, AssessmentShelfRejection> => {
  const { teacherId, assessmentId, at } = data;
  const isThere = assessments.has(assessmentId);
  if (type === 'FreeAssessmentPlace') {
    return isThere ? accept({ type: 'AssessmentPlaceFreed', data: { teacherId, assessmentId, freedAt: at } }) : accept();
  }
  if (isThere) return accept();
  if (assessments.size >= MOST_ASSESSMENTS) return reject('too-many-assessments', { most: MOST_ASSESSMENTS });
  return accept({ type: 'AssessmentPlaceTaken', data: { teacherId, assessmentId, takenAt: at } });
};

const evolve = (shelf: AssessmentShelf, event: AssessmentShelfEvent): AssessmentShelf => {
  const { assessmentId } = event.data;
  switch (event.type) {
    case 'AssessmentPlaceTaken':
      return { assessments: shelf.assessments.set(assessmentId, true) };
    case 'AssessmentPlaceFreed':
      return { assessments: shelf.assessments.delete(assessmentId) };
    default:
      return unknownEvent(event, shelf);
  }
};

export const assessmentShelfDecider: Decider<AssessmentShelf, AssessmentShelfCommand, AssessmentShelfEvent, AssessmentShelfRejection> = {
  initialState: () => ({ assessments: emptyMap() }),
  decide,
  evolve,
};
