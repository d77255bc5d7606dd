import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { createFileExclusively } from '../../src/primitives/exclusive-file.js';

/** One of several threads that create the same files, each at the moment the others do. */
export interface Writing {
  readonly paths: readonly string[];
  readonly text: string;
  readonly writers: number;
  /** How many threads have come to each path. */
  readonly arrived: Int32Array;
}

const { paths, text, writers, arrived }: Writing = workerData;
const seen = paths.map((path, index) => {
  Atomics.add(arrived, index, 1);
  while (Atomics.load(arrived, index) < writers);
  return { isMine: createFileExclusively(path, text), text: readFileSync(path, 'utf8') };
});
parentPort?.postMessage(seen);
