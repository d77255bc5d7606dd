import type { Account } from './account.js';
import { formIn, metadataIn, textIn, textsIn, type Form } from './form.js';
import { invalid, missing, Refusal, type Intent, type Refund } from './objects.js';
import { TOKENS } from './tokens.js';

interface Listed {
  readonly id: string;
  readonly created: number;
}

/** Newest first, a page at a time. */
const page = <Item extends Listed>(all: readonly Item[], query: Form, url: string, shown: (item: Item) => object): object => {
  const since = Number(textIn(formIn(query, 'created'), 'gte') ?? 0);
  const limit = Number(textIn(query, 'limit') ?? 10);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw invalid('Invalid limit', { param: 'limit' });
  const items = all.filter(({ created }) => created >= since).toReversed();
  const after = textIn(query, 'starting_after');
  const place = after === undefined ? -1 : items.findIndex(({ id }) => id === after);
  if (after !== undefined && place === -1) throw missing('object', after, 'starting_after');
  const rest = items.slice(place + 1);
  return { object: 'list', url, has_more: rest.length > limit, data: rest.slice(0, limit).map(shown) };
};

const intentOf = (account: Account, id: string): Intent => account.intent(id);

const lists = (account: Account, path: string, query: Form): object | undefined => {
  const isExpanded = textsIn(query, 'expand').includes('data.payment_intent');
  const shown = <Item extends { readonly payment_intent: string }>(item: Item): object => (isExpanded ? { ...item, payment_intent: intentOf(account, item.payment_intent) } : item);
  switch (path) {
    case '/v1/payment_intents':
      return page(account.intents, query, path, (intent) => intent);
    case '/v1/refunds': {
      const of = textIn(query, 'payment_intent');
      return page(account.refunds.filter(({ payment_intent: intent }) => of === undefined || of === intent), query, path, shown);
    }
    case '/v1/disputes':
      return page(account.disputes, query, path, shown);
    case '/v1/payment_intents/search': {
      const [, name = '', value] = /^metadata\['(\w+)'\]:'([^']*)'$/.exec(textIn(query, 'query') ?? '') ?? [];
      return { object: 'search_result', url: path, has_more: false, data: account.intents.filter(({ metadata }) => metadata[name] === value).toReversed() };
    }
    default:
      return undefined;
  }
};

const methodOf = (id: string): object => {
  const token = TOKENS[id];
  if (token === undefined) throw missing('PaymentMethod', id, 'payment_method');
  return { id, object: 'payment_method', type: 'card', billing_details: { address: null, email: token.email ?? null, name: null, phone: null } };
};

const chargeOf = (account: Account, id: string): object => {
  const intent = account.intents.find(({ latest_charge: charge }) => charge === id);
  if (intent === undefined) throw missing('charge', id, 'id');
  return { id, object: 'charge', amount: intent.amount, currency: intent.currency, payment_intent: intent.id };
};

const one = (account: Account, path: string): object | undefined => {
  const [, , kind, id = '', more] = path.split('/');
  if (more !== undefined) return undefined;
  switch (kind) {
    case 'payment_intents':
      return account.intent(id);
    case 'refunds':
      return account.refund(id);
    case 'charges':
      return chargeOf(account, id);
    case 'payment_methods':
      return methodOf(id);
    default:
      return undefined;
  }
};

const CANCELLATIONS = ['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'] as const;
const REFUND_REASONS = ['duplicate', 'fraudulent', 'requested_by_customer'] as const;
const oneOf = <Word extends string>(words: readonly Word[], word: string | undefined): Word | null => words.find((each) => each === word) ?? null;

const madeIntent = (account: Account, form: Form): Intent => {
  for (const param of ['amount', 'currency']) if (textIn(form, param) === undefined) throw invalid(`Missing required param: ${param}.`, { param, code: 'parameter_missing' });
  return account.make({
    amount: Number(textIn(form, 'amount')),
    currency: textIn(form, 'currency') ?? '',
    metadata: metadataIn(form),
    description: textIn(form, 'description') ?? null,
    descriptor: textIn(form, 'statement_descriptor_suffix') ?? null,
    redirects: textIn(formIn(form, 'automatic_payment_methods'), 'allow_redirects') === 'never' ? 'never' : 'always',
  });
};

const madeRefund = (account: Account, form: Form): Refund => {
  const amount = textIn(form, 'amount');
  return account.makeRefund(textIn(form, 'payment_intent') ?? '', amount === undefined ? null : Number(amount), metadataIn(form), oneOf(REFUND_REASONS, textIn(form, 'reason')));
};

const changed = (account: Account, path: string, form: Form): object | undefined => {
  const [, , kind, id, action] = path.split('/');
  if (kind === 'refunds' && id === undefined) return madeRefund(account, form);
  if (kind !== 'payment_intents') return undefined;
  if (id === undefined) return madeIntent(account, form);
  switch (action) {
    case undefined:
      Object.assign(account.intent(id).metadata, metadataIn(form));
      return account.intent(id);
    case 'confirm':
      return account.confirm(id, textIn(form, 'payment_method'), textIn(form, 'return_url'), textIn(form, 'receipt_email') ?? null);
    case 'cancel':
      return account.cancel(id, oneOf(CANCELLATIONS, textIn(form, 'cancellation_reason')));
    default:
      return undefined;
  }
};

/** The proper answer of Stripe's API. Throws a Refusal. */
export const answerTo = (account: Account, method: string, path: string, form: Form): object => {
  const answer = method === 'GET' ? (lists(account, path, form) ?? one(account, path)) : method === 'POST' ? changed(account, path, form) : undefined;
  if (answer === undefined) throw new Refusal(404, { type: 'invalid_request_error', message: `Unrecognized request URL (${method}: ${path}).` });
  return answer;
};
