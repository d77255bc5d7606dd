import t from 'tap';
import { adminRosterDecider as decider, type AdminRosterCommand } from '../../src/domain/admin-roster/decider.js';
import type { AdminRosterEvent } from '../../src/domain/admin-roster/events.js';
import { given } from './decider-specification.js';

const at = '2026-01-01T00:00:00.000Z';
const tell = (type: AdminRosterCommand['type'], accountId: string, version = 0): AdminRosterCommand => ({ type, data: { accountId, version, at } });
const entered = (accountId: string, version = 0): AdminRosterEvent => ({ type: 'AdminEntered', data: { accountId, version, enteredAt: at } });
const stoodDown = (accountId: string, version = 0): AdminRosterEvent => ({ type: 'AdminStoodDown', data: { accountId, version, stoodDownAt: at } });
const returned = (accountId: string, version = 0): AdminRosterEvent => ({ type: 'AdminReturned', data: { accountId, version, returnedAt: at } });

t.test('the last admin stays', async () => {
  given(decider).when(tell('EnterAdmin', 'ann')).then([entered('ann')]);
  given(decider, [entered('ann')]).when(tell('EnterAdmin', 'ann')).thenNothing();
  given(decider, [entered('ann')]).when(tell('StandDown', 'ann')).thenRefused('last-admin');
  given(decider, [entered('ann'), entered('bob')]).when(tell('StandDown', 'ann')).then([stoodDown('ann')]);
  given(decider, [entered('ann'), entered('bob'), stoodDown('ann')]).when(tell('StandDown', 'bob')).thenRefused('last-admin');
  given(decider, [entered('ann'), entered('bob'), stoodDown('ann')]).when(tell('StandDown', 'ann')).thenNothing();
  given(decider).when(tell('StandDown', 'ann')).thenRefused('last-admin');
});

t.test('who has stood down returns only by a later version of the role', async () => {
  const down = [entered('ann'), entered('bob'), stoodDown('ann')];
  given(decider, down).when(tell('EnterAdmin', 'ann')).thenNothing();
  given(decider, down).when(tell('EnterAdmin', 'ann', 2)).then([returned('ann', 2)]);
  const back = [...down, returned('ann', 2)];
  given(decider, back).when(tell('StandDown', 'bob')).then([stoodDown('bob')]);
  given(decider, back).when(tell('StandDown', 'ann')).thenRefused('role-changed');
  given(decider, back).when(tell('StandDown', 'ann', 2)).then([stoodDown('ann', 2)]);
});

t.test('who has lost the role is struck, the last one too, and not by news of before', async () => {
  given(decider, [entered('ann')]).when(tell('StrikeAdmin', 'ann', 1)).then([stoodDown('ann', 1)]);
  given(decider).when(tell('StrikeAdmin', 'ann', 1)).thenNothing();
  given(decider, [entered('ann'), stoodDown('ann', 1)]).when(tell('StrikeAdmin', 'ann', 1)).thenNothing();
  given(decider, [entered('ann', 2)]).when(tell('StrikeAdmin', 'ann', 1)).thenNothing();
});

t.test('an entry without a version is of the first', async () => {
  const { version: _version, ...data } = entered('ann').data;
  const old = [{ type: 'AdminEntered', data } as AdminRosterEvent, entered('bob')];
  given(decider, old).when(tell('StandDown', 'ann')).then([stoodDown('ann')]);
});
