import t from 'tap';
import { patiently } from '../../console/src/api/patiently.js';

const answers = (...responses: readonly Response[]) => {
  const left = [...responses];
  return async () => ({ response: left.shift() ?? Response.error() });
};

const tooMany = (retryAfter: string): Response => new Response(null, { status: 429, headers: { 'retry-after': retryAfter } });

t.test('a question that was one too many is asked again when the server allows it', async (t) => {
  const { response } = await patiently(answers(tooMany('0'), tooMany('0'), new Response('proof')), new AbortController().signal);
  t.equal(await response.text(), 'proof');
});

t.test('other refusals are given as they are', async (t) => {
  const { response } = await patiently(answers(new Response(null, { status: 404 })), new AbortController().signal);
  t.equal(response.status, 404);
});

t.test('who stops does not wait', async (t) => {
  const stopping = new AbortController();
  const asked = patiently(answers(tooMany('3600')), stopping.signal);
  stopping.abort();
  await t.rejects(asked, { name: 'AbortError' });
});
