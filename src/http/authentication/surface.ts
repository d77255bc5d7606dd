import { Type } from 'typebox';
import type { Wordings } from '../refusals/wording.js';
import type { Surface } from '../shared/surface.js';

const wrongCredentials = [401, 'Invalid credentials'] as const;
const wrongRefreshToken = [401, 'Invalid or expired refresh token'] as const;

const errorOverrides: Wordings = {
  'email-taken': [409, 'User already exists'],
  'unknown-account': [404, 'User not found'],
  'wrong-credentials': wrongCredentials,
  'wrong-password': wrongCredentials,
  'otp-invalid': [401, 'Invalid or expired OTP'],
  'refresh-token-invalid': wrongRefreshToken,
  'refresh-token-reused': wrongRefreshToken,
  'session-ended': wrongRefreshToken,
  'session-expired': wrongRefreshToken,
  unauthenticated: [401, 'Missing or invalid token'],
};

/** `{success, statusCode, message, data}`, for errors too. */
export const authenticationSurface: Surface = {
  name: 'authentication',
  basePath: '/api/auth',
  reads: ['accounts', 'sessions'],
  errorContentType: 'application/json',
  errorSchemaId: 'AuthenticationError',
  errorSchema: Type.Object(
    {
      success: Type.Literal(false),
      statusCode: Type.Integer(),
      message: Type.String(),
      data: Type.Optional(
        Type.Object(
          { errors: Type.Array(Type.Object({ field: Type.String(), message: Type.String() })) },
          { description: 'The fields that a 400 is about' },
        ),
      ),
    },
    { $id: 'AuthenticationError' },
  ),
  errorOverrides,
  presentError: ({ status, message, errors }) => ({
    success: false,
    statusCode: status,
    message,
    ...(errors === undefined ? {} : { data: { errors } }),
  }),
  acceptedSchema: Type.Object(
    {
      success: Type.Literal(true),
      statusCode: Type.Literal(202),
      message: Type.String(),
      data: Type.Object({ position: Type.String() }),
    },
    { description: 'Carried out; reads do not show it yet. Read with X-Min-Position: <position>.' },
  ),
  presentAccepted: (position) => ({
    success: true,
    statusCode: 202,
    message: 'Accepted, but not visible yet',
    data: { position: position.toString() },
  }),
};
