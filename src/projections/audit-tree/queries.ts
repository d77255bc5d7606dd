import type { AuditTree } from '../../ports/audit.js';
import type { ReadModels } from '../../ports/read-models.js';
import { EDGE, TILE_HEIGHT, TILE_WIDTH, treeEdges, treeLeaves, treeTiles, type TreeLeaf } from './document.js';
import { EMPTY_ROOT, joined, nodeHash } from './hashes.js';
import { consistencyRanges, inclusionRanges, subtreesOf, type LeafRange } from './ranges.js';

export interface InclusionProof {
  readonly index: number;
  readonly leaf: Buffer;
  /** From the leaf up. */
  readonly hashes: readonly Buffer[];
  readonly root: Buffer;
}

export interface ConsistencyProof {
  readonly hashes: readonly Buffer[];
  readonly fromRoot: Buffer;
  readonly toRoot: Buffer;
}

export const treeSize = async (readModels: ReadModels): Promise<number> => (await readModels.get(treeEdges, EDGE))?.size ?? 0;

interface TilePart {
  readonly tile: string;
  readonly from: number;
  readonly width: number;
}

/** Where the hashes stand from which the root of a complete subtree is made. */
const partOf = ({ level, place }: { readonly level: number; readonly place: number }): TilePart => {
  const width = 2 ** (level % TILE_HEIGHT);
  const first = place * width;
  return { tile: `${Math.floor(level / TILE_HEIGHT)}/${Math.floor(first / TILE_WIDTH)}`, from: first % TILE_WIDTH, width };
};

const HEX = 64;

const rootOfPart = (hashes: string, { tile, from, width }: TilePart): Buffer => {
  if (hashes.length < (from + width) * HEX) throw new Error(`the tile ${tile} of the audit tree lacks hashes`);
  let row: readonly Buffer[] = Array.from({ length: width }, (_, place) => Buffer.from(hashes.slice((from + place) * HEX, (from + place + 1) * HEX), 'hex'));
  while (row.length > 1) row = row.flatMap((hash, place) => (place % 2 === 0 ? [nodeHash(hash, row[place + 1] ?? hash)] : []));
  return row[0] ?? EMPTY_ROOT;
};

/** The roots of these stretches of leaves: as many documents are read as the tree has tiles from the leaves to the top, two of each level at most. */
const rootsOf = async (readModels: ReadModels, ranges: readonly LeafRange[]): Promise<readonly Buffer[]> => {
  const parts = ranges.map((range) => subtreesOf(range).map(partOf));
  const ids = [...new Set(parts.flat().map(({ tile }) => tile))];
  const tiles = await readModels.getMany(treeTiles, ids);
  const hashes = new Map(ids.map((id, place) => [id, tiles[place]?.hashes ?? '']));
  return parts.map((ofRange) => joined(ofRange.map((part) => rootOfPart(hashes.get(part.tile) ?? '', part))));
};

/** The root of the first `size` leaves, of which there must be as many. */
export const treeRoot = async (readModels: ReadModels, size: number): Promise<Buffer> => {
  const [root = EMPTY_ROOT] = await rootsOf(readModels, [{ from: 0, to: size }]);
  return root;
};

/** The tree as use cases see it. */
export const treeOf = (readModels: ReadModels): AuditTree => ({ size: () => treeSize(readModels), root: (size) => treeRoot(readModels, size) });

/** Where an event stands; undefined: it is none of a payment or coupon, or not there yet. */
export const treeLeaf = (readModels: ReadModels, eventId: string): Promise<TreeLeaf | undefined> => readModels.get(treeLeaves, eventId);

/** The audit path of RFC 9162, 2.1.3, for index < size <= the tree's. */
export const inclusionProof = async (readModels: ReadModels, index: number, size: number): Promise<InclusionProof> => {
  const path = inclusionRanges(index, size);
  const [leaf = EMPTY_ROOT, ...hashes] = await rootsOf(readModels, [{ from: index, to: index + 1 }, ...path]);
  const root = hashes.reduce((inside, beside, place) => ((path[place]?.from ?? 0) > index ? nodeHash(inside, beside) : nodeHash(beside, inside)), leaf);
  return { index, leaf, hashes, root };
};

/** The proof of RFC 9162, 2.1.4, for 0 <= from <= to <= the tree's size. */
export const consistencyProof = async (readModels: ReadModels, from: number, to: number): Promise<ConsistencyProof> => {
  const path = consistencyRanges(from, to);
  const [fromRoot = EMPTY_ROOT, toRoot = EMPTY_ROOT, ...hashes] = await rootsOf(readModels, [{ from: 0, to: from }, { from: 0, to }, ...path]);
  return { hashes, fromRoot, toRoot };
};
