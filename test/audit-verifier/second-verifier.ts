// Written from docs/audit-format.md alone: it imports nothing of this program. Small, and with the whole file in memory.
import { createHash, createPublicKey, verify } from 'node:crypto';

type Data = Readonly<Record<string, unknown>>;
type Event = Readonly<{ index: number; stream: string; revision: number; id: string; type: string; data: Data; metadata: Data }>;
interface State {
  revision: number; hash: unknown; status: string;
  quote: Data; captured: number; most: number;
  readonly refunds: Map<unknown, readonly [standing: string, amount: number]>;
  readonly disputes: Map<unknown, string>;
  readonly uses: Map<unknown, Readonly<{ standing: string; holdUntil: string }>>;
}
const REFUNDS: Readonly<Record<string, readonly [to: string, from: string]>> = {
  PaymentRefundRequested: ['requested', 'undefined'], PaymentRefunded: ['done', 'requested failed'], PaymentRefundFailed: ['failed', 'requested failed'], PaymentRefundReversed: ['failed', 'done'],
};
const USES: Readonly<Record<string, readonly [key: string, from: string, to: string]>> = {
  CouponReserved: ['paymentId', 'none', 'reserved'], CouponRedeemed: ['paymentId', 'reserved', 'redeemed'], CouponReleased: ['paymentId', 'reserved', 'ended'],
  CouponRedemptionReversed: ['paymentId', 'redeemed', 'ended'], CouponUsedForAccess: ['useId', 'none', 'redeemed'], CouponUseForAccessReversed: ['useId', 'redeemed', 'ended'],
};

const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = new Map(Object.entries(value));
  return `{${[...fields.keys()].sort().map((name) => `${JSON.stringify(name)}:${canonical(fields.get(name))}`).join()}}`;
};
const sha = (...parts: readonly (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  parts.forEach((part) => hash.update(part));
  return hash.digest();
};
const root = (leaves: readonly Buffer[], from: number, to: number): Buffer => {
  if (to - from < 2) return leaves[from] !== undefined && to > from ? leaves[from] : sha('');
  let k = 1;
  while (2 * k < to - from) k *= 2;
  return sha(Buffer.of(1), root(leaves, from, from + k), root(leaves, from + k, to));
};
/** In cents of cents: amounts of these tests fit. */
const money = (text: unknown): number => Math.round(Number(text) * 10_000);
const as = (value: unknown): Data => (typeof value === 'object' && value !== null ? { ...value } : {});

const openNote = (note: string, vkey: string): { origin: string; size: number; root: string } => {
  const [name = '', id = '', ...encoded] = vkey.split('+');
  const typed = Buffer.from(encoded.join('+'), 'base64');
  if (sha(name, '\n', typed).subarray(0, 4).toString('hex') !== id) throw new Error('the key is none');
  const [text = '', signatures = ''] = note.split(/(?<=\n)\n/);
  const encodedSignature = signatures.split('\n').find((line) => line.startsWith(`— ${name} `))?.split(' ')[2] ?? '';
  const signature = Buffer.from(encodedSignature, 'base64');
  if (signature.subarray(0, 4).toString('hex') !== id || signature.toString('base64') !== encodedSignature) throw new Error('not signed by the key');
  const publicKey = createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), typed.subarray(1)]), format: 'der', type: 'spki' });
  if (!verify(null, Buffer.from(text), publicKey, signature.subarray(4))) throw new Error('the signature is forged');
  const [origin = '', size = '', hash = ''] = text.split('\n');
  return { origin, size: Number(size), root: hash };
};

const need = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};

const refund = (state: State, type: string, { refundId, amount }: Data): void => {
  const before = state.refunds.get(refundId)?.[0];
  const [to, from] = REFUNDS[type] ?? ['', ''];
  need(state.status === 'captured' && from.split(' ').includes(String(before)), `${type} of a refund that is ${before}`);
  state.refunds.set(refundId, [to, money(amount)]);
  const sum = [...state.refunds.values()].reduce((total, [standing, each]) => total + (standing === 'failed' ? 0 : each), 0);
  need(sum <= state.captured, 'more refunded than captured');
};

const use = (state: State, [key, from, to]: readonly [string, string, string], data: Data): void => {
  const id = data[key];
  const known = state.uses.get(id)?.standing ?? 'none';
  need(known === from && state.status !== 'none' && (from !== 'none' || state.status === 'issued'), `a use that is ${known}`);
  state.uses.set(id, { standing: to, holdUntil: String(data['holdUntil']) });
  const inHand = [...state.uses.values()].filter(({ standing }) => standing !== 'ended').length;
  need(from !== 'none' || inHand <= state.most, 'used more often than allowed');
};

