export type AppendFault =
  /** Refused before anything was written. */
  | 'unavailable'
  | 'not-leader'
  | 'access-denied'
  /** Written, but the reply is an error. */
  | 'written-unavailable'
  | 'written-deadline'
  /** Written, but the connection breaks before the reply. */
  | 'written-dropped'
  /** Never replies, although the append is written. */
  | 'written-silent';

/** The fault to cause, and the number of calls so far. */
export class Faults {
  /** The next appends meet these, one each. */
  readonly appends: AppendFault[] = [];
  /** Asked for every append that meets none of the above. */
  anyAppend: () => AppendFault | undefined = () => undefined;
  /** The next reads of a stream break off after this many events. */
  readonly readsBreakAfter: number[] = [];
  /** Each new subscription breaks off after this many messages. */
  subscriptionLife: () => number = () => Infinity;
  /** Each event of a subscription is given this often. */
  deliveries = 1;
  /** A server that has forgotten which events it has: a repeated append is a conflict. */
  isForgetful = false;
  /** A server that says nothing when it has caught up over what the filter leaves out, and sends no checkpoints. */
  isTaciturn = false;

  nextAppend(): AppendFault | undefined {
    return this.appends.shift() ?? this.anyAppend();
  }
}
