import type { DomainEvent } from '../../domain/events.js';
import type { EventBus } from '../../ports/event-bus.js';
import { mailRequestConsumer } from './mail-requests.js';
import { runMailSender, type MailSenderServices } from './mail-sender.js';

export interface EmailWorkerServices extends MailSenderServices {
  readonly bus: EventBus<DomainEvent>;
}

/** Asks for the mails that events call for, and sends what was asked for. Runs until the signal aborts. */
export const runEmailWorker = async (services: EmailWorkerServices, signal: AbortSignal): Promise<void> => {
  await Promise.all([services.bus.consume(mailRequestConsumer(services), signal), runMailSender(services, signal)]);
};
