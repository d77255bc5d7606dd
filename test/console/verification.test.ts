import t from 'tap';
import { canonical, fromBase64, toBase64 } from '../../console/src/verification/bytes.js';
import { checkCheckpoint, type AuditSource } from '../../console/src/verification/checkpoint-check.js';
import { checkEvent, withoutFalseDelays } from '../../console/src/verification/event-check.js';
import { hashOf } from '../../console/src/verification/event-hash.js';
import { isConsistent, isIncluded, leafOf } from '../../console/src/verification/merkle-tree.js';
import { openNote, readKey } from '../../console/src/verification/signed-note.js';
import * as node from '../../src/audit-verifier/merkle-tree.js';
import { canonical as nodeCanonical } from '../../src/audit-verifier/canonical-json.js';
import { openNote as openByNode } from '../../src/audit-verifier/signed-note.js';
import { keyOf, readKeyOf } from '../audit-verifier/made-history.js';
import { payments, toldLog } from './told-log.js';

const SIZE = 23;
/** Every shape of a tree up to two levels of odd ends. */
const MOST_PROVED = 13;
const log = toldLog(payments(SIZE));
const trust = { vkeys: [log.vkey], seen: undefined };

const checkpointAt = async (source: AuditSource, from = trust) => {
  const checked = await checkCheckpoint(source, from);
  if (checked.is !== 'holds') throw new Error(checked.is);
  return checked.checkpoint;
};

const first = log.events[0];
if (first === undefined) throw new Error('The log is empty.');

t.test('bytes, canonical JSON, leaves and hashes are those of the verifier of Node', async (t) => {
  t.equal(fromBase64('AB=='), undefined);
  t.equal(fromBase64('*'), undefined);
  t.equal(toBase64(Uint8Array.of(0, 255, 16)), 'AP8Q');
  for (const event of log.events) {
    t.equal(canonical(event), nodeCanonical(event));
    t.equal(await hashOf(event), event.metadata.hash);
    const { id, revision, stream, type, metadata: { hash } } = event;
    t.same(Buffer.from(await leafOf({ hash, id, revision, stream, type })), node.leafOf({ hash, id, revision, stream, type }));
  }
});

