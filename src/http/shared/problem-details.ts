import { STATUS_CODES } from 'node:http';
import { Type } from 'typebox';
import { PROBLEM_CONTENT_TYPE, PROBLEM_SCHEMA_ID, ProblemDetails } from './problem.js';
import type { Surface } from './surface.js';

/** Errors as RFC 9457 prints them: the marketplace's way, and that of everything that belongs to no documented API. */
export const problemDetails: Surface = {
  name: 'marketplace',
  basePath: '',
  errorContentType: PROBLEM_CONTENT_TYPE,
  errorSchema: ProblemDetails,
  errorSchemaId: PROBLEM_SCHEMA_ID,
  presentError: ({ status, code, message, errors, details }, request) => ({
    status,
    body: {
      type: 'about:blank',
      title: STATUS_CODES[status] ?? 'Error',
      status,
      detail: message,
      instance: `urn:request:${request.id}`,
      code,
      ...(errors === undefined ? {} : { errors }),
      ...(details === undefined ? {} : { details }),
    },
  }),
  acceptedSchema: Type.Object(
    { status: Type.Literal('accepted'), position: Type.String() },
    { description: 'Carried out; the read models do not show it yet. Read with X-Min-Position: <position>.' },
  ),
  presentAccepted: (position) => ({ status: 'accepted', position: position.toString() }),
};
