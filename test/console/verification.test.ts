import t from 'tap';
import { fromBase64, toBase64, type Bytes } from '../../console/src/verification/bytes.js';
import { canonical, eventHash, leafOf, type ShownEvent } from '../../console/src/verification/event-hash.js';
import { isConsistent, isIncluded } from '../../console/src/verification/merkle-tree.js';
import type { Pins, PinStore } from '../../console/src/verification/pins.js';
import { openNote, readKey } from '../../console/src/verification/signed-note.js';
import { trustedCheckpoint, type AuditSource } from '../../console/src/verification/trusted-checkpoint.js';
import { verifyEvent, withoutFalseDelays } from '../../console/src/verification/verify-event.js';
import * as node from '../../src/audit-verifier/merkle-tree.js';
import { canonical as nodeCanonical } from '../../src/audit-verifier/canonical-json.js';
import { openNote as openByNode } from '../../src/audit-verifier/signed-note.js';
import { eventSchemas } from '../../src/domain/events.js';
import { keyOf, readKeyOf } from '../audit-verifier/made-history.js';
import { payments, toldLog } from './told-log.js';

const SIZE = 23;
/** Every shape of a tree up to two levels of odd ends. */
const MOST_PROVED = 13;
const log = toldLog(payments(SIZE));
const { signal } = new AbortController();
const told = (vkey: string, checkpoint: string | null = null): Pins => ({ vkeys: [vkey], checkpoint, by: 'told' });

/** What a browser keeps. */
const pinsOf = (kept: Pins | null) => {
  const store: PinStore & { kept: Pins | null } = { kept, read: () => store.kept, write: (pins) => void (store.kept = pins) };
  return store;
};

const trust = (source: AuditSource, kept: Pins | null = told(log.vkey)) => trustedCheckpoint(source, pinsOf(kept), signal);

const checkpointOf = async (source: AuditSource, vkey = log.vkey) => {
  const trusted = await trust(source, told(vkey));
  if (trusted.is !== 'trusted') throw new Error(trusted.is);
  return trusted.checkpoint;
};

const bytes = (buffer: Buffer): Bytes => new Uint8Array(buffer);
const all = (buffers: readonly Buffer[]): readonly Bytes[] => buffers.map(bytes);

const first = log.events[0];
if (first === undefined) throw new Error('The log is empty.');

t.test('bytes, canonical JSON, leaves and hashes are those of the verifier of Node', async (t) => {
  t.equal(fromBase64('AB=='), undefined);
  t.equal(fromBase64('*'), undefined);
  t.equal(toBase64(Uint8Array.of(0, 255, 16)), 'AP8Q');
  for (const event of log.events) {
    t.equal(canonical(event), nodeCanonical(event));
    t.equal(await eventHash(event.stream, event), event.metadata.hash);
    const { id, revision, stream, type, metadata: { hash } } = event;
    t.same(Buffer.from(await leafOf(stream, event, hash)), node.leafOf({ hash, id, revision, stream, type }));
  }
});

t.test('every proof of every size is judged as the verifier of Node does, true or not', async (t) => {
  const wrong: string[] = [];
  for (let size = 1; size <= MOST_PROVED; size += 1) {
    const leaves = log.leaves.slice(0, size);
    const root = log.rootOf(leaves);
    for (const [index, leaf] of leaves.entries()) {
      const hashes = log.pathOf(index, leaves);
      if (!(await isIncluded(index, size, bytes(leaf), all(hashes), bytes(root)))) wrong.push(`inclusion ${index} ${size}`);
      for (const other of [index + 1, index - 1]) {
        if ((await isIncluded(other, size, bytes(leaf), all(hashes), bytes(root))) !== node.isIncluded(other, size, leaf, hashes, root)) wrong.push(`other place ${index} ${size}`);
      }
    }
    for (let from = 0; from <= size; from += 1) {
      const [fromRoot, hashes] = [log.rootOf(log.leaves.slice(0, from)), from === 0 ? [] : log.proofOf(from, leaves)];
      if (!(await isConsistent(from, size, bytes(fromRoot), bytes(root), all(hashes)))) wrong.push(`consistency ${from} ${size}`);
      for (const [a, b] of [[root, fromRoot], [fromRoot, fromRoot], [root, root]] as const) {
        if ((await isConsistent(from, size, bytes(a), bytes(b), all(hashes))) !== node.isConsistent(from, size, a, b, hashes)) wrong.push(`other roots ${from} ${size}`);
      }
    }
  }
  t.same(wrong, []);
});

