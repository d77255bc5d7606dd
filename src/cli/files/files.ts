import { parseArgs } from 'node:util';
import { DONE, FAILED, INTERRUPTED, type Action, type Command, type Terminal } from '../command.js';
import { copyFiles, onlyIn, type CopyProgress } from './copy-files.js';
import { findOrphans } from './orphans.js';

/** An upload may be under way, or its event. */
const YOUNG_MS = 24 * 60 * 60_000;

const places = ['s3', 'folder'] as const;
type Place = (typeof places)[number];

const isPlace = (text: string | undefined): text is Place => places.some((place) => place === text);

export const sentenceOf = ({ total, copied, standing, bytes }: CopyProgress): string =>
  `${copied + standing} of ${total} files, ${bytes} bytes: ${copied} copied, ${standing} stood there already`;

const copyTo =
  (place: Place): Action<'files'> =>
  async ({ folder, bucket }, { print, signal }) => {
    if (bucket === null) {
      print('S3_BUCKET is not set: it names the bucket of both directions');
      return FAILED;
    }
    const [from, to] = place === 's3' ? [folder, bucket] : [bucket, folder];
    const progress = await copyFiles({ from, to, signal, onProgress: (reached) => print(sentenceOf(reached)) });
    if (signal.aborted) {
      print(`interrupted after ${sentenceOf(progress)}: the same command goes on there`);
      return INTERRUPTED;
    }
    print(`${sentenceOf(progress)}; the SHA-256 of each is the same in both places`);
    const surplus = await onlyIn(to, from);
    if (surplus.length > 0) print(`${surplus.length} files are in the target alone, such as ${surplus[0]}: they were deleted in the source, or are not its own`);
    return DONE;
  };

const orphans =
  (remove: boolean): Action<'files'> =>
  async ({ folder, bucket, openLog, clock }, { print, signal }: Terminal) => {
    const files = bucket ?? folder;
    const found = await findOrphans({ files, openLog, signal, onProgress: (events) => print(`${events} events`) });
    const before = clock.now().getTime() - YOUNG_MS;
    let removed = 0;
    for (const { key, size, modifiedAt } of found) {
      if (signal.aborted) break;
      const isYoung = modifiedAt.getTime() >= before;
      if (remove && !isYoung) {
        await files.delete(key);
        removed += 1;
      }
      print(`${key}  ${size} bytes, of ${modifiedAt.toISOString()}${isYoung ? ', younger than 24 h' : remove ? ', removed' : ''}`);
    }
    print(`${found.length} files that no event names${remove ? `, ${removed} removed` : ''}`);
    return signal.aborted ? INTERRUPTED : DONE;
  };

/** Moves files between DATA_DIR and the bucket, and tells which of them nobody knows. */
export const filesCommand: Command<'files'> = {
  summary: 'copies the stored files to the bucket or back, comparing checksums, and lists those that no event names',
  usage: 'files copy --to s3|folder | orphans [--remove]',
  needs: 'files',
  parse: (args) => {
    const options = { to: { type: 'string' }, remove: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [action, ...rest] = positionals;
    if (rest.length > 0) return undefined;
    if (action === 'copy' && isPlace(values.to) && !values.remove) return copyTo(values.to);
    return action === 'orphans' && values.to === undefined ? orphans(values.remove) : undefined;
  },
};
