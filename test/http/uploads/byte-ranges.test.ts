import t from 'tap';
import { rangeOf } from '../../../src/http/uploads/byte-ranges.js';
import { fc } from '../../fixtures/properties.js';

const MB = 1_048_576;

t.test('a range is whole or part, or lies beyond', async (t) => {
  const cases: readonly (readonly [header: string | undefined, size: number, expected: readonly [number, number] | null | undefined])[] = [
    [undefined, 10, null],
    ['bytes=0-', 10, [0, 9]],
    ['bytes=3-5', 10, [3, 5]],
    ['bytes=3-3', 10, [3, 3]],
    ['bytes=5-100', 10, [5, 9]],
    ['bytes=-4', 10, [6, 9]],
    ['bytes=-400', 10, [0, 9]],
    ['bytes=10-', 10, undefined],
    ['bytes=-0', 10, undefined],
    ['bytes=0-0', 0, undefined],
    ['bytes=5-3', 10, null],
    ['bytes=-', 10, null],
    ['bytes=1-2,4-5', 10, null],
    ['bytes=a-b', 10, null],
    ['octets=1-2', 10, null],
    ['bytes=9999999999999999-', 10, null],
    ['bytes=0-', 100 * MB, [0, 8 * MB - 1]],
    ['bytes=0-99999999', 100 * MB, [0, 99_999_999]],
  ];
  for (const [header, size, expected] of cases) {
    const found = rangeOf(header, size);
    t.same(found && [found.first, found.last], expected, `${header} of ${size}`);
  }
});

t.test('what is served lies in the file, whatever is asked for', async () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.tuple(fc.nat(), fc.option(fc.nat())).map(([from, to]) => `bytes=${from}-${to ?? ''}`)), fc.nat(), (header, size) => {
      const found = rangeOf(header, size);
      return found === null || found === undefined || (found.first >= 0 && found.first <= found.last && found.last < size);
    }),
  );
});
