import t from 'tap';
import { mongoFilter } from '../../../src/adapters/mongodb/query.js';
import { wordsIn } from '../../../src/adapters/mongodb/text-words.js';

t.test('issue 9.33: on MongoDB a search asks for words that documents keep', async (t) => {
  const found = (title: string, search: string): boolean => {
    const kept = wordsIn({ id: '1', title }, ['title']) ?? [];
    const filter = mongoFilter({ $text: { $search: search } }) as { readonly words?: { readonly $all: readonly string[] } };
    return filter.words?.$all.every((word) => kept.includes(word)) ?? false;
  };
  t.ok(found('簿記入門講座', '簿記'));
  t.ok(found('簿記入門講座', '簿'));
  t.notOk(found('簿記入門講座', '簿門'));
  t.ok(found('Neue Straße', 'STRASSE'));
  t.ok(found('Ｐｉａｎｏ', 'piano'));
  t.notOk(found('Piano', ' . '));
});
