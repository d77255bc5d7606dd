import t from 'tap';
import { KeptAnswers } from '../../../src/composition/as-of/kept-answers.js';
import type { Moment, PastAnswer, PastRequest } from '../../../src/http/shared/past-answers.js';

type Answered = Extract<PastAnswer, { kind: 'answered' }>;

const moment: Moment = { position: 7n, at: new Date('2026-03-01T12:00:00.000Z') };
const request: PastRequest = {
  method: 'GET', url: '/courses?limit=20', headers: { authorization: 'Bearer one', 'x-request-id': 'first' }, remoteAddress: '::1', caller: 'ada', identity: '{"accountId":"ada","role":"admin"}', reads: ['courses'],
};
const answer: Answered = { kind: 'answered', status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: Buffer.from('[]') };
const now = new Date('2026-03-02T12:00:00.000Z');
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000);

const kept = (given: Answered = answer): KeptAnswers => {
  const answers = new KeptAnswers();
  answers.keep(moment, request, given, now);
  return answers;
};

t.test('the same question of the same caller has the same answer, for a minute', async (t) => {
  const answers = kept();
  t.equal(answers.find(moment, { ...request, headers: { ...request.headers, 'x-request-id': 'second' } }, later(59)), answer);
  t.equal(answers.find(moment, request, later(60)), undefined);
});

t.test('whatever an answer depends on makes another question', async (t) => {
  const answers = kept();
  const others: readonly (readonly [string, Moment, PastRequest])[] = [
    ['the time at which it is looked at', { ...moment, at: now }, request],
    ['the method', moment, { ...request, method: 'HEAD' }],
    ['the query', moment, { ...request, url: '/courses?limit=10' }],
    ['who asks', moment, { ...request, identity: '{"accountId":"ada","role":"auditor"}' }],
    ['the token', moment, { ...request, headers: { ...request.headers, authorization: 'Bearer two' } }],
    ['a header', moment, { ...request, headers: { ...request.headers, 'accept-language': 'id' } }],
  ];
  for (const [what, at, asked] of others) t.equal(answers.find(at, asked, now), undefined, what);
});

t.test('refusals, files and large answers are not kept', async (t) => {
  const others: Readonly<Record<string, Answered>> = {
    refusal: { ...answer, status: 404 },
    file: { ...answer, headers: { 'content-type': 'image/png' } },
    large: { ...answer, body: Buffer.alloc(300_000, ' ') },
  };
  for (const [what, other] of Object.entries(others)) t.equal(kept(other).find(moment, request, now), undefined, what);
});

t.test('many answers are not kept for ever', async (t) => {
  const answers = new KeptAnswers();
  const big: Answered = { ...answer, body: Buffer.alloc(100_000, ' ') };
  for (let n = 0; n < 200; n += 1) answers.keep(moment, { ...request, url: `/courses?skip=${n}` }, big, now);
  const left = Array.from({ length: 200 }, (_, n) => answers.find(moment, { ...request, url: `/courses?skip=${n}` }, now)).filter((found) => found !== undefined);
  t.ok(left.length > 0 && left.length * 100_000 <= 2 * 2 * 1_048_576, `${left.length} are kept`);
});
