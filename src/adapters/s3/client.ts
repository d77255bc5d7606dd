import { S3Client } from '@aws-sdk/client-s3';
import type { S3Access } from './s3-access.js';

const CONNECTION_MS = 2_500;
const ATTEMPTS = 3;
/** Each download has one for as long as its reader takes. */
const CONNECTIONS = 512;

/** `endpoint`: null for Amazon's own. */
export const s3Client = ({ region, credentials, pathStyle }: S3Access, endpoint: string | null): S3Client => {
  const agent = { keepAlive: true, maxSockets: CONNECTIONS };
  return new S3Client({
    region,
    ...(endpoint === null ? {} : { endpoint }),
    // A copy: the SDK writes into it.
    ...(credentials === null ? {} : { credentials: { ...credentials } }),
    forcePathStyle: pathStyle,
    maxAttempts: ATTEMPTS,
    requestHandler: { connectionTimeout: CONNECTION_MS, httpAgent: agent, httpsAgent: agent },
    // Storage that is only compatible does not know the checksums that the SDK would send beside each body.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
};
