import { couponEvents } from '../../domain/coupon/events.js';
import { paymentEvents } from '../../domain/payment/events.js';
import { lookingUp, projection, type LogRecord, type ProjectionRule } from '../kernel/projection.js';
import { orderedPosition } from '../kernel/stored-collections.js';
import { EDGE, TILE_HEIGHT, TILE_WIDTH, treeEdges, treeLeaves, treeTiles, type TreeEdge, type TreeTile } from './document.js';
import { leafHash, nodeHash } from './hashes.js';

const EMPTY: TreeEdge = { id: EDGE, size: 0, peaks: [], at: '' };

/** Several rules need the leaf of one event. */
const leaves = new WeakMap<LogRecord, Buffer>();

const leafOf = (event: LogRecord): Buffer => {
  const known = leaves.get(event);
  if (known !== undefined) return known;
  const leaf = leafHash(event);
  leaves.set(event, leaf);
  return leaf;
};

/**
 * The edge that the event is added to; undefined where the edge has it. The edge is written last (it is the last collection), so that
 * then everything else is there, too: without transactions a crash may come between the documents.
 */
const edgeBefore = (event: LogRecord, [edge = EMPTY]: readonly TreeEdge[]): TreeEdge | undefined => (edge.at >= orderedPosition(event.position) ? undefined : edge);

/** The root of the subtree of 2^level leaves that the leaf completes. */
const completed = ({ peaks }: TreeEdge, leaf: Buffer, level: number): Buffer => {
  let hash = leaf;
  for (let height = 0; height < level; height += 1) hash = nodeHash(Buffer.from(peaks[peaks.length - 1 - height] ?? '', 'hex'), hash);
  return hash;
};

const tileIds = (size: number): readonly string[] => {
  const ids: string[] = [];
  for (let level = 0, count = size; ; level += 1) {
    ids.push(`${level}/${Math.floor(count / TILE_WIDTH)}`);
    if ((count + 1) % TILE_WIDTH !== 0) return ids;
    count = Math.floor(count / TILE_WIDTH);
  }
};

const inTile = (tile: TreeTile | undefined, edge: TreeEdge, leaf: Buffer, id: string): TreeTile => {
  const level = Number(id.slice(0, id.indexOf('/')));
  return { id, hashes: (tile?.hashes ?? '') + completed(edge, leaf, level * TILE_HEIGHT).toString('hex') };
};

const grown = ({ size, peaks }: TreeEdge, leaf: Buffer, at: string): TreeEdge => {
  let level = 0;
  while (Math.floor(size / 2 ** level) % 2 === 1) level += 1;
  const hash = completed({ id: EDGE, size, peaks, at }, leaf, level).toString('hex');
  return { id: EDGE, size: size + 1, peaks: [...peaks.slice(0, peaks.length - level), hash], at };
};

const onEdge = { collection: treeEdges, ids: () => EDGE };

const rulesOf = (type: (typeof paymentEvents)[number]['type'] | (typeof couponEvents)[number]['type']): readonly ProjectionRule[] => [
  lookingUp(
    treeLeaves,
    type,
    onEdge,
    (event, found) => (edgeBefore(event, found) === undefined ? [] : [event.id]),
    (leaf, event, found, id) => {
      const edge = edgeBefore(event, found);
      return edge === undefined ? leaf : { id, index: edge.size, at: orderedPosition(event.position) };
    },
  ),
  lookingUp(
    treeTiles,
    type,
    onEdge,
    (event, found) => {
      const edge = edgeBefore(event, found);
      return edge === undefined ? [] : tileIds(edge.size);
    },
    (tile, event, found, id) => {
      const edge = edgeBefore(event, found);
      return edge === undefined ? tile : inTile(tile, edge, leafOf(event), id);
    },
  ),
  lookingUp(treeEdges, type, onEdge, () => [EDGE], (edge, event) => {
    const before = edgeBefore(event, edge === undefined ? [] : [edge]);
    return before === undefined ? edge : grown(before, leafOf(event), orderedPosition(event.position));
  }),
];

/** The Merkle tree (RFC 6962) over the events of payments and coupons, in the order of the log. */
export const auditTreeProjection = projection({
  name: 'audit-tree',
  version: 2,
  batched: true,
  collections: [treeLeaves, treeTiles, treeEdges],
  rules: [...paymentEvents, ...couponEvents].flatMap(({ type }) => rulesOf(type)),
});
