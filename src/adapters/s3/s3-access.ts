/** Where a bucket is, and how it is asked. */
export interface S3Access {
  /** Null: Amazon's own for the region. */
  readonly endpoint: string | null;
  /** How browsers reach the endpoint. */
  readonly publicEndpoint: string | null;
  readonly bucket: string;
  readonly region: string;
  /** Null: what the SDK finds by itself: a role of the machine, a profile, AWS_ variables. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
  /** The bucket stands in the path, not in the name of the host. */
  readonly pathStyle: boolean;
  /** Of every key; empty, or with a slash at its end. */
  readonly prefix: string;
  /** Null: what the bucket says. */
  readonly encryption: { readonly algorithm: 'AES256' | 'aws:kms'; readonly kmsKeyId: string | null } | null;
  /** Readers may be sent to the bucket, with a signature that holds for a short time. */
  readonly redirects: boolean;
}

export interface S3Limits {
  /** How long a call may take, with its repeats. */
  readonly callMs: number;
  /** The same of a call that sends content. */
  readonly sendMs: number;
  /** How long the next bytes of a content are waited for. */
  readonly idleMs: number;
  /** What is held in memory of each upload; a larger file goes up in parts of this size. */
  readonly partBytes: number;
}

export const usualLimits: S3Limits = { callMs: 8_000, sendMs: 60_000, idleMs: 20_000, partBytes: 8 * 1_048_576 };
