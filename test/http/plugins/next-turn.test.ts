import { setImmediate as turnOver } from 'node:timers/promises';
import t from 'tap';
import { NextTurn } from '../../../src/http/plugins/next-turn.js';

t.test('those of a turn go on together, in their order, when it is over', async (t) => {
  const turn = new NextTurn();
  const gone: string[] = [];
  for (const name of ['a', 'b']) turn.join(() => gone.push(name));
  t.strictSame(gone, []);
  await turnOver();
  t.strictSame(gone, ['a', 'b']);
});

t.test('who joins while they go on waits for the next turn', async (t) => {
  const turn = new NextTurn();
  const gone: string[] = [];
  turn.join(() => {
    gone.push('a');
    turn.join(() => gone.push('b'));
  });
  await turnOver();
  t.strictSame(gone, ['a']);
  await turnOver();
  t.strictSame(gone, ['a', 'b']);
});
