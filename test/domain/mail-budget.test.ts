import t from 'tap';
import { mailBudgetDecider, mailTimeOf, type MailBudget } from '../../src/domain/mail-budget/decider.js';

const { decide, evolve, initialState } = mailBudgetDecider;
const NOON = Date.parse('2026-03-01T12:00:00.000Z');
const minute = (after: number): string => new Date(NOON + after * 60_000).toISOString();

/** The state after the mail has asked, and when it may go; undefined: not within a day. */
const ask = (state: MailBudget, mailId: string, at: string, { isUrgent = false, mostPerHour = 2 } = {}) => {
  const decision = decide({ type: 'SpendMailBudget', data: { accountId: 'ann', mailId, isUrgent, mostPerHour, at } }, state);
  const after = decision.ok ? decision.events.reduce(evolve, state) : state;
  return { decision, state: after, sendAt: decision.ok ? mailTimeOf(after, mailId) : undefined };
};

const askAll = (mailIds: readonly string[], at: string, options = {}) => {
  let state = initialState();
  const times = mailIds.map((mailId) => {
    const asked = ask(state, mailId, at, options);
    state = asked.state;
    return asked.sendAt;
  });
  return { state, times };
};

t.test('issue 9.23: no hour has more mails than its budget', async (t) => {
  const { times, state } = askAll(['a', 'b', 'c', 'd', 'e'], minute(0));
  t.same(times, [minute(0), minute(0), minute(60), minute(60), minute(120)]);
  t.equal(ask(state, 'f', minute(61)).sendAt, minute(120), 'also one that comes later waits behind them');
});

t.test('issue 9.23: a mail that asks again keeps its time, for as long as an hour after it', async (t) => {
  const { state } = askAll(['a', 'b', 'c'], minute(0));
  const again = ask(state, 'c', minute(60));
  t.same(again.decision, { ok: true, events: [] });
  t.equal(again.sendAt, minute(60));
  t.equal(ask(state, 'a', minute(61)).sendAt, minute(61), 'after it, it is counted once more');
});

t.test('issue 9.23: an urgent mail goes now and counts', async (t) => {
  const { state } = askAll(['a', 'b', 'c'], minute(0));
  const urgent = ask(state, 'code', minute(1), { isUrgent: true });
  t.equal(urgent.sendAt, minute(1));
  const first = ask(initialState(), 'code', minute(0), { isUrgent: true, mostPerHour: 1 });
  t.equal(ask(first.state, 'a', minute(1), { mostPerHour: 1 }).sendAt, minute(60));
});

t.test('issue 9.23: a mail that would wait for more than a day has no place, so that what is kept is bounded', async (t) => {
  const many = Array.from({ length: 100 }, (_, index) => `m${index}`);
  const { state, times } = askAll(many, minute(0));
  t.equal(times.filter((time) => time !== undefined).length, 50);
  t.equal(state.places.length, 50);
  t.match(ask(state, 'more', minute(0)).decision, { ok: false, rejection: 'mail-budget-spent' });
  t.equal(ask(state, 'more', minute(26 * 60)).state.places.length, 1);
});
