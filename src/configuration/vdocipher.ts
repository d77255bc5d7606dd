/** Where the videos of lessons are kept. */
export interface VdoCipherAccess {
  readonly apiUrl: string;
  readonly apiSecret: string;
  /** How long each call may take. */
  readonly timeoutMs: number;
}

interface Variables {
  readonly VDOCIPHER_API_SECRET?: string;
  readonly VDOCIPHER_API_URL: string;
}

const TIMEOUT_MS = 5_000;

/** Null: videos are kept nowhere in production, and in the sandbox elsewhere. */
export const vdocipherOf = ({ VDOCIPHER_API_SECRET: apiSecret, VDOCIPHER_API_URL: apiUrl }: Variables): VdoCipherAccess | null =>
  apiSecret === undefined ? null : Object.freeze({ apiUrl, apiSecret, timeoutMs: TIMEOUT_MS });
