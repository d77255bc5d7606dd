import t from 'tap';
import { ReadDocuments } from '../../../src/adapters/mongodb/read-documents.js';

t.test('each read asks the server: there are no hits, and what fails is an error', async (t) => {
  const reads = new ReadDocuments();
  const sizeOf = (found: readonly string[]): number => found.length;
  t.same(await reads.counted('seats', () => Promise.resolve(['one', 'two']), sizeOf), ['one', 'two']);
  await t.rejects(reads.counted('seats', () => Promise.reject(new Error('away')), sizeOf), { message: 'away' });
  reads.forget();
  await reads.counted('others', () => Promise.resolve(['three']), sizeOf);
  t.same(reads.reads(['seats']), { hits: 0, misses: 2, errors: 1, calls: 2 });
  t.same(reads.reads(['seats', 'others']), { hits: 0, misses: 3, errors: 1, calls: 3 });
  reads.resetReads();
  t.same(reads.reads(['seats']), { hits: 0, misses: 0, errors: 0, calls: 0 });
});
