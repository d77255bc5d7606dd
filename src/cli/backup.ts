import { parseArgs } from 'node:util';
import { backUp } from '../adapters/embedded/backup.js';
import type { BucketToBackUp } from '../adapters/embedded/bucket-backup.js';
import { ACCEPT_REPLACED_TEXT } from '../log-copy/log-check.js';
import { PassThroughCodec } from '../log-copy/pass-through-codec.js';
import { DONE, type Action, type Command, type Terminal, type UsedBucket } from './command.js';
import { copyFiles } from './files/copy-files.js';
import { sentenceOf } from './files/files.js';
import { logVerifier } from './log-verifier.js';

interface Asked {
  readonly folder: string;
  readonly withFiles: boolean;
  readonly acceptReplacedText: boolean;
}

const bucketOf = ({ place, files }: UsedBucket, withFiles: boolean, { print, signal }: Terminal): BucketToBackUp => {
  const copyInto: BucketToBackUp['copyInto'] = async (to) => {
    await copyFiles({ from: files, to, signal, onProgress: (progress) => print(sentenceOf(progress)) });
    signal.throwIfAborted();
  };
  return { place, files, copyInto: withFiles ? copyInto : null };
};

const backUpInto =
  ({ folder, withFiles, acceptReplacedText }: Asked): Action<'data folder'> =>
  async ({ dataDirectory, bucket: used, clock }, terminal) => {
    const { print, signal } = terminal;
    const options = { codec: new PassThroughCodec(), verify: logVerifier(terminal, acceptReplacedText), onProgress: print, signal };
    const bucket = used === null ? null : bucketOf(used, withFiles, terminal);
    const { events, head, files, bucket: inBucket } = await backUp({ from: dataDirectory, to: folder, clock, bucket, ...options });
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    print(`${folder}: ${events} events up to position ${head}, ${files.length} files, ${bytes} bytes. Secrets are not in it: keep them apart`);
    if (inBucket?.included === false) print(`${inBucket.files} files (${inBucket.bytes} bytes) in the bucket ${inBucket.bucket} are named in it, and are not in it`);
    return DONE;
  };

/** Copies log and files of DATA_DIR, or of the bucket, into a new folder, also while a server uses them, and replays the copy to prove it. */
export const backupCommand: Command<'data folder'> = {
  summary: 'copies the embedded log and the stored files into a new folder, also while the server runs, and proves the copy',
  usage: `backup FOLDER [--files] [--${ACCEPT_REPLACED_TEXT}]`,
  needs: 'data folder',
  parse: (args) => {
    const options = { [ACCEPT_REPLACED_TEXT]: { type: 'boolean', default: false }, files: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [folder, ...rest] = positionals;
    if (folder === undefined || rest.length > 0) return undefined;
    return backUpInto({ folder, withFiles: values.files, acceptReplacedText: values[ACCEPT_REPLACED_TEXT] });
  },
};
