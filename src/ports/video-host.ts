/** What a client sends its file with: a form of these fields and the file as the last one, posted to the URL. */
export interface VideoUpload {
  readonly videoId: string;
  readonly uploadUrl: string;
  /** What the host calls the file that is sent. */
  readonly uploadId: string;
  readonly fields: Readonly<Record<string, string>>;
}

export type VideoStatus =
  | Readonly<{ state: 'uploading' | 'ready' | 'failed' }>
  /** Any other one, in the host's word: queued, for instance. */
  | Readonly<{ state: 'other'; word: string }>;

/** A call that brought no usable answer. The message is for people and holds no secret. */
export class VideoHostFailed extends Error {
  override readonly name = 'VideoHostFailed';
}

/** Keeps the videos of lessons. Calls take a few seconds at most and reject with VideoHostFailed alone. */
export interface VideoHost {
  /** Makes room for a video. `key`: the same key is the same video, for hosts that can tell. */
  createUpload(video: { readonly title: string; readonly key: string }): Promise<VideoUpload>;
  /** Null: the host has no such video. */
  statusOf(videoId: string): Promise<VideoStatus | null>;
}
