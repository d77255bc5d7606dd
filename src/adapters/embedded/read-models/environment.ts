import { open, type RootDatabase } from 'lmdb';
import { ControlDatabase } from './control-database.js';
import { DisposableFolder } from './disposable-folder.js';
import type { KeyDatabase } from './key-streams.js';

/** Raised whenever the layout of keys or values changes: the old content is then dropped and rebuilt. */
const FORMAT = 1;

export interface Environment {
  readonly root: RootDatabase;
  readonly control: ControlDatabase;
  readonly documents: KeyDatabase;
  readonly keys: KeyDatabase;
  readonly close: () => Promise<void>;
}

/** Numbers of free pages: lmdb has these options, its types do not. */
interface FreeSpaceOptions {
  readonly maxFreeSpaceToLoad: number;
  readonly maxFreeSpaceToRetain: number;
}

// Each commit goes through the whole list of free pages that is in memory. By default it has up to 75,000 of them, and the smallest
// commit took a tenth of a second after a build of a million documents; those that are not loaded stay in the file for later.
const FEW_FREE_PAGES: FreeSpaceOptions = { maxFreeSpaceToLoad: 4_000, maxFreeSpaceToRetain: 8_000 };

const openEnvironment = (folder: string, marks: DisposableFolder): Environment => {
  // Without sync nothing waits for the disk: what a power cut takes is built again from the log. Each write is a batch or
  // a transaction of its own; the batch that lmdb would make of a turn fails with a rejection that nobody can catch.
  const root = open({ path: folder, noSubdir: false, noSync: true, maxDbs: 4, eventTurnBatching: false, ...FEW_FREE_PAGES });
  return {
    root,
    control: new ControlDatabase(root.openDB({ name: 'control' })),
    documents: root.openDB({ name: 'documents', keyEncoding: 'binary', encoding: 'binary' }),
    keys: root.openDB({ name: 'keys', keyEncoding: 'binary', encoding: 'binary' }),
    close: async () => {
      await root.close();
      marks.markClosed();
    },
  };
};

const hasFormat = ({ control }: Environment): boolean => {
  const format = control.get<number>('format');
  if (format === undefined) control.put(FORMAT, 'format');
  return format === undefined || format === FORMAT;
};

/** Opens the folder, after throwing away what can't be trusted; tells why. */
export const openReadModelFolder = async (
  folder: string,
  onDiscarded: (reason: string) => void,
  bootId?: string | null,
): Promise<Environment> => {
  const marks = new DisposableFolder(folder, bootId);
  const discard = (reason: string): void => {
    marks.empty();
    onDiscarded(reason);
  };
  const reason = marks.distrust();
  if (reason !== undefined) discard(reason);
  marks.markOpen();
  const environment = openEnvironment(folder, marks);
  if (hasFormat(environment)) return environment;
  await environment.root.close();
  discard('it was written in another format');
  marks.markOpen();
  const fresh = openEnvironment(folder, marks);
  hasFormat(fresh);
  return fresh;
};
