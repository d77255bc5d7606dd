import { Type, type Static } from 'typebox';

/** The variables of a bucket for files; without S3_BUCKET they are in DATA_DIR. */
export const s3Variables = {
  S3_BUCKET: Type.Optional(Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$', description: 'Unset: files are in DATA_DIR' })),
  S3_URL: Type.Optional(Type.String({ pattern: '^https?://.+', description: 'Unset: Amazon S3' })),
  S3_PUBLIC_URL: Type.Optional(Type.String({ pattern: '^https?://.+', description: 'How browsers reach S3_URL; unset: as the program does' })),
  S3_REGION: Type.String({ pattern: '^[a-z0-9-]+$', default: 'us-east-1' }),
  S3_ACCESS_KEY_ID: Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]+$', description: 'Unset: what the machine has' })),
  S3_SECRET_ACCESS_KEY: Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]+$' })),
  S3_PATH_STYLE: Type.Enum(['on', 'off'], { default: 'off' }),
  S3_PREFIX: Type.String({ pattern: '^(?:(?!\\.)[A-Za-z0-9._-]+(?:/(?!\\.)[A-Za-z0-9._-]+)*/?)?$', maxLength: 200, default: '' }),
  S3_SERVER_SIDE_ENCRYPTION: Type.Enum(['none', 'AES256', 'aws:kms'], { default: 'none' }),
  S3_KMS_KEY_ID: Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]+$' })),
  S3_REDIRECTS: Type.Enum(['on', 'off'], { default: 'off' }),
};

const Variables = Type.Object(s3Variables);
type Variables = Static<typeof Variables>;

/** The bucket for files; null: there is none. */
export const s3Of = (variables: Variables) => {
  const { S3_BUCKET: bucket, S3_URL: endpoint = null, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = variables;
  const { S3_SERVER_SIDE_ENCRYPTION: algorithm, S3_PREFIX: prefix } = variables;
  if (bucket === undefined) return null;
  return Object.freeze({
    bucket,
    endpoint,
    publicEndpoint: variables.S3_PUBLIC_URL ?? endpoint,
    region: variables.S3_REGION,
    credentials: accessKeyId === undefined || secretAccessKey === undefined ? null : Object.freeze({ accessKeyId, secretAccessKey }),
    pathStyle: variables.S3_PATH_STYLE === 'on',
    prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`,
    encryption: algorithm === 'none' ? null : Object.freeze({ algorithm, kmsKeyId: variables.S3_KMS_KEY_ID ?? null }),
    redirects: variables.S3_REDIRECTS === 'on',
  });
};

/** Settings of a bucket without a bucket, and of one kind of encryption with another. */
export const s3Problems = (texts: Readonly<Record<string, string | undefined>>): readonly string[] => {
  const named = Object.keys(s3Variables).filter((name) => name !== 'S3_BUCKET' && texts[name] !== undefined);
  const homeless = texts['S3_BUCKET'] === undefined ? named.filter((name) => !DEFAULTED.has(name)) : [];
  const problems = homeless.length === 0 ? [] : [`S3_BUCKET is missing, which ${homeless.join(', ')} ${homeless.length === 1 ? 'is' : 'are'} about`];
  if (texts['S3_KMS_KEY_ID'] !== undefined && texts['S3_SERVER_SIDE_ENCRYPTION'] !== 'aws:kms') problems.push('S3_KMS_KEY_ID needs S3_SERVER_SIDE_ENCRYPTION=aws:kms');
  return problems;
};

/** A copy of .env.example has these without meaning a bucket. */
const DEFAULTED: ReadonlySet<string> = new Set(['S3_REGION', 'S3_PATH_STYLE', 'S3_PREFIX', 'S3_SERVER_SIDE_ENCRYPTION', 'S3_REDIRECTS']);
