import { aggregates } from '../../domain/aggregates.js';
import { isChanged, isCreated, isDeleted, type RecordEvent } from '../../domain/record/record-book.js';
import type { AnyResource } from '../../domain/record/resource.js';
import { resources } from '../../domain/resources/index.js';
import type { CommandContext } from '../../commands/context.js';
import type { CommandServices } from '../../commands/services.js';
import type { AnyEvent, RecordedEvent } from '../../ports/event-store.js';
import type { FileStore } from '../../ports/file-store.js';

type Services = Pick<CommandServices, 'handler' | 'clock'>;

const endsWithAccount = ({ references }: AnyResource): boolean => references['ownerId']?.cascade === true;

/** The resources whose records end with their account, such as address books (read models drop them, all but late ones), and those that have files. */
const watched: readonly AnyResource[] = Object.values(resources).filter((resource) => endsWithAccount(resource) || resource.files.length > 0);

export const watchedCategories: readonly string[] = watched.map(({ category }) => category);

export const watchedResourceOf = (event: AnyEvent): AnyResource | undefined => watched.find(({ eventTypes }) => eventTypes.has(event.type));

/** The profile has the id of its account, so that it can be found when read models have dropped it. Its files go with it. */
export const forgetProfile = (services: Services, accountId: string, context: CommandContext): Promise<void> =>
  forgetRecord(services, resources.profile, accountId, accountId, context);

/** Removes files that a record has lost, and a record that was made or changed while its owner's account was being deleted. */
export const followRecord = async (
  services: Services & { readonly files: FileStore },
  resource: AnyResource,
  event: RecordedEvent,
  contextFor: (recordId: string) => CommandContext,
): Promise<void> => {
  const isOwn = (candidate: AnyEvent): candidate is RecordEvent => resource.eventTypes.has(candidate.type);
  const own: AnyEvent = event;
  if (!isOwn(own)) return;
  const { recordId, ownerId } = own.data;
  const streamId = event.stream.slice(resource.category.length + 1);
  if (isChanged(own) || isDeleted(own)) await removeFiles(services, resource, streamId, recordId, own.data.removedFiles ?? []);
  if (isDeleted(own) || !(isCreated(own) || isChanged(own)) || !endsWithAccount(resource)) return;
  const { state: owner } = await services.handler.load(aggregates.account, ownerId, event.position);
  if (owner.status === 'deleted') await forgetRecord(services, resource, streamId, recordId, contextFor(recordId));
};

const removeFiles = async (
  { handler, files }: Services & { readonly files: FileStore },
  resource: AnyResource,
  streamId: string,
  recordId: string,
  removed: readonly string[],
): Promise<void> => {
  if (removed.length === 0) return;
  const { fields = {} } = (await handler.load(resource, streamId)).state.records.get(recordId) ?? {};
  const inUse = resource.files.map((name) => fields[name]);
  for (const file of removed) if (!inUse.includes(file)) await files.delete(file);
};

const forgetRecord = async (
  { handler, clock }: Services,
  resource: AnyResource,
  streamId: string,
  recordId: string,
  context: CommandContext,
): Promise<void> => {
  const data = { recordId, actorId: null, at: clock.now().toISOString() };
  // Refused only if there never was one.
  await handler.handle(resource, streamId, { type: 'DeleteRecord', data }, context);
};
