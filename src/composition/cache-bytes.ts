import { getHeapStatistics } from 'node:v8';
import type { Config } from '../config.js';

const SHARE_OF_HEAP = 0.2;
const MOST_BYTES = 512 * 1_048_576;

/** What all caches together may hold: the setting, or a fifth of the heap's limit (`--max-old-space-size`), at most 512 MB. */
export const cacheBytesOf = ({ cacheBytes }: Pick<Config, 'cacheBytes'>): number =>
  cacheBytes ?? Math.min(MOST_BYTES, getHeapStatistics().heap_size_limit * SHARE_OF_HEAP);
