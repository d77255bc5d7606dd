import { Type } from 'typebox';
import type { Wordings } from '../refusals/wording.js';
import { successEnvelope } from '../shared/success-envelope.js';
import type { Surface } from '../shared/surface.js';

export const BASE_PATH = '/api/v2/user';
/** `{success: true, message, ...}` */
export const envelope = successEnvelope({ success: true });

export const TOKEN_COOKIE = 'token';

const SCHEMA_ID = 'UsersFailure';

const Failure = Type.Object(
  {
    success: Type.Literal(false),
    message: Type.String(),
    code: Type.String({ description: 'What a program can branch on' }),
    errors: Type.Optional(Type.Array(Type.Object({ field: Type.String(), message: Type.String() }))),
    details: Type.Optional(Type.Object({}, { additionalProperties: true, description: 'The values behind a refusal' })),
  },
  { $id: SCHEMA_ID },
);

/** The document has 400 for all client errors, also where another surface says 401, 403 or 409. */
const errorOverrides: Wordings = {
  'email-taken': { status: 400, field: 'email' },
  'username-taken': { status: 400, field: 'username' },
  'phone-taken': { status: 400, field: 'phone' },
  'wrong-credentials': { status: 400 },
  'email-not-verified': {
    status: 400,
    message: `Activate the account first, with the code from the mail; POST ${BASE_PATH}/resend-otp sends another one.`,
  },
  'password-not-set': {
    status: 400,
    message: `The account has no password yet: ask for a code with POST ${BASE_PATH}/forgot-password.`,
    field: 'password',
  },
  'otp-invalid': { field: 'otp' },
  'own-account': { status: 400 },
};

/** A wrong password is an error of that field of the request, as if the schema had refused it. */
export const wrongPasswordIn = (field: string): Wordings => ({ 'wrong-password': { code: 'validation-failed', field } });

export const usersSurface: Surface = {
  name: 'users',
  basePath: BASE_PATH,
  reads: ['accounts', 'userAddress', 'sessions'],
  success: envelope,
  tokenCookie: { name: TOKEN_COOKIE, wins: false },
  errorContentType: 'application/json',
  errorSchema: Failure,
  errorSchemaId: SCHEMA_ID,
  errorOverrides,
  presentError: ({ message, code, errors, details }) => ({
    success: false,
    message,
    code,
    ...(errors === undefined ? {} : { errors }),
    ...(details === undefined ? {} : { details }),
  }),
  acceptedSchema: Type.Object(
    { success: Type.Literal(true), message: Type.String(), position: Type.String() },
    { description: 'Carried out; it can not be read yet. Read with X-Min-Position: <position>.' },
  ),
  presentAccepted: (position) => ({ success: true, message: 'Carried out; it can be read in a moment.', position: position.toString() }),
};
