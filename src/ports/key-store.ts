/** Secrets for keyed hashes; each purpose has its own key, derived from one secret of the configuration. */
export interface KeyStore {
  /** HMAC-SHA-256 of the message with the key of that purpose. */
  sign(purpose: 'refresh-token' | 'one-time-code', message: string): Buffer;
}
