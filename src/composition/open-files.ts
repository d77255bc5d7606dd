import { DiskFileStore } from '../adapters/embedded/file-store.js';
import type { S3FileStore } from '../adapters/s3/s3-file-store.js';
import { InvalidConfiguration, type Config } from '../config.js';
import type { FileStore } from '../ports/file-store.js';

type Bucket = NonNullable<Config['s3']>;

/** The SDK is loaded with it: who keeps files in a folder has no need of it. */
export const openBucket = async (bucket: Bucket): Promise<S3FileStore> => {
  const [{ S3FileStore }, { BucketUnusable }] = await Promise.all([import('../adapters/s3/s3-file-store.js'), import('../adapters/s3/failures.js')]);
  try {
    return await S3FileStore.open(bucket);
  } catch (error) {
    throw error instanceof BucketUnusable ? new InvalidConfiguration([`S3_BUCKET: ${error.message}`]) : error;
  }
};

export interface OpenedFiles {
  readonly files: FileStore;
  readonly close: () => void;
}

/** Files in the bucket that the configuration names, else in this folder. */
export const openFiles = async ({ s3 }: Pick<Config, 's3'>, folder: string): Promise<OpenedFiles> => {
  if (s3 === null) return { files: await DiskFileStore.open(folder), close: () => undefined };
  const files = await openBucket(s3);
  return { files, close: () => files.close() };
};

/** Where files are, as people read it. */
export const placeOfFiles = ({ s3 }: Pick<Config, 's3'>, folder: string): string =>
  s3 === null ? folder : `the bucket ${s3.bucket}${s3.prefix === '' ? '' : ` under ${s3.prefix}`}${s3.endpoint === null ? ` (Amazon S3, ${s3.region})` : ` at ${new URL(s3.endpoint).host}`}`;
