import type { RemoteStripeDouble } from '../../doubles/stripe/remote.js';
import type { Fault } from '../../doubles/stripe/faults.js';
import { eventually } from './client.js';
import { randomMoment } from './killing.js';

const LONGEST_WAIT_MS = 1_500;
const SHORTEST_OUTAGE_MS = 1_000;
const LONGEST_OUTAGE_MS = 3_000;
/** Longer than a confirmation may take, which is twice as long as other calls. */
const TOO_LATE_MS = 9_000;
const HAPPENED_WITHIN_MS = 180_000;

const CONFIRM = { call: '/confirm', times: 1 } as const;
const REFUND = { call: 'POST /v1/refunds', times: 1 } as const;
const ANY = { call: 'POST ', times: 1 } as const;

/** What becomes of single calls. Every other failure of 500 was carried out all the same, and each is kept with its key. */
const FAULTS: Readonly<Record<string, (round: number) => Fault>> = {
  'lost answers of confirmations': () => ({ ...CONFIRM, status: null, applied: true, kept: true }),
  'lost answers of refunds': () => ({ ...REFUND, status: null, applied: true, kept: true }),
  'answers that come too late': () => ({ ...CONFIRM, status: 200, applied: true, kept: true, delayMs: TOO_LATE_MS }),
  'answers of 409': () => ({ ...ANY, status: 409, type: 'invalid_request_error', code: 'lock_timeout' }),
  'answers of 429': () => ({ ...ANY, status: 429 }),
  'answers of 500': (round) => ({ ...ANY, status: 500, kept: true, applied: round % 2 === 0 }),
  'answers of 503': () => ({ ...ANY, status: 503 }),
};

const times = async (rounds: number, round: (number: number) => Promise<void>): Promise<number> => {
  let happened = 0;
  while (happened < rounds) {
    await randomMoment(LONGEST_WAIT_MS);
    await round(happened);
    happened += 1;
  }
  return happened;
};

const outages = (provider: RemoteStripeDouble, rounds: number): Promise<number> =>
  times(rounds, async () => {
    await provider.call('setWeather', { kind: 'down' });
    await randomMoment(LONGEST_OUTAGE_MS, SHORTEST_OUTAGE_MS);
    await provider.call('setWeather', { kind: 'up' });
  });

/** So often each, all kinds side by side; a fault has happened when a call has had it. Answers how often each happened. */
export const makeFaults = async (provider: RemoteStripeDouble, rounds: number): Promise<Readonly<Record<string, number>>> => {
  const single = Object.entries(FAULTS).map(async ([kind, faultOf]) => {
    const happened = await times(rounds, async (round) => {
      const plan = await provider.call('plan', faultOf(round));
      await eventually(`one of the ${kind}`, async () => (await provider.call('leftOf', plan)) === 0 || undefined, HAPPENED_WITHIN_MS);
    });
    return [kind, happened] as const;
  });
  return Object.fromEntries(await Promise.all([...single, outages(provider, rounds).then((happened) => ['outages', happened] as const)]));
};

/** Notices that say something about money: how many never came, came twice, came before an earlier one. */
export const noticeFaults = async (provider: RemoteStripeDouble): Promise<{ readonly lost: number; readonly doubled: number; readonly overtaken: number }> => {
  const events = (await provider.call('events')).filter(({ type }) => type !== 'payment_intent.created');
  const places = new Map(events.map(({ id }, place) => [id, place]));
  const arrived = new Set<string>();
  let [latest, overtaken] = [-1, 0];
  for (const { eventId, status } of await provider.call('deliveries')) {
    const place = places.get(eventId);
    if (place === undefined || status !== 200 || arrived.has(eventId)) continue;
    arrived.add(eventId);
    if (place < latest) overtaken += 1;
    latest = Math.max(latest, place);
  }
  return { lost: events.filter(({ copies }) => copies === 0).length, doubled: events.filter(({ copies }) => copies > 1).length, overtaken };
};
