import t from 'tap';
import { reservationDecider, type ReservationCommand } from '../../src/domain/reservation/decider.js';
import type { ReservationEvent } from '../../src/domain/reservation/events.js';
import { given, stateAfter } from './decider-specification.js';

const kind = 'email';
const at = '2026-03-01T12:00:00.000Z';
const inTime = '2026-03-01T12:00:59.999Z';
const tooLate = '2026-03-01T12:01:00.000Z';
const reservedBy = (accountId: string, holdId: string, reservedAt = at): ReservationEvent => ({
  type: 'IdentifierReserved',
  data: { kind, accountId, holdId, reservedUntil: new Date(Date.parse(reservedAt) + 60_000).toISOString(), reservedAt },
});
const reserved = reservedBy('a', 'hold-a');
const claimed: ReservationEvent = { type: 'IdentifierClaimed', data: { kind, accountId: 'a', claimedAt: at } };
const released: ReservationEvent = { type: 'IdentifierReleased', data: { kind, accountId: 'a', releasedAt: at } };
const reserve = (accountId: string, holdId: string, when = at, replaces: string | null = null): ReservationCommand => ({
  type: 'ReserveIdentifier',
  data: { kind, accountId, holdId, replaces, at: when },
});
const claim = (accountId: string, holdId: string): ReservationCommand => ({ type: 'ClaimIdentifier', data: { kind, accountId, holdId, at } });
const release = (accountId: string, holdId: string): ReservationCommand => ({ type: 'ReleaseIdentifier', data: { kind, accountId, holdId, at } });

t.test('reserving', async (t) => {
  t.test('holds a free identifier for a minute', async () => given(reservationDecider).when(reserve('a', 'hold-a')).then([reserved]));
  t.test('by the same hold changes nothing', async () => given(reservationDecider, [reserved]).when(reserve('a', 'hold-a', tooLate)).thenNothing());
  t.test('is refused while another holds it', async () =>
    given(reservationDecider, [reserved]).when(reserve('b', 'hold-b', inTime, 'hold-a')).thenRefused('identifier-taken'));
  t.test('is refused when the hold ran out, but nobody knows that nothing came of it', async () =>
    given(reservationDecider, [reserved]).when(reserve('b', 'hold-b', tooLate)).thenRefused('identifier-taken'));
  t.test('takes over a cancelled hold that ran out', async () =>
    given(reservationDecider, [reserved]).when(reserve('b', 'hold-b', tooLate, 'hold-a')).then([reservedBy('b', 'hold-b', tooLate)]));
  t.test('is refused when a third was quicker to take it over', async () =>
    given(reservationDecider, [reserved, reservedBy('c', 'hold-c', tooLate)])
      .when(reserve('b', 'hold-b', '2026-03-01T13:00:00.000Z', 'hold-a'))
      .thenRefused('identifier-taken'));
  t.test('takes over what was claimed and cancelled', async () =>
    given(reservationDecider, [reserved, claimed]).when(reserve('b', 'hold-b', at, 'hold-a')).then([reservedBy('b', 'hold-b')]));
  t.test('is refused when it is claimed', async () =>
    given(reservationDecider, [reserved, claimed]).when(reserve('b', 'hold-b', tooLate)).thenRefused('identifier-taken'));
  t.test('is open again after a release', async () =>
    given(reservationDecider, [reserved, claimed, released]).when(reserve('b', 'hold-b')).then([reservedBy('b', 'hold-b')]));
});

t.test('claiming', async (t) => {
  t.test('keeps it for good', async () => given(reservationDecider, [reserved]).when(claim('a', 'hold-a')).then([claimed]));
  t.test('is done once', async () => given(reservationDecider, [reserved, claimed]).when(claim('a', 'hold-a')).thenNothing());
  t.test('is refused by another hold', async () => given(reservationDecider, [reserved]).when(claim('b', 'hold-b')).thenRefused('identifier-taken'));
  t.test('is refused without a hold', async () => given(reservationDecider).when(claim('a', 'hold-a')).thenRefused('identifier-not-reserved'));
});

t.test('releasing', async (t) => {
  t.test('frees it', async () => given(reservationDecider, [reserved, claimed]).when(release('a', 'hold-a')).then([released]));
  t.test('by another hold changes nothing', async () => given(reservationDecider, [reserved]).when(release('b', 'hold-b')).thenNothing());
  t.test('what is free changes nothing', async () => given(reservationDecider).when(release('a', 'hold-a')).thenNothing());
});

t.test('evolve ignores what does not apply', async (t) => {
  t.same(stateAfter(reservationDecider, [claimed]), { status: 'free' });
});
