import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckpointFiles } from '../../ports/audit.js';
import { writeWholeFile } from './whole-file.js';

/** Checkpoints in a folder, one file each, and the newest once more as `newest.checkpoint`. */
export const checkpointFiles = (folder: string): CheckpointFiles => ({
  write: async (name, note) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeWholeFile(join(folder, `${name}.checkpoint`), note);
    await writeWholeFile(join(folder, 'newest.checkpoint'), note);
  },
});
