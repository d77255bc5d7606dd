import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import t from 'tap';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { registrar } from '../../src/cli/registrar.js';
import { loadConfig } from '../../src/config.js';
import { dayOfUse } from '../log-copy/day-of-use.js';

t.test('an auditor gets a file and a key, and needs no server; an operator verifies the log itself', async (t) => {
  const app = await dayOfUse(t);
  const run = async (...args: readonly string[]) => {
    const lines: string[] = [];
    const config = () => loadConfig({ NODE_ENV: 'test', DATA_DIR: app.folder, BCRYPT_COST: '4', LOG_LEVEL: 'error' });
    const code = await registrar(['audit', ...args], { config, print: (line) => void lines.push(line), signal: new AbortController().signal });
    return { code, text: lines.join('\n') };
  };
  const { body } = await app.call({ method: 'GET', url: '/audit/key' });
  const vkey = String(body.vkey);
  const exports = t.testdir();
  const file = join(exports, 'export.ndjson');

  const asked = await run('checkpoint');
  t.match(asked, { code: 0, text: /^localhost\/registrar\n\d+\n/ }, 'the server that has the folder signs');
  t.match(await run('export', file), { code: 0, text: /the \d+ events of the newest checkpoint, signed/ });
  t.match(await run('verify', file, '--key', vkey), { code: 0, text: /^clean: \d+ events/ });
  const files = await app.until(async () => (await readdir(join(app.folder, 'audit')).catch((): string[] => [])).includes('newest.checkpoint'));
  t.ok(files);
  t.match(await run('verify', file, '--key', vkey, '--checkpoint', join(app.folder, 'audit', 'newest.checkpoint')), { code: 0 });
  const lines = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, lines.filter((line) => !line.includes(',"index":2,')).join('\n'));
  t.match(await run('verify', file, '--key', vkey), { code: 1, text: /TAMPERED: first bad position 2 \(dropped\)/ });
  t.match(await run('verify'), { code: 0, text: /clean: (.|\n)*every document of the read models is what a replay makes/ }, 'beside the server');

  const events = (await readFile(file, 'utf8')).split('\n').length;
  const search = join(exports, 'search.csv');
  t.match(await run('export', search, '--format', 'csv', '--of', 'payments', '--status', 'captured'), { code: 0, text: /what was searched for among the \d+ events/ }, 'a search, beside the server');
  const found = parse(await readFile(search, 'utf8'), { columns: true }) as { readonly stream: string }[];
  t.ok(found.length > 0 && found.length < events);
  t.ok(found.every(({ stream }) => stream.startsWith('payment-')));

  const { id: eventId } = JSON.parse(lines[1] ?? '{}') as { id: string };
  t.match(await run('trace', eventId), { code: 0, text: new RegExp(`^request [^\\n]*\\n  command [^\\n]*\\n(.|\\n)*${eventId}`) }, 'a tree, beside the server');
  t.match(await run('trace', eventId, '--json'), { code: 0, text: new RegExp(`"id":"${eventId}"`) });
  t.match(await run('trace', 'nothing'), { code: 1, text: /There is no event/ });
  t.match(await run('trace'), { code: 2 });

  await app.stop();
  const again = join(exports, 'again.ndjson');
  t.match(await run('export', again, '--of', 'coupons'), { code: 0 }, 'and without it');
  t.match((await readFile(again, 'utf8')).split('\n').at(-2), /"checkpoint":"localhost/, 'with the checkpoint that covers it');
  t.match(await run('verify'), { code: 0, text: /signed: the events below (\d+) are those of(.|\n)*every document/ }, 'without it: all is signed since the stop');
  const folder = join(app.folder, 'read-models');
  const readModels = await LmdbReadModels.open({ folder });
  const [generation] = (await readModels.generations()).filter(({ projection }) => projection === 'payments');
  if (generation === undefined) throw new Error('no payments');
  const [payment] = await readModels.findIn(generation, 'payments', { limit: 1 });
  if (payment === undefined) throw new Error('no payment');
  const position = generation.checkpoint;
  await readModels.commit([{ generation, checkpoint: position, writes: [{ collection: 'payments', id: payment.id, document: { ...payment, id: payment.id, status: 'refunded-by-nobody' } as typeof payment, position }] }]);
  await readModels.close();
  t.match(await run('verify'), { code: 1, text: new RegExp(`read model differs: payments/payments/${payment.id}`) });

  t.match(await run('new-key', 'registrar.example.org/audit'), { code: 0, text: /^AUDIT_SIGNING_KEY=PRIVATE\+KEY\+registrar\.example\.org\/audit\+/ });
  t.match(await run('nonsense'), { code: 2, text: /usage: registrar audit verify/ });
});
