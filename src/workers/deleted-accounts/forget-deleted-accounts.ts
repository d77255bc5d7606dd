import { aggregates } from '../../domain/aggregates.js';
import type { CommandContext } from '../../commands/context.js';
import type { CommandServices } from '../../commands/services.js';
import type { DomainEvent, EventOfType } from '../../domain/events.js';
import type { Consumer } from '../../ports/event-bus.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import type { FileStore } from '../../ports/file-store.js';
import type { ProjectionProgress } from '../../ports/projection-progress.js';
import type { ReadModels } from '../../ports/read-models.js';
import type { RecordedAnswers } from '../../ports/recorded-answers.js';
import type { ProjectionName } from '../../projections/index.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { cancelForDeletedAccount } from '../../commands/payments/cancel-payment.js';
import { pendingPaymentIdsOf } from '../../projections/payments/queries.js';
import { billedInvoiceIdsOf } from '../../projections/invoices/queries.js';
import { deleteWaitingPackagePayments } from './package-payments.js';
import { forgetLateMessage, forgetLateName } from './late-chat-texts.js';
import { followRecord, forgetProfile, watchedCategories, watchedResourceOf } from './records.js';

export interface ForgettingServices extends Pick<CommandServices, 'handler' | 'clock'> {
  readonly readModels: ReadModels;
  readonly progress: ProjectionProgress;
  readonly files: FileStore;
  readonly answers: RecordedAnswers;
}

/** Of any type: narrowing the union of all events by a resource costs the compiler seconds. */
type Recorded = RecordedEvent;

export const FORGET_DELETED_ACCOUNTS = 'forget-deleted-accounts';

const READ_MODEL_TIMEOUT_MS = 10_000;
const PAYMENTS_AT_A_TIME = 100;

const READS: readonly ProjectionName[] = ['invoices'];

/**
 * Erases what belongs to a deleted account and does not go by itself: who pays on invoices, pictures and other files from the file store,
 * recorded answers, and records and messages that were written while the account was deleted. Ends its open payments.
 */
export const deletedAccountsConsumer = (services: ForgettingServices): Consumer<DomainEvent> => ({
  name: FORGET_DELETED_ACCOUNTS,
  categories: ['account', 'invoice', 'chat', 'chatMessage', ...watchedCategories],
  handle: async (event) => {
    const resource = watchedResourceOf(event);
    if (resource !== undefined) return followRecord(services, resource, event, (recordId) => contextFrom(event, recordId));
    switch (event.type) {
      case 'AccountDeleted':
        return forgetAccount(services, event.data, event);
      case 'AccountAvatarChanged':
        return removeReplaced(services, event.data);
      case 'AccountAvatarRemoved':
        return services.files.delete(event.data.removedFile);
      case 'InvoiceRequested':
        // A person that is named later is named by another event.
        if (event.data.billing === null) return;
        return forgetIfDeleted(services, event.data.invoiceId, event);
      case 'InvoiceBillingChanged':
        return forgetIfDeleted(services, event.data.invoiceId, event);
      case 'ChatMessageSent':
        return forgetLateMessage(services, event.data, contextFrom(event, event.data.messageId));
      case 'ChatOpened':
      case 'ChatRenamed':
        return forgetLateName(services, event.data.chatId, contextFrom(event, event.data.chatId));
      default:
        return;
    }
  },
});

const forgetAccount = async (
  services: ForgettingServices,
  { accountId, avatarFile }: EventOfType<'AccountDeleted'>['data'],
  event: Recorded,
): Promise<void> => {
  const { readModels, progress, files, answers } = services;
  await answers.forget(accountId);
  if (avatarFile !== null) await files.delete(avatarFile);
  await forgetProfile(services, accountId, contextFrom(event, accountId));
  if (!(await progress.waitFor(event.position, READ_MODEL_TIMEOUT_MS, READS))) throw new Error('the read models are behind');
  for (const invoiceId of await billedInvoiceIdsOf(readModels, accountId)) await forgetInvoiceBilling(services, invoiceId, event);
  await deleteWaitingPackagePayments(services, accountId, (paymentId) => contextFrom(event, paymentId));
  await endPayments(services, accountId, event);
};

/** Comes last: nothing of a person is kept because payments can't be read. */
const endPayments = async (services: ForgettingServices, accountId: string, event: Recorded): Promise<void> => {
  const { readModels, progress } = services;
  let position = event.position;
  for (;;) {
    if (!(await progress.waitFor(position, READ_MODEL_TIMEOUT_MS, ['payments']))) throw new Error('the read models are behind');
    const pending = await pendingPaymentIdsOf(readModels, accountId, PAYMENTS_AT_A_TIME);
    const before = position;
    for (const paymentId of pending) {
      const ended = await cancelForDeletedAccount(services, { paymentId, accountId }, contextFrom(event, paymentId));
      if (ended > position) position = ended;
    }
    // What can't be cancelled was paid meanwhile.
    if (pending.length < PAYMENTS_AT_A_TIME || position === before) return;
  }
};

const removeReplaced = async (
  { handler, files }: ForgettingServices,
  { accountId, replacedFile }: EventOfType<'AccountAvatarChanged'>['data'],
): Promise<void> => {
  if (replacedFile === null) return;
  const { state: account } = await handler.load(aggregates.account, accountId);
  const isInUse = account.status === 'registered' && account.avatarFile === replacedFile;
  if (!isInUse) await files.delete(replacedFile);
};

/** As of an event: a deletion that comes later finds by itself what the event made. */
const isDeleted = async ({ handler }: ForgettingServices, accountId: string, { position }: Recorded): Promise<boolean> =>
  (await handler.load(aggregates.account, accountId, position)).state.status === 'deleted';

const forgetIfDeleted = async (services: ForgettingServices, invoiceId: string, event: Recorded): Promise<void> => {
  const { state: invoice } = await services.handler.load(aggregates.invoice, invoiceId, event.position);
  if (invoice.status === 'none' || invoice.billing === null) return;
  if (await isDeleted(services, invoice.content.userId, event)) await forgetInvoiceBilling(services, invoiceId, event);
};

const forgetInvoiceBilling = async ({ handler, clock }: ForgettingServices, invoiceId: string, event: Recorded): Promise<void> => {
  const data = { at: clock.now().toISOString() };
  await handler.handle(aggregates.invoice, invoiceId, { type: 'ForgetInvoiceBilling', data }, contextFrom(event, invoiceId));
};

const contextFrom = ({ id, metadata }: Recorded, subject: string): CommandContext => ({
  commandId: uuidV5(`forget/${subject}`, id),
  actorId: null,
  correlationId: metadata.correlationId,
  causationId: id,
});
