import { S3ServiceException } from '@aws-sdk/client-s3';
import { FileStoreUnavailable } from '../../ports/file-store.js';

/** Waiting does not help: the bucket, the keys or their rights are wrong. */
export class BucketUnusable extends Error {
  override readonly name = 'BucketUnusable';
}

const ABSENCES: ReadonlySet<string> = new Set(['NoSuchKey', 'NotFound']);

export const isMissing = (error: unknown): boolean => error instanceof S3ServiceException && ABSENCES.has(error.name);

/** Some errors of sockets have no message of their own. */
const sentenceOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(sentenceOf).join('; ');
  if (!(error instanceof Error)) return String(error);
  return error.name === 'Error' || error.message === '' ? error.message || error.name : `${error.name}: ${error.message}`;
};

/** Whatever S3 refuses, keys and rights included, is mended by an operator and not by whoever asked. */
export const asUnavailable = (what: string, error: unknown): FileStoreUnavailable =>
  error instanceof FileStoreUnavailable ? error : new FileStoreUnavailable(`S3, ${what}: ${sentenceOf(error)}`, { cause: error });

/** What is wrong with the bucket by the answer to HEAD, which has no body; undefined: it may be right again later. */
export const unusable = (bucket: string, error: unknown): BucketUnusable | undefined => {
  if (error instanceof Error && error.name === 'CredentialsProviderError') {
    return new BucketUnusable(`no keys are found for the bucket ${bucket}: set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or give the machine a role`, { cause: error });
  }
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  switch (status) {
    case 404:
      return new BucketUnusable(`there is no bucket ${bucket}`, { cause: error });
    case 401:
    case 403:
      return new BucketUnusable(`access to the bucket ${bucket} is refused: its keys or their rights are wrong`, { cause: error });
    case 301:
    case 307:
    case 400:
      return new BucketUnusable(`the bucket ${bucket} is not asked for rightly (${status}): S3_REGION, S3_URL or S3_PATH_STYLE is wrong`, { cause: error });
    default:
      return undefined;
  }
};