const decide = (state: State, { type, data }: Event): void => {
  const asQuoted = (): void => need(state.status === 'opened' && money(data['amount']) === money(state.quote['total']) && data['currency'] === state.quote['currency'], `${type}: not as quoted`);
  const most = (): number => (as(data['terms'])['maxUses'] === null ? Infinity : Number(as(data['terms'])['maxUses']));
  if (type === 'PaymentOpened') {
    const quote = as(data['quote']);
    const lines = Array.isArray(quote['lines']) ? quote['lines'].map(as) : [];
    const sum = (field: string): number => lines.reduce((total, line) => total + money(line[field]), 0);
    need(state.status === 'none' && sum('listPrice') === money(quote['subtotal']) && sum('total') === money(quote['total']), 'the quote does not add up');
    need(money(quote['subtotal']) - money(quote['discount']) === money(quote['total']) && lines.every((line) => money(line['total']) >= 0), 'the quote does not add up');
    Object.assign(state, { status: 'opened', quote });
  } else if (type === 'PaymentCaptureRequested') asQuoted();
  else if (type === 'PaymentCaptured' || type === 'PaymentCapturedLate') {
    if (type === 'PaymentCaptured') asQuoted();
    else need(state.status === 'ended', 'late before the end');
    Object.assign(state, { status: 'captured', captured: money(data['amount']) });
  } else if (['PaymentDeclined', 'PaymentCancelled', 'PaymentExpired'].includes(type)) {
    need(state.status === 'opened' || (state.status === 'none' && type === 'PaymentExpired'), `${type} of a payment that is not open`);
    state.status = 'ended';
  } else if (REFUNDS[type] !== undefined) refund(state, type, data);
  else if (type.startsWith('PaymentDispute')) {
    const before = state.disputes.get(data['disputeId']);
    need(state.status === 'captured' && before === (type === 'PaymentDisputeOpened' ? undefined : 'open'), 'a dispute out of order');
    state.disputes.set(data['disputeId'], type === 'PaymentDisputeOpened' ? 'open' : 'closed');
  } else if (type === 'CouponIssued') {
    need(state.status === 'none', 'issued twice');
    Object.assign(state, { status: 'issued', most: most() });
  } else if (type === 'CouponTermsChanged') {
    need(state.status === 'issued' && [...state.uses.values()].filter(({ standing }) => standing !== 'ended').length <= most(), 'terms that allow too little');
    state.most = most();
  } else if (type === 'CouponWithdrawn') {
    need(state.status === 'issued', 'withdrawn twice');
    state.status = 'withdrawn';
  } else if (USES[type] !== undefined) use(state, USES[type], data);
};

/** Throws at the first thing that is wrong. `held`: checkpoints of the auditor. */
export const verifySecond = (lines: readonly (string | undefined)[], vkey: string, held: readonly string[]): void => {
  const [leaves, streams, notes]: [Buffer[], Map<string, State>, string[]] = [[], new Map(), [...held]];
  let [origin, latest, ended]: [unknown, string, boolean] = [undefined, '', false];
  for (const [number, line = ''] of lines.entries()) {
    const value = as(JSON.parse(line));
    need(canonical(value) === line && !ended, `line ${number + 1} is not canonical, or after the end`);
    if (number === 0) {
      need(value['format'] === 'registrar-audit/1' && Object.keys(value).length === 2, 'no header');
      origin = value['origin'];
    } else if ('root' in value) {
      need(value['size'] === leaves.length && value['root'] === root(leaves, 0, leaves.length).toString('base64'), 'the end does not fit');
      need(typeof value['checkpoint'] === 'string' && openNote(value['checkpoint'], vkey).size === leaves.length, 'the end is not signed');
      [ended, notes[notes.length]] = [true, String(value['checkpoint'])];
    } else if ('checkpoint' in value) {
      need(openNote(String(value['checkpoint']), vkey).size === leaves.length && Object.keys(value).length === 1, 'a checkpoint in the wrong place');
      notes.push(String(value['checkpoint']));
    } else {
      const event = JSON.parse(line) as Event;
      const { stream, revision, id, type, data, metadata: { hash, ...metadata } } = event;
      need(event.index === leaves.length && /^(payment|coupon)-/.test(stream) && Object.keys(value).length === 7 && Object.keys(metadata).length === 7, `event ${leaves.length}: order or fields`);
      need(sha(canonical([stream, revision, id, type, data, metadata])).toString('hex') === hash, `event ${leaves.length}: hash`);
      const state = streams.get(stream) ?? { revision: -1, hash: null, status: 'none', quote: {}, captured: 0, most: 0, refunds: new Map(), disputes: new Map(), uses: new Map() };
      need(revision === state.revision + 1 && metadata['previousHash'] === state.hash, `event ${leaves.length}: chain`);
      decide(state, event);
      streams.set(stream, Object.assign(state, { revision, hash }));
      leaves.push(sha(Buffer.of(0), canonical({ hash, id, revision, stream, type })));
      if (String(metadata['occurredAt']) > latest) latest = String(metadata['occurredAt']);
    }
  }
  need(ended, 'no end');
  for (const note of notes) {
    const { size, root: signed, origin: of } = openNote(note, vkey);
    need(of === origin && size <= leaves.length && root(leaves, 0, size).toString('base64') === signed, `not what was signed of ${size}`);
  }
  const uses = [...streams.values()].flatMap((state) => [...state.uses.values()]);
  need(uses.every(({ standing, holdUntil }) => standing !== 'reserved' || Date.parse(latest) - Date.parse(holdUntil) < 86_400_000), 'a hold for ever');
};
