import type { VideoHost, VideoStatus, VideoUpload } from '../../ports/video-host.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';

/** Titles for each state that is not ready (docs/operations.md). A video with any other title is ready at once. */
export const SANDBOX_UPLOADING = 'sandbox-uploading';
export const SANDBOX_QUEUED = 'sandbox-queued';
export const SANDBOX_FAILED = 'sandbox-failed';

const VIDEOS = '3f2b1d44-8a0e-5d0b-9a53-0c7a1b0f6d72';
const UPLOAD_URL = 'https://video-sandbox.invalid/upload';

const states: ReadonlyMap<string, VideoStatus> = new Map([
  [SANDBOX_UPLOADING, { state: 'uploading' }],
  [SANDBOX_QUEUED, { state: 'other', word: 'Queued' }],
  [SANDBOX_FAILED, { state: 'failed' }],
]);
const READY = 'sandbox-ready';

const SANDBOX_ID = /^(sandbox-[a-z]+)-[0-9a-f-]{36}$/;

/** Keeps no videos. The id says the state, so that a restart forgets nothing. */
export class SandboxVideoHost implements VideoHost {
  async createUpload({ title, key }: { readonly title: string; readonly key: string }): Promise<VideoUpload> {
    const videoId = `${states.has(title) ? title : READY}-${uuidV5(key, VIDEOS)}`;
    return { videoId, uploadUrl: UPLOAD_URL, uploadId: videoId, fields: { key: videoId } };
  }

  async statusOf(videoId: string): Promise<VideoStatus | null> {
    const [, state = ''] = SANDBOX_ID.exec(videoId) ?? [];
    return state === READY ? { state: 'ready' } : (states.get(state) ?? null);
  }
}
