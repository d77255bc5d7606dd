import t from 'tap';
import {
  FREE_TRIES,
  MOST_RECORDED,
  passwordTriesDecider,
  recentFailures,
  TURN_MS,
  turnOf,
  type PasswordTries,
} from '../../src/domain/password-tries/decider.js';

const { decide, evolve, initialState } = passwordTriesDecider;
const NOON = Date.parse('2026-03-01T12:00:00.000Z');
const second = (after: number): string => new Date(NOON + after * 1_000).toISOString();

const tried = (state: PasswordTries, at: string, { isRight = false, network = 'away' } = {}) => {
  const decision = decide({ type: 'RecordPasswordTry', data: { triesId: 'x', accountId: 'ann', network, isRight, at } }, state);
  const events = decision.ok ? decision.events : [];
  return { events, state: events.reduce(evolve, state) };
};

const failed = (times: number, from = 0, state = initialState()) => {
  const types: string[] = [];
  let now = state;
  for (let index = 0; index < times; index += 1) {
    const next = tried(now, second(from + index));
    types.push(...next.events.map(({ type }) => type));
    now = next.state;
  }
  return { types, state: now };
};

const turn = (state: PasswordTries, place: number, at: string, network = 'away') =>
  turnOf(state, { network, place }, { failures: recentFailures(state, at), at });

t.test('issue 9.24: wrong passwords are recorded up to a number an hour, and noticed once a day', async (t) => {
  const first = failed(300);
  t.equal(first.types.filter((type) => type === 'PasswordRefused').length, MOST_RECORDED);
  t.equal(first.types.filter((type) => type === 'PasswordGuessingNoticed').length, 1);
  t.equal(first.types.indexOf('PasswordGuessingNoticed'), FREE_TRIES);
  const nextHour = failed(300, 4_000, first.state);
  t.equal(nextHour.types.filter((type) => type === 'PasswordRefused').length, MOST_RECORDED);
  t.notOk(nextHour.types.includes('PasswordGuessingNoticed'), 'the same spell');
  t.ok(failed(FREE_TRIES, 90_000, nextHour.state).types.includes('PasswordGuessingNoticed'), 'the next day');
});

t.test('issue 9.24: a network that the right password came from never waits', async (t) => {
  const home = tried(initialState(), second(0), { isRight: true, network: 'home' });
  t.match(home.events, [{ type: 'PasswordNetworkKnown', data: { network: 'home' } }]);
  t.same(tried(home.state, second(1), { isRight: true, network: 'home' }).events, [], 'it is recorded once');
  const { state } = failed(100, 1, home.state);
  t.equal(turn(state, 1, second(101), 'home'), null);
  t.not(turn(state, 1, second(101)), null);
});

t.test('issue 9.24: nobody waits before there were twenty, then longer with each two more, and never more than 32 minutes', async (t) => {
  t.equal(turn(failed(FREE_TRIES - 1).state, 7, second(60)), null);
  const longest = (failures: number): number => {
    const { state } = failed(failures);
    const waits = Array.from({ length: 64 }, (_, place) => turn(state, place, second(60))?.inMs ?? 0);
    t.ok(waits.includes(0), 'it is always somebody’s turn');
    return Math.ceil(Math.max(...waits) / TURN_MS);
  };
  t.same([20, 22, 24, 26, 32, 300].map(longest), [1, 3, 7, 15, 15, 15]);
});

t.test('issue 9.24: whoever comes back when told is let in, whatever others do meanwhile', async (t) => {
  const { state } = failed(300);
  for (let place = 0; place < 32; place += 1) {
    const wait = turn(state, place, second(300));
    const at = new Date(NOON + 300_000 + (wait?.inMs ?? 0)).toISOString();
    const attacked = failed(300, 300, state).state;
    t.equal(turn(attacked, place, at)?.inMs, 0);
    const next = turn(attacked, place, at)?.nextInMs ?? 0;
    t.ok(next > 0 && next <= 16 * TURN_MS);
  }
});

t.test('issue 9.24: what is kept is bounded', async (t) => {
  let { state } = failed(1_000);
  for (let index = 0; index < 100; index += 1) state = tried(state, second(index), { isRight: true, network: `n${index}` }).state;
  t.equal(state.refusedAt.length, MOST_RECORDED);
  t.equal(state.knownNetworks.length, 20);
});
