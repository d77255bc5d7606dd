import t from 'tap';
import { createTestApp } from '../../fixtures/test-app.js';

t.test('issue 9.37: a body that may be absent is documented so, and is an object where it is sent', async (t) => {
  const test = await createTestApp({ surfaces: ['marketplace'] });
  t.teardown(test.close);
  const logOut = async (payload?: string) =>
    (await test.inject({ method: 'POST', url: '/auth/logout', headers: { 'content-type': 'application/json' }, ...(payload === undefined ? {} : { payload }) })).statusCode;
  t.equal(await logOut(), 200);
  t.equal(await logOut('{}'), 200);
  t.equal(await logOut('null'), 400);
  const { paths } = (await test.inject({ url: '/docs/json' })).json<{ paths: Record<string, { post: { requestBody: { required: boolean } } }> }>();
  t.equal(paths['/auth/logout']?.post.requestBody.required, false);
  t.equal(paths['/auth/login']?.post.requestBody.required, true);
});
