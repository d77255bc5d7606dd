import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';

const BackedUpFile = Type.Object({ path: Type.String(), bytes: Type.Integer({ minimum: 0 }), sha256: Type.String() });

/** Where the files are, which are then named in BUCKET_FILES: `included` says that they are in the backup, too. */
const BackedUpBucket = Type.Object({
  endpoint: Type.Union([Type.String(), Type.Null()]),
  bucket: Type.String(),
  prefix: Type.String(),
  files: Type.Integer({ minimum: 0 }),
  bytes: Type.Integer({ minimum: 0 }),
  included: Type.Boolean(),
});

const Manifest = Type.Object({
  format: Type.Literal('registrar-backup'),
  version: Type.Integer({ minimum: 1 }),
  takenAt: Type.String(),
  head: Type.String({ pattern: '^\\d+$' }),
  events: Type.Integer({ minimum: 0 }),
  files: Type.Array(BackedUpFile),
  bucket: Type.Optional(BackedUpBucket),
});

export type BackupManifest = Static<typeof Manifest>;
export type BackedUpFile = Static<typeof BackedUpFile>;
export type BackedUpBucket = Static<typeof BackedUpBucket>;

export const MANIFEST = 'manifest.json';
/** One file a line: key, size and time, as JSON. */
export const BUCKET_FILES = 'bucket-files.ndjson';
/** Of a backup whose files are in a bucket: a build that does not know of buckets must not think that there were no files. */
export const MANIFEST_VERSION = 2;
export const MANIFEST_VERSION_WITHOUT_BUCKET = 1;

const manifestValidator = Compile(Manifest);

export class BackupUnusable extends Error {
  override readonly name = 'BackupUnusable';
}

/** A path below the backup: a manifest may come from anywhere. */
const SAFE_PATH = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[^/\0][^\0]*$/;

export const readManifest = async (folder: string): Promise<BackupManifest> => {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8'));
  } catch (error) {
    throw new BackupUnusable(`${folder} has no readable ${MANIFEST}: it is no backup, or one that was not finished`, { cause: error });
  }
  if (!manifestValidator.Check(value)) throw new BackupUnusable(`${MANIFEST} in ${folder} is not one of a backup`);
  if (value.version > MANIFEST_VERSION) throw new BackupUnusable(`the backup in ${folder} was made by a later version of Registrar`);
  for (const { path } of value.files) if (!SAFE_PATH.test(path)) throw new BackupUnusable(`${MANIFEST} names a file outside of the backup: ${path}`);
  return value;
};

export const describeFile = async (folder: string, path: string): Promise<BackedUpFile> => {
  const hash = createHash('sha256');
  const content: AsyncIterable<Buffer> = createReadStream(join(folder, path));
  for await (const block of content) hash.update(block);
  const { size } = await stat(join(folder, path));
  return { path, bytes: size, sha256: hash.digest('hex') };
};

export const assertFile = async (folder: string, expected: BackedUpFile): Promise<void> => {
  const found = await describeFile(folder, expected.path).catch(() => undefined);
  if (found === undefined) throw new BackupUnusable(`${expected.path} is missing in ${folder}`);
  if (found.bytes !== expected.bytes || found.sha256 !== expected.sha256) throw new BackupUnusable(`${expected.path} in ${folder} is not what was backed up`);
};
