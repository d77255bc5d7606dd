import t from 'tap';
import { adminRosterDecider as decider, type AdminRosterCommand } from '../../src/domain/admin-roster/decider.js';
import type { AdminRosterEvent } from '../../src/domain/admin-roster/events.js';
import { given } from './decider-specification.js';

const at = '2026-01-01T00:00:00.000Z';
const tell = (type: AdminRosterCommand['type'], accountId: string): AdminRosterCommand => ({ type, data: { accountId, at } });
const entered = (accountId: string): AdminRosterEvent => ({ type: 'AdminEntered', data: { accountId, enteredAt: at } });
const stoodDown = (accountId: string): AdminRosterEvent => ({ type: 'AdminStoodDown', data: { accountId, stoodDownAt: at } });
const returned = (accountId: string): AdminRosterEvent => ({ type: 'AdminReturned', data: { accountId, returnedAt: at } });

t.test('the last admin stays', async () => {
  given(decider).when(tell('EnterAdmin', 'ann')).then([entered('ann')]);
  given(decider, [entered('ann')]).when(tell('EnterAdmin', 'ann')).thenNothing();
  given(decider, [entered('ann')]).when(tell('StandDown', 'ann')).thenRefused('last-admin');
  given(decider, [entered('ann'), entered('bob')]).when(tell('StandDown', 'ann')).then([stoodDown('ann')]);
  given(decider, [entered('ann'), entered('bob'), stoodDown('ann')]).when(tell('StandDown', 'bob')).thenRefused('last-admin');
  given(decider, [entered('ann'), entered('bob'), stoodDown('ann')]).when(tell('StandDown', 'ann')).thenNothing();
  given(decider).when(tell('StandDown', 'ann')).thenRefused('last-admin');
});

t.test('who has stood down returns only with the role', async () => {
  const down = [entered('ann'), entered('bob'), stoodDown('ann')];
  given(decider, down).when(tell('EnterAdmin', 'ann')).thenNothing();
  given(decider, down).when(tell('ReturnAdmin', 'ann')).then([returned('ann')]);
  given(decider, [...down, returned('ann')]).when(tell('StandDown', 'bob')).then([stoodDown('bob')]);
  given(decider).when(tell('ReturnAdmin', 'ann')).then([entered('ann')]);
  given(decider, [entered('ann')]).when(tell('ReturnAdmin', 'ann')).thenNothing();
});

t.test('who has lost the role is struck, the last one too', async () => {
  given(decider, [entered('ann')]).when(tell('StrikeAdmin', 'ann')).then([stoodDown('ann')]);
  given(decider).when(tell('StrikeAdmin', 'ann')).thenNothing();
  given(decider, [entered('ann'), stoodDown('ann')]).when(tell('StrikeAdmin', 'ann')).thenNothing();
});
