import { changedFields, type RecordFields } from '../../domain/record/record-book.js';
import { streamIdOf } from '../../domain/record/record-place.js';
import type { AnyResource, FieldsOf } from '../../domain/record/resource.js';
import { derivedContext, type CommandContext } from '../context.js';
import { succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { writableRecord, type RecordTarget, type RecordUseRejection } from './record-access.js';
import { missingReference } from './references.js';

export interface ChangeRecordInput<R extends AnyResource> extends RecordTarget {
  /** Absent fields stay as they are. */
  readonly fields: Partial<FieldsOf<R>>;
  readonly cleared?: readonly string[];
}

export interface ChangedRecord {
  /** Files that the record no longer has. */
  readonly removedFiles: readonly string[];
}

/** Changes a record. If a reference ends meanwhile, the change is undone and refused. */
export const changeRecord =
  <R extends AnyResource>(resource: R) =>
  (services: CommandServices) =>
  async (input: ChangeRecordInput<R>, context: CommandContext): Promise<Outcome<ChangedRecord, RecordUseRejection>> => {
    const { recordId, scope, fields, cleared = [] } = input;
    const { handler, clock } = services;
    const writable = await writableRecord(services, resource, input, context);
    if (!writable.ok) return writable;
    const { entry, isRepeat } = writable;
    const change = (changes: RecordFields, without: readonly string[], as: CommandContext) => {
      const data = { recordId, actorId: context.actorId, at: clock.now().toISOString(), fields: changes, cleared: without };
      return handler.handle(resource, streamIdOf(recordId, scope), { type: 'ChangeRecord', data }, as);
    };

    const isSent = (name: string | undefined): boolean => name !== undefined && name in fields && resource.fixed[name] === undefined;
    // What has ended since the first time changes nothing about its answer.
    const named = isRepeat ? [] : Object.entries(resource.references).flatMap(([name, { within }]) => (isSent(name) || isSent(within) ? [name] : []));
    const after = { ...entry, fields: changedFields(entry.fields, fields, cleared) };
    const missing = await missingReference(services, resource, after, named);
    if (missing !== undefined) return missing;
    const changed = await change(fields, cleared, context);
    if (!changed.ok) return changed;
    const ended = await missingReference(services, resource, after, named);
    const { removedFiles = [] } = (changed.changed && changed.state.records.get(recordId)) || {};
    if (ended === undefined) return succeeded({ removedFiles }, changed);
    const added = Object.keys(fields).filter((name) => !(name in entry.fields));
    await change(entry.fields, added, derivedContext(context, 'take-back'));
    return ended;
  };
