import type { CollectionDefinition, Document } from '../../ports/read-models.js';
import { lookingUp, type ProjectionRule, type RecordOf } from '../kernel/projection.js';
import { orderedPosition } from '../kernel/stored-collections.js';
import { forgottenStudents, type ForgottenStudentDocument } from './document.js';

type OfStudent = 'AttemptStarted' | 'AttemptSubmitted';

const isForgotten = ({ position }: RecordOf<OfStudent>, forgotten: ForgottenStudentDocument | undefined): boolean =>
  forgotten !== undefined && forgotten.since < orderedPosition(position);

/** A rule that leaves out what a student does whose account was deleted before: a request that was under way. */
export const unlessForgotten = <D extends Document, Type extends OfStudent>(
  collection: CollectionDefinition<D>,
  eventType: Type,
  ids: (event: RecordOf<Type>) => readonly string[],
  apply: (document: D | undefined, event: RecordOf<Type>, id: string, number: number) => D | undefined,
): ProjectionRule =>
  lookingUp<D, ForgottenStudentDocument, Type>(
    collection,
    eventType,
    { collection: forgottenStudents, ids: ({ data }: RecordOf<OfStudent>) => data.studentId },
    (event) => ids(event),
    (document, event, [forgotten], id, number) =>
      isForgotten(event, forgotten) ? document : apply(document, event, id, number),
  );
