import t from 'tap';
import { KnownCommands } from '../../../src/commands/write-path/known-commands.js';
import { uuidV5 } from '../../../src/primitives/uuid-v5.js';

const idOf = (n: number): string => (n % 50 === 0 ? `command-${n}` : uuidV5(String(n), '6ba7b811-9dad-11d1-80b4-00c04fd430c8'));

t.test('what was added to one is not known to the one before it', async (t) => {
  let commands = KnownCommands.none();
  for (let n = 0; n < 2_000; n += 1) commands = commands.with(idOf(n)).settled();
  const failed = commands.with(idOf(5_000));
  t.ok(failed.has(idOf(5_000)));
  t.notOk(commands.has(idOf(5_000)));
  t.ok(Array.from({ length: 2_000 }, (_, n) => idOf(n)).every((id) => commands.has(id) && failed.has(id)));
  t.notOk(commands.has(idOf(2_000)));
});

t.test('what is settled takes less than a third of the memory', async (t) => {
  let [settled, recent] = [KnownCommands.none(), KnownCommands.none()];
  for (let n = 1; n <= 20_000; n += 1) {
    const id = uuidV5(String(n), '6ba7b811-9dad-11d1-80b4-00c04fd430c8');
    settled = settled.with(id).settled();
    recent = recent.with(id);
  }
  t.ok(settled.bytes < recent.bytes / 3, `${settled.bytes} of ${recent.bytes}`);
});
