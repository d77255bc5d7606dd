import { profile } from '../../domain/resources/profile.js';
import type { FieldsOf } from '../../domain/record/resource.js';
import type { Actor } from '../actor.js';
import { derivedContext, type CommandContext } from '../context.js';
import { succeeded, type Outcome } from '../outcome.js';
import { changeRecord } from '../records/change-record.js';
import { createRecord } from '../records/create-record.js';
import type { RecordUseRejection } from '../records/record-access.js';
import type { CommandServices } from '../services.js';

export interface SaveProfileInput {
  /** Whose profile it is. */
  readonly actor: Actor;
  /** Absent fields stay as they are. */
  readonly fields: Partial<FieldsOf<typeof profile>>;
  readonly cleared?: readonly string[];
}

export interface SavedProfile {
  /** Files that the profile no longer has. */
  readonly removedFiles: readonly string[];
}

/** The first change makes the profile. Of several first ones at once one does, and the others change what it made. */
export const saveProfile =
  (services: CommandServices) =>
  async ({ actor, fields, cleared = [] }: SaveProfileInput, context: CommandContext): Promise<Outcome<SavedProfile, RecordUseRejection>> => {
    const recordId = actor.accountId;
    const created = await createRecord(profile)(services)({ actor, recordId, fields }, derivedContext(context, 'create-profile'));
    if (created.ok) return succeeded({ removedFiles: [] }, created);
    if (created.rejection !== 'record-exists') return created;
    return changeRecord(profile)(services)({ actor, recordId, scope: null, fields, cleared }, derivedContext(context, 'change-profile'));
  };
