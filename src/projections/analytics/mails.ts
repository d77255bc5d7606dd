import type { ProjectionRule } from '../kernel/projection.js';
import { counted } from './counting.js';
import type { CountName } from './document.js';
import { everywhere } from './places.js';

const places = () => [everywhere];
const change = (name: CountName) => () => ({ counts: { [name]: 1 } });

/** Mails belong to no course: they count as a whole. */
export const ofMails: readonly ProjectionRule[] = [
  counted('MailRequested', { at: ({ data }) => data.requestedAt, places, change: change('mailsRequested') }),
  counted('MailSent', { at: ({ data }) => data.sentAt, places, change: change('mailsSent') }),
  counted('MailAbandoned', { at: ({ data }) => data.abandonedAt, places, change: change('mailsGivenUp') }),
  counted('MailOutcomeUnknown', { at: ({ data }) => data.unknownAt, places, change: change('mailsUnknown') }),
  counted('MailWithdrawn', { at: ({ data }) => data.withdrawnAt, places, change: change('mailsWithdrawn') }),
];
