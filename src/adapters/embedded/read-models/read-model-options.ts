import type { CacheShare } from '../../../primitives/cache-budget.js';

export interface LmdbReadModelsOptions {
  readonly folder: string;
  /** Documents a query may read in vain, or sort in memory (default 1,000). */
  readonly scanLimit?: number;
  /** Tests: a query past the scan limit throws UnindexedQuery; otherwise it is answered and told. */
  readonly strict?: boolean;
  /** Called once for each shape of query, which is told without what was searched for. */
  readonly onUnindexed?: (query: string) => void;
  /** What was there could not be trusted; the projector builds it again. */
  readonly onDiscarded?: (reason: string) => void;
  /** No other process writes documents here: decoded ones are kept, and others' changes are not looked for. */
  readonly exclusive?: boolean;
  /** What decoded documents may take in memory. */
  readonly cache?: CacheShare;
  /** For tests of a machine that went down. */
  readonly bootId?: string | null;
}
