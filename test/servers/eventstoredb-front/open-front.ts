import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import { openStore } from '../../adapters/embedded/open-log.js';
import { Front, type FrontOptions } from './front.js';
import { StreamsOfFront } from './streams-of-front.js';

/** A front over a fresh embedded log; both end with the test. */
export const openFront = async (t: Test, options: FrontOptions = {}): Promise<Front> => {
  const folder = await mkdtemp(join(tmpdir(), 'registrar-front-'));
  const log = await openStore(join(folder, 'log'));
  const front = await Front.start(new StreamsOfFront(log), options);
  t.teardown(async () => {
    await front.close();
    await log.close();
    await rm(folder, { recursive: true });
  });
  return front;
};
