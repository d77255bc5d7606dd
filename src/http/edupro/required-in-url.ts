import { LiteralProblem, type LiteralBody } from '../refusals/wording.js';

/** A part of the path without blanks around it. Throws 400 with this body where nothing is left. */
export const requiredInUrl = (sent: string, body: LiteralBody): string => {
  const part = sent.trim();
  if (part === '') throw new LiteralProblem(400, 'missing-in-url', 'a part of the path is blank', body);
  return part;
};
