import t from 'tap';
import { isConsistent, isIncluded } from '../../../src/audit-verifier/merkle-tree.js';
import { openNote, readKey } from '../../../src/audit-verifier/signed-note.js';
import { createTestApp } from '../../fixtures/test-app.js';

const app = await createTestApp({ surfaces: ['marketplace', 'audit'] });
t.teardown(() => app.close());
const admin = await app.signUp('admin');
const ada = await app.signUp('student');
const bytes = (text: unknown): Buffer => Buffer.from(String(text), 'base64');

const coupon = async (code: string): Promise<void> => {
  const payload = { code, type: 'platform_wide', value: 20, valueType: 'percentage', applicableOn: 'both' };
  t.equal((await app.inject({ method: 'POST', url: '/discounts', payload, headers: admin.headers })).statusCode, 201);
};
const ask = (url: string, headers = admin.headers) => app.inject({ url, headers });
const sign = () => app.inject({ method: 'POST', url: '/audit/checkpoints', headers: admin.headers });

t.test('before there is anything to sign', async (t) => {
  t.equal((await ask('/audit/checkpoint')).statusCode, 404);
  t.same((await ask('/audit/checkpoints')).json(), { checkpoints: [], nextBefore: null });
  t.equal((await sign()).statusCode, 404);
  t.match((await ask('/audit/proofs/consistency?from=0')).json(), { from: 0, to: 0, hashes: [] });
});

t.test('an admin has a checkpoint signed, which the public key verifies', async (t) => {
  for (const code of ['ONE', 'TWO', 'THREE']) await coupon(code);
  const signed = await sign();
  t.match(signed.json(), { size: 3, reason: 'demand' });
  const { origin, vkey, vkeys } = (await app.inject({ url: '/audit/key' })).json<{ origin: string; vkey: string; vkeys: string[] }>();
  t.same(vkeys, [vkey]);
  const note = await ask('/audit/checkpoint');
  t.match(note.headers['content-type'], /^text\/plain/);
  const key = readKey(vkey);
  const opened = openNote(note.body, key === undefined ? [] : [key]);
  t.match(opened, { is: 'signed', checkpoint: { origin, size: 3 } });
  t.match((await sign()).json(), signed.json(), 'nothing new, nothing signed');
  await coupon('FOUR');
  t.match((await sign()).json(), { size: 4 });
  const first = (await ask('/audit/checkpoints?limit=1')).json<{ checkpoints: { size: number }[]; nextBefore: number }>();
  t.same([first.checkpoints.map(({ size }) => size), first.nextBefore], [[4], 1]);
  const second = (await ask(`/audit/checkpoints?limit=1&before=${first.nextBefore}`)).json<{ checkpoints: { size: number }[]; nextBefore: null }>();
  t.same([second.checkpoints.map(({ size }) => size), second.nextBefore], [[3], null]);
});

t.test('proofs hold against checkpoints', async (t) => {
  const { checkpoints } = (await ask('/audit/checkpoints')).json<{ checkpoints: { size: number; root: string }[] }>();
  const [whole, old] = checkpoints;
  const audited = (await app.events()).filter(({ stream }) => stream.startsWith('coupon-'));
  for (const [index, { id }] of audited.entries()) {
    const proof = (await ask(`/audit/proofs/inclusion/${id}?size=4`)).json<{ index: number; leaf: string; hashes: string[] }>();
    t.ok(proof.index === index && isIncluded(index, 4, bytes(proof.leaf), proof.hashes.map(bytes), bytes(whole?.root)), id);
  }
  const { hashes } = (await ask('/audit/proofs/consistency?from=3&to=4')).json<{ hashes: string[] }>();
  t.ok(isConsistent(3, 4, bytes(old?.root), bytes(whole?.root), hashes.map(bytes)));
});

t.test('what can not be proved', async (t) => {
  const [{ id } = { id: '' }] = (await app.events()).filter(({ stream }) => stream === 'coupon-FOUR');
  t.match((await ask(`/audit/proofs/inclusion/${id}?size=3`)).json(), { status: 400, errors: [{ field: 'size' }] });
  t.match((await ask(`/audit/proofs/inclusion/${id}?size=5`)).json(), { status: 400, errors: [{ field: 'size' }] });
  t.equal((await ask('/audit/proofs/inclusion/00000000-0000-4000-8000-000000000000')).statusCode, 404);
  t.match((await ask('/audit/proofs/consistency?from=3&to=2')).json(), { status: 400, errors: [{ field: 'from' }] });
  t.match((await ask('/audit/proofs/consistency?from=0&to=99')).json(), { status: 400, errors: [{ field: 'to' }] });
  t.match((await ask('/audit/proofs/consistency?from=-1')).json(), { status: 400, errors: [{ field: 'from' }] });
});

t.test('admins and auditors alone', async (t) => {
  for (const url of ['/audit/checkpoint', '/audit/checkpoints', '/audit/proofs/inclusion/00000000-0000-4000-8000-000000000000', '/audit/proofs/consistency?from=0']) {
    t.equal((await app.inject({ url })).statusCode, 401, url);
    t.equal((await ask(url, ada.headers)).statusCode, 403, url);
  }
  t.equal((await app.inject({ method: 'POST', url: '/audit/checkpoints', headers: ada.headers })).statusCode, 403);
});

t.test('where AUDIT is off there is nothing of it', async (t) => {
  const without = await createTestApp({ surfaces: ['marketplace', 'audit'], services: (services) => ({ ...services, signer: null }) });
  t.teardown(() => without.close());
  t.match((await without.inject({ url: '/audit/key' })).json(), { status: 404, code: 'audit-off' });
});
