import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** Where the event of this id stands in the tree. */
export interface TreeLeaf extends Document {
  readonly index: number;
  /** The position of the event in the log, in the order of strings. */
  readonly at: string;
}

/**
 * Up to 256 hashes of one level of the tree, side by side, as in C2SP tlog-tiles: those of leaves (level 0), of complete subtrees of 256
 * leaves (level 1), of 65,536 (level 2). The nodes between are made from these. The id is `<level>/<place of the tile>`.
 */
export interface TreeTile extends Document {
  /** In hex, 64 digits each. */
  readonly hashes: string;
}

/** The right edge of the tree, in one document. */
export interface TreeEdge extends Document {
  readonly size: number;
  /** The roots of its complete subtrees in hex, the greatest first. */
  readonly peaks: readonly string[];
  /** The position of the last leaf, in the order of strings. */
  readonly at: string;
}

export const EDGE = 'edge';
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 2 ** TILE_HEIGHT;

const projection = 'audit-tree';

export const treeLeaves = collection<TreeLeaf>({ projection, name: 'auditTreeLeaves', indexes: [], writtenOnce: true });
export const treeTiles = collection<TreeTile>({ projection, name: 'auditTreeTiles', indexes: [] });
export const treeEdges = collection<TreeEdge>({ projection, name: 'auditTreeEdges', indexes: [] });
