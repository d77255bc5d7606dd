/** What this browser trusts: the keys that it saw first or was told, and the newest checkpoint that it verified. */
export interface Pins {
  readonly vkeys: readonly string[];
  /** The whole signed note. */
  readonly checkpoint: string | null;
  /** told: an auditor typed the key in; seen: it was the server's on the first visit. */
  readonly by: 'told' | 'seen';
}

export interface PinStore {
  read(): Pins | null;
  write(pins: Pins): void;
}
