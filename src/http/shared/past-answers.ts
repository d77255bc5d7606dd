import type { Position } from '../../ports/event-store.js';
import type { ProjectionName } from '../../projections/index.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** false: the route can't be asked as of a moment, because what it answers is not made of the log alone, or is no answer of a moment. */
    asOf?: boolean;
  }
}

/** What the log held up to a position, and the time at which it is looked at. */
export interface Moment {
  readonly position: Position;
  readonly at: Date;
}

export type AskedMoment = Readonly<{ position: Position }> | Readonly<{ time: Date }>;

export interface PastRequest {
  readonly method: 'GET' | 'HEAD';
  /** Without the moment. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly remoteAddress: string;
  /** Who asks: one caller gets a few moments at a time. */
  readonly caller: string;
  /** Who the caller is today, with role and organization: to others the same question may have another answer. */
  readonly identity: string;
  readonly reads: readonly ProjectionName[];
}

export type PastAnswer =
  | Readonly<{ kind: 'answered'; status: number; headers: Readonly<Record<string, number | string | string[] | undefined>>; body: Buffer }>
  | Readonly<{ kind: 'building'; percent: number }>;

/** Answers of a GET as they were at a moment. Callers are recognized, and their roles are, as they are now. */
export interface PastAnswers {
  /** Undefined: it has not come yet. */
  momentOf(asked: AskedMoment): Promise<Moment | undefined>;
  /** `building`: what it needs is made from the log, which takes longer than a request should wait. */
  answer(moment: Moment, request: PastRequest): Promise<PastAnswer>;
}
