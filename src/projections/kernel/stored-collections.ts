import type { CollectionDefinition, Document, IndexFields } from '../../ports/read-models.js';
import type { ProjectionDefinition } from './projection.js';

/** Which number a document has: kept for ever, also when the document is gone. */
export interface NumberDocument extends Document {
  readonly number: number;
  /** Position of the event that made the document, in an order of strings. */
  readonly at: string;
}

export const numbersOf = (collection: string): string => `${collection}.numbers`;

/** Positions in the order of strings, whatever their size. */
export const orderedPosition = (position: bigint): string => position.toString().padStart(39, '0');

const withFanOutIndexes = (collection: CollectionDefinition, { fanOuts = [] }: ProjectionDefinition): CollectionDefinition => {
  const fields = new Set(fanOuts.filter((rule) => rule.collection === collection.name).map(({ field }) => field));
  return { ...collection, indexes: [...collection.indexes, ...[...fields].map((field): IndexFields => ({ [field]: 1, id: 1 }))] };
};

/** What is kept of a projection: its collections with the indexes of its fan-outs, and the numbers of numbered ones. */
export const storedCollections = (definition: ProjectionDefinition): readonly CollectionDefinition[] =>
  definition.collections.flatMap((collection) => {
    const stored = withFanOutIndexes(collection, definition);
    if (collection.numbered !== true) return [stored];
    return [stored, { projection: collection.projection, name: numbersOf(collection.name), indexes: [{ number: -1 }] }];
  });

/** Throws on a definition that could not be projected the same way twice. */
export const assertSound = ({ name, collections, rules, fanOuts = [] }: ProjectionDefinition): void => {
  for (const { collection, eventType } of fanOuts) {
    if (!collections.some((declared) => declared.name === collection)) throw new Error(`${name}: there is no collection ${collection}`);
    const alike = [...rules, ...fanOuts].filter((rule) => rule.collection === collection && rule.eventType === eventType);
    if (alike.length > 1) throw new Error(`${name}: ${eventType} changes ${collection} by a fan-out and by another rule`);
  }
};
