import { join, resolve } from 'node:path';
import type { BackedUpBucket } from '../adapters/embedded/backup-manifest.js';
import { missingFiles } from '../adapters/embedded/bucket-backup.js';
import { DiskFileStore } from '../adapters/embedded/file-store.js';
import { restore } from '../adapters/embedded/restore.js';
import { ACCEPT_REPLACED_TEXT } from '../log-copy/log-check.js';
import { PassThroughCodec } from '../log-copy/pass-through-codec.js';
import { DONE, FAILED, type Command, type Terminal, type UsedBucket } from './command.js';
import { copyFiles } from './files/copy-files.js';
import { sentenceOf } from './files/files.js';
import { folderAndAcceptance } from './folder-and-acceptance.js';
import { logVerifier } from './log-verifier.js';

const MOST_NAMED = 3;

/** Files that were in a bucket and are not in the backup: they must be in the bucket still. */
const compareBucket = async (backup: string, { bucket, files: count, bytes }: BackedUpBucket, used: UsedBucket | null, { print }: Terminal): Promise<number> => {
  print(`${count} files (${bytes} bytes) are not in the backup: they were in the bucket ${bucket}`);
  if (used === null) {
    print('S3_BUCKET is not set: set it as it was, or to where the files are now, before the start');
    return FAILED;
  }
  const missing = await missingFiles(backup, used.files);
  if (missing.length > 0) print(`${missing.length} of them are not in the bucket ${used.place.bucket}, such as ${missing.slice(0, MOST_NAMED).join(', ')}`);
  else print(`all of them are in the bucket ${used.place.bucket}`);
  return missing.length > 0 ? FAILED : DONE;
};

/** Puts files of the backup, which are in the folder now, where the configuration says that files are. */
const fillBucket = async (dataDirectory: string, used: UsedBucket, { print, signal }: Terminal): Promise<number> => {
  const from = await DiskFileStore.open(join(resolve(dataDirectory), 'files'));
  print(`copying the files to the bucket ${used.place.bucket}`);
  print(sentenceOf(await copyFiles({ from, to: used.files, signal, onProgress: (progress) => print(sentenceOf(progress)) })));
  signal.throwIfAborted();
  return DONE;
};

/** Fills an empty DATA_DIR from a backup after replaying its log to check it. */
export const restoreCommand: Command<'data folder'> = {
  summary: 'fills an empty DATA_DIR from a backup and replays its log to prove it',
  usage: `restore FOLDER [--${ACCEPT_REPLACED_TEXT}]`,
  needs: 'data folder',
  parse: (args) => {
    const asked = folderAndAcceptance(args);
    if (asked === undefined) return undefined;
    const { folder, acceptReplacedText } = asked;
    return async ({ dataDirectory, bucket: used }, terminal) => {
      const { print, signal } = terminal;
      const options = { from: folder, to: dataDirectory, codec: new PassThroughCodec(), verify: logVerifier(terminal, acceptReplacedText), onProgress: print, signal };
      const { takenAt, bucket } = await restore(options);
      print(`restored into ${dataDirectory}, as it was on ${takenAt}. The read models are built at the next start`);
      if (bucket?.included === false) return compareBucket(folder, bucket, used, terminal);
      return used === null ? DONE : fillBucket(dataDirectory, used, terminal);
    };
  },
};
