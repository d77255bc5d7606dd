import { VideoHostFailed, type VideoHost, type VideoStatus, type VideoUpload } from '../../ports/video-host.js';
import { refusalIn, statusIn, uploadIn } from './answers.js';
import { boundedText } from './bounded-text.js';

export interface VdoCipherOptions {
  /** Such as https://dev.vdocipher.com/api. */
  readonly apiUrl: string;
  readonly apiSecret: string;
  /** How long a call may take, its answer included. */
  readonly timeoutMs: number;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const LONGEST_ANSWER = 65_536;
const LONGEST_SENTENCE = 200;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Videos at VdoCipher. A call is made once: whoever asks may ask again. */
export class VdoCipherVideoHost implements VideoHost {
  readonly #options: VdoCipherOptions;

  constructor(options: VdoCipherOptions) {
    this.#options = options;
  }

  /** VdoCipher takes no key: a repeat makes another video, which stays without a file. */
  async createUpload({ title }: { readonly title: string }): Promise<VideoUpload> {
    const { status, body } = await this.#call('PUT', `videos?${new URLSearchParams({ title }).toString()}`);
    if (status !== 200) throw this.#refused(status, body);
    return uploadIn(body) ?? this.#notUnderstood();
  }

  async statusOf(videoId: string): Promise<VideoStatus | null> {
    const { status, body } = await this.#call('GET', `videos/${encodeURIComponent(videoId)}`);
    if (status === 404) return null;
    if (status !== 200) throw this.#refused(status, body);
    return statusIn(body) ?? this.#notUnderstood();
  }

  async #call(method: 'GET' | 'PUT', path: string): Promise<Answer> {
    const { apiUrl, apiSecret, timeoutMs } = this.#options;
    const signal = AbortSignal.timeout(timeoutMs);
    const headers = { accept: 'application/json', authorization: `Apisecret ${apiSecret}` };
    try {
      // A redirect could carry the secret to another host.
      const response = await fetch(`${apiUrl.replace(/\/+$/, '')}/${path}`, { method, headers, signal, redirect: 'error' });
      return { status: response.status, body: parsed(await boundedText(response, LONGEST_ANSWER)) };
    } catch (error) {
      if (signal.aborted) throw new VideoHostFailed(`The video host did not answer within ${timeoutMs / 1_000} s. Try again later.`, { cause: error });
      throw new VideoHostFailed('The video host can not be reached, or its answer broke off. Try again later.', { cause: error });
    }
  }

  #refused(status: number, body: unknown): VideoHostFailed {
    if (status === 401 || status === 403) return new VideoHostFailed('The video host does not accept VDOCIPHER_API_SECRET.');
    if (status === 429) return new VideoHostFailed('The video host has had too many requests. Try again later.');
    const told = status < 500 ? this.#shown(refusalIn(body)) : '';
    return new VideoHostFailed(`The video host answered ${status}${told === '' ? '' : `: ${told}`}.`);
  }

  /** One line of what the host says, without the secret. */
  #shown(sentence = ''): string {
    return sentence.replaceAll(this.#options.apiSecret, '***').replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_SENTENCE).toWellFormed();
  }

  #notUnderstood(): never {
    throw new VideoHostFailed('The answer of the video host is not understood.');
  }
}