t.test('notes are opened as the verifier of Node does', async (t) => {
  const note = log.noteAt(SIZE);
  const key = await readKey(log.vkey);
  if (key === undefined) throw new Error('no key');
  t.equal(await readKey(log.vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+')), undefined);
  const other = await readKey(keyOf(2).vkey);
  t.match(await openNote(note, [key]), { is: 'signed', checkpoint: { size: SIZE, origin: key.name } });
  const changes = [note, note.replace(`\n${SIZE}\n`, `\n${SIZE + 1}\n`), note.slice(0, -1), note.replace('\n\n', '\n'), `${note}— other AAAA\n`, '', note.replace('—', '-')];
  for (const change of changes) t.equal((await openNote(change, [key])).is, openByNode(change, [readKeyOf(log)]).is);
  t.equal((await openNote(note, other === undefined ? [] : [other])).is, 'unknown');
});

t.test('given a log as it was signed, when it is checked, then every event up to the checkpoint is held and the others come later', async (t) => {
  const checkpoint = await checkpointOf(log.sourceAt(20));
  const ends = new Map<string, string>();
  for (const [index, event] of log.events.entries()) {
    const verdict = await verifyEvent(event.stream, { event, before: ends.get(event.stream) ?? null }, checkpoint, log.proofs, signal);
    t.same(verdict, index < 20 ? { is: 'held', index } : { is: 'later', index: null });
    ends.set(event.stream, event.metadata.hash);
  }
});

t.test('given an event that was changed, when it is checked, then it is broken, and the reason says which step failed', async (t) => {
  const checkpoint = await checkpointOf(log.sourceAt(SIZE));
  const check = (event: ShownEvent, before: string | null = null) => verifyEvent(first.stream, { event, before }, checkpoint, log.proofs, signal);
  const changed = { ...first, data: { ...first.data, amount: '99.00' } };
  t.match(await check(changed), { is: 'broken', reason: /has another hash/ });
  const rehashed = { ...changed, metadata: { ...changed.metadata, hash: await eventHash(first.stream, changed) } };
  t.match(await check(rehashed), { is: 'broken', reason: `This event is not what the log held when checkpoint ${SIZE} was signed.` });
  t.match(await check(first, 'another'), { is: 'broken', reason: /does not go on/ });
  t.match(await check({ ...first, metadata: {} }), { is: 'broken', reason: /no hash/ });
});

t.test('given an event that is said to come later than one after it, then it was added', async (t) => {
  const [held, later] = [{ is: 'held', index: 0 }, { is: 'later', index: null }] as const;
  t.same(withoutFalseDelays([held, later, later]), [held, later, later]);
  t.match(withoutFalseDelays([held, later, held, later]), [held, { is: 'broken', reason: /was added/ }, held, later]);
});

t.test('given a secret that is not shown, then its event is withheld, and no other field passes for one', async (t) => {
  const secrets = [['PaymentCaptureRequested', 'token', 'withheld'], ['PaymentActionRequired', 'nextAction', 'withheld'], ['PaymentActionRequired', 'token', 'broken'], ['PaymentExpired', 'token', 'broken']] as const;
  const secret = toldLog(secrets.map(([type, field], place) => ({ stream: `payment-${place}`, type, data: { [field]: '[secret]' }, hashed: { [field]: 'sealed:1' } })));
  const checkpoint = await checkpointOf(secret.sourceAt(secrets.length));
  for (const [place, event] of secret.events.entries()) {
    t.match(await verifyEvent(event.stream, { event, before: null }, checkpoint, secret.proofs, signal), { is: secrets[place]?.[2] });
  }
});

t.test('every field that is secret in an audited event is known to the browser', async (t) => {
  const hidden = [...eventSchemas.values()].filter(({ type }) => /^(?:Payment|Coupon)/.test(type)).flatMap(({ type, data }) => Object.entries(data.properties).filter(([, schema]) => 'x-secret' in schema).map(([name]) => [type, name] as const));
  t.ok(hidden.length > 0);
  for (const [type, name] of hidden) {
    const one = toldLog([{ stream: 'payment-1', type, data: { [name]: '[secret]' }, hashed: { [name]: 'sealed:1' } }]);
    const [event] = one.events;
    if (event === undefined) throw new Error('The log is empty.');
    t.match(await verifyEvent('payment-1', { event, before: null }, await checkpointOf(one.sourceAt(1)), one.proofs, signal), { is: 'withheld' }, `${type} ${name}`);
  }
});

t.test('given a checkpoint that this browser verified, then the log must go on from it', async (t) => {
  const kept = told(log.vkey, log.noteAt(13));
  t.match(await trust(log.sourceAt(SIZE), kept), { is: 'trusted', checkpoint: { size: SIZE } });
  t.match(await trust(log.sourceAt(13), kept), { is: 'trusted' });
  t.match(await trust(log.sourceAt(12), kept), { is: 'broken', reason: /cut off/ });
  const other = toldLog(payments(SIZE, '11.00'));
  t.match(await trust(other.sourceAt(SIZE), kept), { is: 'broken', reason: /does not go on from checkpoint 13/ });
  t.match(await trust(other.sourceAt(13), kept), { is: 'broken', reason: /different roots/ });
  t.match(await trust({ ...log.sourceAt(SIZE), newestNote: async () => null }, kept), { is: 'broken' });
  t.match(await trust(log.sourceAt(SIZE), told(log.vkey, toldLog(payments(3), keyOf(2)).noteAt(3))), { is: 'broken', reason: /none of the keys/ });
});

t.test('the first visit pins the key of the server, and another key is no longer believed', async (t) => {
  const pins = pinsOf(null);
  t.match(await trustedCheckpoint(log.sourceAt(13), pins, signal), { is: 'trusted', isFirstVisit: true, isTold: false });
  t.same(pins.kept, { vkeys: [log.vkey], checkpoint: log.noteAt(13), by: 'seen' });
  const forked = toldLog(payments(SIZE), keyOf(2));
  t.match(await trustedCheckpoint(forked.sourceAt(SIZE), pins, signal), { is: 'broken', reason: /none of the keys/ });
  t.equal(pins.kept?.checkpoint, log.noteAt(13), 'nothing of it is kept');
  t.match(await trustedCheckpoint(log.sourceAt(SIZE), pins, signal), { is: 'trusted', isFirstVisit: false });
});

t.test('given a forged signature, then no checkpoint holds; without any there is nothing to hold', async (t) => {
  t.match(await trust({ ...log.sourceAt(SIZE), newestNote: async () => log.noteAt(SIZE).replace(`\n${SIZE}\n`, '\n9\n') }), { is: 'broken', reason: /signature/ });
  t.match(await trust({ ...log.sourceAt(SIZE), keys: async () => ['no key'] }, null), { is: 'broken', reason: /no key/ });
  t.same(await trust({ ...log.sourceAt(SIZE), newestNote: async () => null }), { is: 'unsigned' });
});
