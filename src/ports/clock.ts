export interface Clock {
  now(): Date;
  /** Resolves at that time (at once when it is past), or early and without error when the signal aborts. */
  until(time: Date, signal: AbortSignal): Promise<void>;
  /** Resolves after that many milliseconds (at once for none), or early and without error when the signal aborts. */
  after(milliseconds: number, signal: AbortSignal): Promise<void>;
}
