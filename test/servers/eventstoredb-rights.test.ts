import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import t from 'tap';
import { openFront } from './eventstoredb-front/open-front.js';
import { rawClient } from './eventstoredb-front/raw-client.js';
import { projectRoot } from '../project-root.js';


t.test('what docs/operations.md has node do gives the user the right to read $all', async (t) => {
  const front = await openFront(t);
  const document = await readFile(join(projectRoot, 'docs/operations.md'), 'utf8');
  const [, program = ''] = /<<'END'\n([\s\S]*?)\n {4}END$/m.exec(document) ?? [];
  const onFront = program.replace(/`esdb:[^`]*`/, `'${front.connectionString}'`);
  t.not(onFront, program);
  // Without the test runner's own imports: they take what comes on standard input.
  const node = spawn(process.execPath, ['--input-type=module', '-'], { cwd: projectRoot, env: { PATH: process.env['PATH'] }, stdio: 'pipe' });
  const [told, complaints] = [text(node.stdout), text(node.stderr)];
  node.stdin.end(onFront);
  const [code] = await once(node, 'exit');
  t.equal(code, 0, await complaints);
  t.match(await told, 'registrar may read');
  const { client } = rawClient(front.connectionString);
  const { metadata } = await client.getStreamMetadata('$all');
  t.same(metadata?.acl, { readRoles: ['$admins', 'registrar'] });
  await client.dispose();
});
