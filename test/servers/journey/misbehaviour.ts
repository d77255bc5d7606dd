/** Faults that the event store causes all the time. */
export interface Misbehaviour {
  /** Each event of a subscription comes so often. */
  readonly deliveries: number;
  /** Subscriptions break off after so many events at most; null: never. */
  readonly subscriptionLife: number | null;
  /** How likely the answer to an append that was written is lost. */
  readonly lostReply: number;
  /** How likely an append is refused, unwritten. */
  readonly refusal: number;
  /** Its replies are delayed again and again, for at most this time. */
  readonly longestDelayMs: number;
}

export const wellBehaved: Misbehaviour = { deliveries: 1, subscriptionLife: null, lostReply: 0, refusal: 0, longestDelayMs: 0 };
