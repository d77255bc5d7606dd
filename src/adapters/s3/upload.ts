import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
  type CompletedPart,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { inTime } from './calls.js';
import type { S3Limits } from './s3-access.js';

/** What stands in the bucket, and what it says of itself. */
export type ObjectHead = Required<Pick<PutObjectCommandInput, 'Bucket' | 'Key' | 'ContentType'>> &
  Pick<PutObjectCommandInput, 'ContentDisposition' | 'ServerSideEncryption' | 'SSEKMSKeyId'>;

export interface Uploaded {
  readonly size: number;
  readonly etag: string | undefined;
}

type Services = Readonly<{ client: S3Client; limits: S3Limits }>;

/** What the storage holds of an upload that failed is dropped; where this fails, too, a rule of the bucket drops it later. */
const abort = async ({ client, limits }: Services, { Bucket, Key }: ObjectHead, UploadId: string): Promise<void> => {
  const command = new AbortMultipartUploadCommand({ Bucket, Key, UploadId });
  await inTime('dropping an upload', limits.callMs, (abortSignal) => client.send(command, { abortSignal })).catch(() => undefined);
};

const uploadParts = async (services: Services, head: ObjectHead, first: Buffer, rest: AsyncIterable<Buffer>): Promise<Uploaded> => {
  const { client, limits } = services;
  const { Bucket, Key } = head;
  const { UploadId } = await inTime('beginning an upload', limits.callMs, (abortSignal) => client.send(new CreateMultipartUploadCommand(head), { abortSignal }));
  if (UploadId === undefined) throw new TypeError('S3 began an upload without an id');
  const sent: CompletedPart[] = [];
  let size = 0;
  const send = async (Body: Buffer): Promise<void> => {
    const PartNumber = sent.length + 1;
    const command = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ContentLength: Body.length });
    const { ETag } = await inTime('uploading', limits.sendMs, (abortSignal) => client.send(command, { abortSignal }));
    sent.push({ PartNumber, ...(ETag === undefined ? {} : { ETag }) });
    size += Body.length;
  };
  try {
    await send(first);
    for await (const part of rest) if (part.length > 0) await send(part);
    const command = new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts: sent } });
    const { ETag } = await inTime('finishing an upload', limits.sendMs, (abortSignal) => client.send(command, { abortSignal }));
    return { size, etag: ETag };
  } catch (error) {
    await abort(services, head, UploadId);
    throw error;
  }
};

/** Puts content that comes in parts: in one piece where it is one part, else part by part. It is there when all of it is. */
export const upload = async (services: Services, head: ObjectHead, parts: AsyncGenerator<Buffer>): Promise<Uploaded> => {
  const { client, limits } = services;
  const first = await parts.next();
  const Body: Buffer = first.done === true ? Buffer.alloc(0) : first.value;
  if (Body.length >= limits.partBytes) return uploadParts(services, head, Body, parts);
  const command = new PutObjectCommand({ ...head, Body, ContentLength: Body.length });
  const { ETag } = await inTime('uploading', limits.sendMs, (abortSignal) => client.send(command, { abortSignal }));
  return { size: Body.length, etag: ETag };
};