t.test('every proof of every size is judged as the verifier of Node does, true or not', async (t) => {
  const wrong: string[] = [];
  for (let size = 1; size <= MOST_PROVED; size += 1) {
    const leaves = log.leaves.slice(0, size);
    const root = log.rootOf(leaves);
    for (const [index, leaf] of leaves.entries()) {
      const hashes = log.pathOf(index, leaves);
      if (!(await isIncluded(index, size, leaf, hashes, root))) wrong.push(`inclusion ${index} ${size}`);
      for (const other of [index + 1, index - 1]) {
        if ((await isIncluded(other, size, leaf, hashes, root)) !== node.isIncluded(other, size, leaf, hashes, root)) wrong.push(`other place ${index} ${size}`);
      }
    }
    for (let from = 0; from <= size; from += 1) {
      const [fromRoot, hashes] = [log.rootOf(log.leaves.slice(0, from)), from === 0 ? [] : log.proofOf(from, leaves)];
      if (!(await isConsistent(from, size, fromRoot, root, hashes))) wrong.push(`consistency ${from} ${size}`);
      for (const [a, b] of [[root, fromRoot], [fromRoot, fromRoot], [root, root]] as const) {
        if ((await isConsistent(from, size, a, b, hashes)) !== node.isConsistent(from, size, a, b, hashes)) wrong.push(`other roots ${from} ${size}`);
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

t.test('given a log as it was signed, when it is checked, then every event up to the checkpoint is verified and the others come later', async (t) => {
  const source = log.sourceAt(20);
  const checkpoint = await checkpointAt(source, { vkeys: [log.vkey], seen: undefined });
  const ends = new Map<string, string>();
  for (const [index, event] of log.events.entries()) {
    t.same(await checkEvent(source, checkpoint, event, ends.get(event.stream) ?? null), { is: index < 20 ? 'verified' : 'later' });
    ends.set(event.stream, event.metadata.hash);
  }
});

t.test('given an event that was changed, when it is checked, then it says which step failed', async (t) => {
  const source = log.sourceAt(SIZE);
  const checkpoint = await checkpointAt(source);
  const changed = { ...first, data: { ...first.data, amount: '99.00' } };
  t.match(await checkEvent(source, checkpoint, changed, null), { is: 'tampered', what: /not what its hash says/ });
  const rehashed = { ...changed, metadata: { ...changed.metadata, hash: await hashOf(changed) } };
  t.match(await checkEvent(source, checkpoint, rehashed, null), { is: 'tampered', what: `This event is not what the log held when checkpoint ${SIZE} was signed.` });
  t.match(await checkEvent(source, checkpoint, first, 'another'), { is: 'tampered', what: /does not follow/ });
  t.match(await checkEvent(source, checkpoint, { ...first, metadata: {} }, null), { is: 'tampered', what: /no hash/ });
});

t.test('given an event that is said to come later than one after it, then it was added', async (t) => {
  const [verified, later] = [{ is: 'verified' }, { is: 'later' }] as const;
  t.same(withoutFalseDelays([verified, later, later]), [verified, later, later]);
  t.match(withoutFalseDelays([verified, later, verified, later]), [verified, { is: 'tampered', what: /was added/ }, verified, later]);
});

t.test('given a secret that is not shown, then its event is withheld, and no other field passes for one', async (t) => {
  const secret = toldLog([{ stream: 'payment-1', type: 'PaymentCaptureRequested', data: { token: '[secret]' }, hashed: { token: 'sealed:1' } }, { stream: 'payment-2', type: 'PaymentExpired', data: { token: '[secret]' }, hashed: { token: 'sealed:1' } }]);
  const [source, [one, two]] = [secret.sourceAt(2), secret.events];
  if (one === undefined || two === undefined) throw new Error('The log is empty.');
  const checkpoint = await checkpointAt(source);
  t.same(await checkEvent(source, checkpoint, one, null), { is: 'withheld' });
  t.match(await checkEvent(source, checkpoint, two, null), { is: 'tampered' });
});

t.test('given a checkpoint that this browser saw, then the log must go on from it', async (t) => {
  const seen = log.noteAt(13);
  t.match(await checkCheckpoint(log.sourceAt(SIZE), { ...trust, seen }), { is: 'holds', checkpoint: { size: SIZE } });
  t.match(await checkCheckpoint(log.sourceAt(13), { ...trust, seen }), { is: 'holds' });
  t.match(await checkCheckpoint(log.sourceAt(12), { ...trust, seen }), { is: 'broken', what: /was cut/ });
  const other = toldLog(payments(SIZE, '11.00'));
  t.match(await checkCheckpoint(other.sourceAt(SIZE), { ...trust, seen }), { is: 'broken', what: /does not continue checkpoint 13/ });
  t.match(await checkCheckpoint(other.sourceAt(13), { ...trust, seen }), { is: 'broken', what: /does not continue checkpoint 13/ });
  t.match(await checkCheckpoint({ ...log.sourceAt(SIZE), newestNote: async () => undefined }, { ...trust, seen }), { is: 'broken' });
});

t.test('given no trusted key, or a forged signature, then no checkpoint holds', async (t) => {
  t.same(await checkCheckpoint(log.sourceAt(SIZE), { vkeys: [keyOf(2).vkey], seen: undefined }), { is: 'unknown-key' });
  const forged = { ...log.sourceAt(SIZE), newestNote: async () => log.noteAt(SIZE).replace(`\n${SIZE}\n`, '\n9\n') };
  t.match(await checkCheckpoint(forged, trust), { is: 'broken', what: /signature/ });
  t.same(await checkCheckpoint({ ...log.sourceAt(SIZE), newestNote: async () => undefined }, trust), { is: 'unsigned' });
});
