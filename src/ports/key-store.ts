/** Keys for hashes and for sealing; each purpose has its own key, derived from one secret of the configuration. */
export interface KeyStore {
  /** HMAC-SHA-256 of the message with the key of that purpose. */
  sign(purpose: 'refresh-token' | 'one-time-code' | 'undo' | 'password-tries' | 'coupon-code', message: string): Buffer;
  /** Encrypts the text for that place only. The same text at the same place is always sealed alike, so that a repeat makes the same event. */
  seal(place: string, text: string): string;
  /** The text; undefined when it was not sealed for that place with this secret. */
  unseal(place: string, sealed: string): string | undefined;
}
