import t from 'tap';
import { hasSameParts, partsOfName, printedName, trimmedName } from '../../src/domain/account/full-name.js';

t.test('the last word of a name in one piece counts as the last name', async (t) => {
  t.strictSame(partsOfName('Ada'), { firstName: 'Ada', lastName: '' });
  t.strictSame(partsOfName(' Ada  Lovelace '), { firstName: 'Ada', lastName: 'Lovelace' });
  t.strictSame(partsOfName('Ada King Noel Lovelace'), { firstName: 'Ada', middleName: 'King Noel', lastName: 'Lovelace' });
});

t.test('a printed name has one blank between the parts that there are', async (t) => {
  t.equal(printedName({ firstName: 'Ada', middleName: 'King', lastName: 'Lovelace' }), 'Ada King Lovelace');
  t.equal(printedName({ firstName: 'Ada', lastName: 'Lovelace' }), 'Ada Lovelace');
  t.equal(printedName({ firstName: 'Ada', middleName: '', lastName: '' }), 'Ada');
});

t.test('a blank middle name is none', async (t) => {
  t.strictSame(trimmedName({ firstName: ' Ada ', middleName: ' King ', lastName: ' Lovelace ' }), { firstName: 'Ada', middleName: 'King', lastName: 'Lovelace' });
  t.strictSame(trimmedName({ firstName: 'Ada', middleName: ' ', lastName: 'Lovelace' }), { firstName: 'Ada', lastName: 'Lovelace' });
  t.strictSame(trimmedName({ firstName: 'Ada', lastName: 'Lovelace' }), { firstName: 'Ada', lastName: 'Lovelace' });
});

t.test('names are the same when each part is', async (t) => {
  const name = { firstName: 'Ada', lastName: 'Lovelace' };
  t.ok(hasSameParts(name, { ...name, middleName: '' }));
  for (const other of [{ ...name, firstName: 'Eve' }, { ...name, middleName: 'King' }, { ...name, lastName: 'King' }]) t.notOk(hasSameParts(name, other));
});
