import t from 'tap';
import { isWellFormed, wellFormed } from '../../src/primitives/well-formed.js';

t.test('issue 9.1: whole text is left as it is, the same object', async (t) => {
  const value = { title: 'Fugues 😀', list: [1, null, true, { deep: '\ufffd' }] };
  t.equal(isWellFormed(value), true);
  t.equal(wellFormed(value), value);
});

t.test('issue 9.1: halves of characters are found at any place, and replaced in a copy', async (t) => {
  const half = '\ud800';
  for (const value of [half, [half], { a: { b: [half] } }, { [half]: 1 }]) t.equal(isWellFormed(value), false);
  const value = { a: [{ b: `x${half}` }], [half]: 1, c: '😀' };
  t.strictSame(wellFormed(value), { a: [{ b: 'x\ufffd' }], '\ufffd': 1, c: '😀' });
  t.equal(value.a[0]?.b, `x${half}`);
});
