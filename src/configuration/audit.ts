import { Type, type Static } from 'typebox';
import { noteKeyId, publicKeyOf, SEED_BYTES } from '../primitives/note-key.js';

/** The variables of the audit; docs/operations.md has more. */
export const auditVariables = {
  AUDIT: Type.Enum(['on', 'off'], { default: 'on', description: 'A signed tree over all events of payments and coupons' }),
  AUDIT_SIGNING_KEY: Type.Optional(Type.String({ pattern: '^PRIVATE\\+KEY\\+[^+\\s]+\\+[0-9a-f]{8}\\+[A-Za-z0-9+/=]+$', description: 'Signs checkpoints; its name is that of the log' })),
  AUDIT_CHECKPOINT_TO: Type.Optional(Type.String({ pattern: '^[^@\\s]+@[^@\\s]+$', maxLength: 254, description: 'Gets checkpoints by mail; unset: nobody' })),
};

const Variables = Type.Object(auditVariables);
type Variables = Static<typeof Variables>;

export interface AuditSettings {
  readonly key: { readonly name: string; readonly seed: Uint8Array };
  readonly checkpointTo: string | null;
}

const DEVELOPMENT_LOG = 'localhost/registrar';

const signingKeyOf = (text: string): AuditSettings['key'] | undefined => {
  const [, , name = '', id, ...encoded] = text.split('+');
  const typed = Buffer.from(encoded.join('+'), 'base64');
  const seed = typed.subarray(1);
  if (typed[0] !== 1 || seed.length !== SEED_BYTES) return undefined;
  return noteKeyId(name, publicKeyOf(seed)).toString('hex') === id ? { name, seed } : undefined;
};

/** Null: there is no audit tree. `kept`: gives a secret that is made once and kept, for a key outside production. */
export const auditOf = ({ AUDIT, AUDIT_SIGNING_KEY: text, AUDIT_CHECKPOINT_TO: to }: Variables, kept: () => string): AuditSettings | null => {
  if (AUDIT === 'off') return null;
  const key = text === undefined ? { name: DEVELOPMENT_LOG, seed: Buffer.from(kept(), 'base64url').subarray(0, SEED_BYTES) } : signingKeyOf(text);
  return key === undefined ? null : Object.freeze({ key, checkpointTo: to ?? null });
};

export const auditProblems = (texts: Readonly<Record<string, string | undefined>>): readonly string[] => {
  const { NODE_ENV, AUDIT = 'on', AUDIT_SIGNING_KEY: text } = texts;
  if (text !== undefined) return signingKeyOf(text) === undefined ? ['AUDIT_SIGNING_KEY must be a key as registrar audit new-key prints it'] : [];
  return NODE_ENV === 'production' && AUDIT === 'on' ? ['AUDIT_SIGNING_KEY is required in production (registrar audit new-key NAME makes one), or AUDIT=off'] : [];
};
