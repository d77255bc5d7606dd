import type { Collection, IndexDescription } from 'mongodb';
import type { CollectionDefinition, IndexFields } from '../../ports/read-models.js';
import { pathOf as documentPath, type DocumentRecord } from './query.js';

/** Stands for the words of the text. */
const OF_WORDS = '$text';

const pathOf = (field: string): string => (field === OF_WORDS ? 'words' : documentPath(field));

/** With the id last, so that an index also gives the order of ties. */
const indexOf = (fields: IndexFields): IndexDescription => {
  const paths = Object.entries(fields).map(([field, direction]): [string, number] => [pathOf(field), direction]);
  const key = paths.some(([path]) => path === '_id') ? paths : [...paths, ['_id', 1] as [string, number]];
  return { key: new Map(key), name: key.map(([path, direction]) => `${path}_${direction}`).join('_') };
};

const BUILT_IN = '_id_';
const ORDER_OF_IDS = '_id_1';
const WORDS: IndexDescription = { key: { words: 1 }, name: 'words_1', sparse: true };
const DELETED: IndexDescription = { key: { deletedAt: 1 }, name: 'deletedAt_1', sparse: true };

const indexesOf = ({ indexes, text = [] }: CollectionDefinition): readonly IndexDescription[] => {
  const wanted = [...indexes.map(indexOf), DELETED, ...(text.length > 0 && !indexes.some((fields) => OF_WORDS in fields) ? [WORDS] : [])];
  return [...new Map(wanted.map((index) => [index.name, index])).values()].filter(({ name }) => name !== ORDER_OF_IDS);
};

/** Makes the indexes those that are declared; the collection, too. */
export const declareIndexes = async (collection: Collection<DocumentRecord>, definition: CollectionDefinition): Promise<void> => {
  const wanted = indexesOf(definition);
  await collection.createIndexes([...wanted]);
  const names = new Set(wanted.map(({ name }) => name));
  for (const { name } of await collection.indexes()) {
    if (name !== undefined && name !== BUILT_IN && !names.has(name)) await collection.dropIndex(name);
  }
};
