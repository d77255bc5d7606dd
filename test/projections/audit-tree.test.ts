import { createHash } from 'node:crypto';
import t from 'tap';
import { isConsistent, isIncluded } from '../../src/audit-verifier/merkle-tree.js';
import { auditTreeProjection } from '../../src/projections/audit-tree/projection.js';
import { EDGE, treeEdges, treeLeaves, treeTiles } from '../../src/projections/audit-tree/document.js';
import { consistencyProof, inclusionProof, treeLeaf, treeRoot, treeSize } from '../../src/projections/audit-tree/queries.js';
import type { DomainRecord } from '../../src/projections/kernel/projection.js';
import { orderedPosition } from '../../src/projections/kernel/stored-collections.js';
import { Projected, recorded, type Published } from './projected.js';

const SIZE = 700;
const at = '2026-01-02T03:04:05.678Z';

const withdrawn = (n: number): Published => [`coupon-C${n % 7}`, { type: 'CouponWithdrawn', data: { couponId: `c${n % 7}`, code: `C${n % 7}`, withdrawnAt: at } }];
const elsewhere: Published = ['cart-a', { type: 'CartCleared', data: { userId: 'a', courseIds: [], clearedAt: at } }];

const hashed = (event: DomainRecord): DomainRecord => ({ ...event, metadata: { ...event.metadata, hash: createHash('sha256').update(event.id).digest('hex'), previousHash: null } });
const events = recorded(Array.from({ length: SIZE }, (_, n) => [withdrawn(n), ...(n % 50 === 0 ? [elsewhere] : [])]).flat()).map(hashed);
const audited = events.filter(({ type }) => type === 'CouponWithdrawn');

const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

const leafOf = ({ metadata: { hash }, id, revision, stream, type }: DomainRecord): Buffer =>
  sha256(Uint8Array.of(0), `{"hash":"${hash}","id":"${id}","revision":${revision},"stream":"${stream}","type":"${type}"}`);

/** The definition of RFC 6962, word by word. */
const rootOf = (leaves: readonly Buffer[]): Buffer => {
  const [first] = leaves;
  if (first === undefined) return sha256('');
  if (leaves.length === 1) return first;
  let k = 1;
  while (2 * k < leaves.length) k *= 2;
  return sha256(Uint8Array.of(1), rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
};
const leaves = audited.map(leafOf);

const tree = new Projected(auditTreeProjection, events);

t.test('the root of every size is that of the definition', async (t) => {
  t.equal(await treeSize(tree), SIZE);
  for (const size of [0, 1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 513, SIZE]) {
    t.equal((await treeRoot(tree, size)).toString('hex'), rootOf(leaves.slice(0, size)).toString('hex'), String(size));
  }
  t.equal((await tree.get(treeTiles, '1/0'))?.hashes.length, 2 * 64, 'complete subtrees of 256 leaves have a tile above');
});

t.test('each event is proved to be where it is, in trees of any size, and nowhere else', async (t) => {
  let proofs = 0;
  for (let index = 0; index < SIZE; index += 13) {
    t.match(await treeLeaf(tree, audited[index]?.id ?? ''), { index, at: orderedPosition(audited[index]?.position ?? 0n) });
    for (const size of [index + 1, Math.min(index + 100, SIZE), SIZE]) {
      const { leaf, hashes, root } = await inclusionProof(tree, index, size);
      const [known = root] = [leaves[index]];
      if (!leaf.equals(known) || !root.equals(rootOf(leaves.slice(0, size)))) t.fail(`proof of ${index} in ${size}`);
      if (!isIncluded(index, size, leaf, hashes, root)) t.fail(`${index} in ${size} is not accepted`);
      if (isIncluded(index + 1, size, leaf, hashes, root) || isIncluded(index, size, root, hashes, root) && size > 1) t.fail(`a wrong place of ${index} in ${size} is accepted`);
      if (hashes.length > 0 && isIncluded(index, size, leaf, hashes.slice(1), root)) t.fail('a shorter path is accepted');
      if (isIncluded(index, size, leaf, [...hashes, root], root)) t.fail('a longer path is accepted');
      if (hashes.length > 0 && isIncluded(index, size, leaf, [Buffer.concat(hashes.slice(0, 1)).subarray(1), ...hashes.slice(1)], root)) t.fail('a shorter hash is accepted');
      proofs += 1;
    }
  }
  t.ok(proofs > 150);
  t.equal(await treeLeaf(tree, 'event-of-nobody'), undefined);
});

t.test('each tree is proved to be the beginning of each later one, and of no other', async (t) => {
  let proofs = 0;
  for (let from = 0; from <= SIZE; from += 41) {
    for (let to = from; to <= SIZE; to += 29) {
      const { hashes, fromRoot, toRoot } = await consistencyProof(tree, from, to);
      if (!isConsistent(from, to, fromRoot, toRoot, hashes)) t.fail(`${from} to ${to} is not accepted`);
      if (from > 0 && isConsistent(from, to, sha256('x'), toRoot, hashes)) t.fail(`another beginning of ${to} is accepted`);
      if (from > 0 && isConsistent(from, to, fromRoot, sha256('x'), hashes)) t.fail(`another end after ${from} is accepted`);
      if (from > 0 && from < to && isConsistent(from, to + 1, fromRoot, toRoot, [...hashes, toRoot])) t.fail('a longer proof is accepted');
      proofs += 1;
    }
  }
  t.ok(proofs > 100);
});

t.test('what a crash left half written is written once: the edge comes last', async (t) => {
  const crashed = new Projected(auditTreeProjection, events);
  const before = await crashed.get(treeEdges, EDGE);
  // The checkpoint had not moved: the same events come again, to documents that have all of them.
  crashed.publish(events.slice(-300));
  t.same(await crashed.get(treeEdges, EDGE), before);
  t.same(await crashed.find(treeTiles, {}), await tree.find(treeTiles, {}));
  t.same(await crashed.find(treeLeaves, { sort: { index: 1 }, limit: SIZE }), await tree.find(treeLeaves, { sort: { index: 1 }, limit: SIZE }));
});
