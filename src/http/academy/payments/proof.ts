import { Type, type Static } from 'typebox';
import { isSecureUrl } from '../../../domain/kernel/web-url.js';
import { LiteralProblem } from '../../refusals/wording.js';
import { Problem } from '../../shared/problem.js';
import { Line } from '../../shared/text-schemas.js';

const MOST_SENT = 10_000;
const SHORTEST = 10;
const LONGEST = 2_048;

/** What is wrong with the link is said in another form than elsewhere, so the schema does not judge it. */
export const ProofChange = Type.Object({ proofLink: Type.Optional(Line({ maxLength: MOST_SENT })) });

const issuesOf = (proofLink: string): readonly string[] => [
  ...(proofLink.length < SHORTEST ? [`Proof Link must be at least ${SHORTEST} characters`] : []),
  ...(proofLink.length > LONGEST ? [`Proof Link must be at most ${LONGEST} characters`] : []),
  ...(isSecureUrl(proofLink) ? [] : ['Proof Link must be a URL of https']),
];

/** Throws what the document says of a change without one, or with a link that is none: there `message` is the list of issues. */
export const givenProof = ({ proofLink }: Static<typeof ProofChange>): string => {
  if (proofLink === undefined) throw new Problem(400, 'nothing-to-change', 'No valid fields provided for update');
  const issues = issuesOf(proofLink);
  if (issues.length === 0) return proofLink;
  const message = issues.map((issue) => ({ field: 'proofLink', message: issue }));
  throw new LiteralProblem(400, 'invalid-proof', issues.join(', '), { status: 'error', message });
};
