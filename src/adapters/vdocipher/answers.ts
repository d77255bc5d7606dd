import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { VideoStatus, VideoUpload } from '../../ports/video-host.js';

// The answers of VdoCipher's Server API (https://www.vdocipher.com/docs/server/upload). Fields that are not named here are left out.

const Text = Type.String({ minLength: 1, maxLength: 10_000 });
const VideoId = Type.String({ pattern: '^[A-Za-z0-9_-]{1,100}$' });

const Credentials = Type.Object({
  clientPayload: Type.Object({
    policy: Text,
    key: Text,
    'x-amz-signature': Text,
    'x-amz-algorithm': Text,
    'x-amz-date': Text,
    'x-amz-credential': Text,
    uploadLink: Type.String({ pattern: '^https?://', maxLength: 2_000 }),
  }),
  videoId: VideoId,
});

const Video = Type.Object({ status: Type.String({ minLength: 1, maxLength: 100 }) });
const Refusal = Type.Object({ message: Type.String() });

const credentials = Compile(Credentials);
const video = Compile(Video);
const refusal = Compile(Refusal);

const uploadOf = ({ clientPayload, videoId }: Static<typeof Credentials>): VideoUpload => {
  const { uploadLink, ...payload } = clientPayload;
  const names = ['policy', 'key', 'x-amz-signature', 'x-amz-algorithm', 'x-amz-date', 'x-amz-credential'] as const;
  const fields = Object.fromEntries(names.map((name) => [name, payload[name]]));
  return { videoId, uploadUrl: uploadLink, uploadId: payload.key, fields: { ...fields, success_action_status: '201', success_action_redirect: '' } };
};

/** Undefined: not an answer of this API. */
export const uploadIn = (answer: unknown): VideoUpload | undefined => {
  if (!credentials.Check(answer) || !URL.canParse(answer.clientPayload.uploadLink)) return undefined;
  return uploadOf(answer);
};

/** The reference names Pre-Upload, Queued and ready; what failed is told in words with "error" or "fail" in them. */
export const statusIn = (answer: unknown): VideoStatus | undefined => {
  if (!video.Check(answer)) return undefined;
  const { status } = answer;
  const word = status.toLowerCase();
  if (word === 'ready') return { state: 'ready' };
  if (word === 'pre-upload') return { state: 'uploading' };
  return /error|fail/.test(word) ? { state: 'failed' } : { state: 'other', word: status };
};

/** What the host says of its refusal, if it says anything. */
export const refusalIn = (answer: unknown): string | undefined => (refusal.Check(answer) ? answer.message : undefined);
