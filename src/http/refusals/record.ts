import type { RecordUseRejection } from '../../commands/records/record-access.js';
import type { Answer } from './answer.js';

export const recordRefusals = {
  'record-exists': ['conflict', 'The record already exists.'],
  'record-not-found': ['not-found', 'The record does not exist.'],
  'record-of-another': ['conflict', 'The id belongs to a record of another account.'],
  'record-value-taken': ['conflict', 'Another record already has this value.'],
  'record-limit-reached': ['conflict', 'No more records are allowed.'],
  'record-field-fixed': ['unprocessable', 'The field keeps its first value.'],
  'record-value-invalid': ['invalid', 'A field has a value that does not fit the record.'],
  'record-reference-missing': ['unprocessable', 'The record refers to something that does not exist.'],
  'record-not-permitted': ['forbidden', 'This account may not write the record.'],
} satisfies Record<RecordUseRejection, Answer>;
