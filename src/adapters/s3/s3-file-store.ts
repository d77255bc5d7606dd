import { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, HeadBucketCommand, HeadObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { assertFileKey, FileStoreUnavailable, isFileKey, type FilePart, type FileStore, type ListedFile, type PutOptions, type SignedUrlOptions, type StoredFile } from '../../ports/file-store.js';
import { inTime } from './calls.js';
import { s3Client } from './client.js';
import { contentOf } from './content.js';
import { isMissing, unusable } from './failures.js';
import { partsOf } from './parts.js';
import { usualLimits, type S3Access, type S3Limits } from './s3-access.js';
import { upload, type ObjectHead } from './upload.js';

interface Described {
  readonly ContentType?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ETag?: string | undefined;
}

/** There is no such object. */
const NOTHING = Symbol('nothing');

const orNothing = (error: unknown): typeof NOTHING | undefined => (isMissing(error) ? NOTHING : undefined);

const UNTYPED = 'application/octet-stream';

const described = (key: string, size: number | undefined, { ContentType, ContentDisposition, ETag }: Described): StoredFile => {
  if (size === undefined || ETag === undefined) throw new FileStoreUnavailable('S3 answered without size or tag');
  return { key, contentType: ContentType ?? UNTYPED, ...(ContentDisposition === undefined ? {} : { disposition: ContentDisposition }), size, etag: ETag };
};

/** Of the whole object, also where the answer is a part of it. */
const wholeSize = (contentRange: string | undefined, contentLength: number | undefined): number | undefined =>
  contentRange === undefined ? contentLength : Number(/\/(\d+)$/.exec(contentRange)?.[1]);

/** Files in a bucket, under a prefix: several processes, and programs, may share it. */
export class S3FileStore implements FileStore {
  readonly #client: S3Client;
  readonly #signing: S3Client;
  readonly #access: S3Access;
  readonly #limits: S3Limits;
  readonly signedUrl?: (key: string, options: SignedUrlOptions) => Promise<string>;

  private constructor(access: S3Access, limits: S3Limits) {
    this.#access = access;
    this.#limits = limits;
    this.#client = s3Client(access, access.endpoint);
    this.#signing = access.publicEndpoint === access.endpoint ? this.#client : s3Client(access, access.publicEndpoint);
    if (access.redirects) this.signedUrl = (key, options) => this.#sign(key, options);
  }

  /** Rejects with BucketUnusable where waiting for the bucket is in vain, with FileStoreUnavailable where it may help. */
  static async open(access: S3Access, limits: Partial<S3Limits> = {}): Promise<S3FileStore> {
    const store = new S3FileStore(access, { ...usualLimits, ...limits });
    try {
      await store.check();
      return store;
    } catch (error) {
      store.close();
      const cause = error instanceof FileStoreUnavailable ? error.cause : error;
      // Waiting mends no program.
      if (cause instanceof TypeError) throw cause;
      throw unusable(access.bucket, cause) ?? error;
    }
  }

  async put(key: string, content: Readable | Uint8Array, { contentType, disposition, maxBytes = Number.POSITIVE_INFINITY }: PutOptions): Promise<StoredFile> {
    assertFileKey(key);
    const { encryption } = this.#access;
    const head: ObjectHead = {
      ...this.#at(key),
      ContentType: contentType,
      ...(disposition === undefined ? {} : { ContentDisposition: disposition }),
      ...(encryption === null ? {} : { ServerSideEncryption: encryption.algorithm }),
      ...(encryption === null || encryption.kmsKeyId === null ? {} : { SSEKMSKeyId: encryption.kmsKeyId }),
    };
    const source = content instanceof Readable ? content : Readable.from([content]);
    const parts = partsOf(source, this.#limits.partBytes, maxBytes);
    try {
      const { size, etag } = await upload({ client: this.#client, limits: this.#limits }, head, parts);
      return described(key, size, { ContentType: contentType, ContentDisposition: disposition, ETag: etag });
    } finally {
      // Ends the source, too.
      await parts.return(undefined);
    }
  }

  async get(key: string, part?: FilePart): Promise<(StoredFile & { readonly content: Readable }) | undefined> {
    assertFileKey(key);
    const command = new GetObjectCommand({ ...this.#at(key), ...(part === undefined ? {} : { Range: `bytes=${part.first}-${part.last}` }) });
    const answer = await inTime('reading', this.#limits.callMs, (abortSignal) => this.#client.send(command, { abortSignal }), orNothing);
    if (answer === NOTHING) return undefined;
    const { Body, ContentRange, ContentLength } = answer;
    if (!(Body instanceof Readable)) throw new TypeError('S3 answered without a body');
    return { ...described(key, wholeSize(ContentRange, ContentLength), answer), content: contentOf('reading', Body, this.#limits.idleMs) };
  }

  async stat(key: string): Promise<StoredFile | undefined> {
    assertFileKey(key);
    const command = new HeadObjectCommand(this.#at(key));
    const answer = await inTime('asking for a file', this.#limits.callMs, (abortSignal) => this.#client.send(command, { abortSignal }), orNothing);
    return answer === NOTHING ? undefined : described(key, answer.ContentLength, answer);
  }

  async delete(key: string): Promise<void> {
    assertFileKey(key);
    const command = new DeleteObjectCommand(this.#at(key));
    await inTime('deleting', this.#limits.callMs, (abortSignal) => this.#client.send(command, { abortSignal }), orNothing);
  }

  async *list(folder?: string): AsyncGenerator<ListedFile> {
    if (folder !== undefined) assertFileKey(folder);
    const { bucket, prefix } = this.#access;
    const within = `${prefix}${folder === undefined ? '' : `${folder}/`}`;
    let token: string | undefined;
    do {
      const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: within, ...(token === undefined ? {} : { ContinuationToken: token }) });
      const page = await inTime('listing', this.#limits.callMs, (abortSignal) => this.#client.send(command, { abortSignal }));
      for (const { Key = '', Size, LastModified } of page.Contents ?? []) {
        const key = Key.slice(prefix.length);
        // Others may keep things of their own in the bucket.
        if (isFileKey(key) && Size !== undefined && LastModified !== undefined) yield { key, size: Size, modifiedAt: LastModified };
      }
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  async #sign(key: string, { expiresInSeconds, contentType, disposition, cacheControl }: SignedUrlOptions): Promise<string> {
    assertFileKey(key);
    const says = { ResponseContentType: contentType, ResponseCacheControl: cacheControl, ...(disposition === undefined ? {} : { ResponseContentDisposition: disposition }) };
    return inTime('signing', this.#limits.callMs, () => getSignedUrl(this.#signing, new GetObjectCommand({ ...this.#at(key), ...says }), { expiresIn: expiresInSeconds }));
  }

  async check(): Promise<void> {
    const command = new HeadBucketCommand({ Bucket: this.#access.bucket });
    await inTime('asking for the bucket', this.#limits.callMs, (abortSignal) => this.#client.send(command, { abortSignal }));
  }

  /** Connections of contents that are being read end with them. */
  close(): void {
    this.#client.destroy();
    this.#signing.destroy();
  }

  #at(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.#access.bucket, Key: `${this.#access.prefix}${key}` };
  }
}
