import t from 'tap';
import { indonesianDate, indonesianDateTime, utcOfWib, wibIso } from '../../src/primitives/western-indonesia-time.js';

t.test('a time without an offset is one in WIB', async (t) => {
  t.equal(utcOfWib('2025-05-14T01:00:00'), '2025-05-13T18:00:00.000Z');
  t.equal(utcOfWib('2025-05-14T01:00'), '2025-05-13T18:00:00.000Z');
  t.equal(utcOfWib('2025-05-14T01:00:00+07:00'), '2025-05-13T18:00:00.000Z');
  t.equal(utcOfWib('2025-05-14T01:00:00.5Z'), '2025-05-14T01:00:00.500Z');
  t.equal(utcOfWib('2024-02-29T00:00:00'), '2024-02-28T17:00:00.000Z');
});

t.test('what the calendar does not have is no time', async (t) => {
  for (const text of ['2025-02-29T00:00:00', '2025-13-01T00:00:00', '2025-05-14', '2025-05-14T25:00:00', '2025-05-14T01:00:00+99:99', '0000-01-01T00:00:00', 'tomorrow', '']) {
    t.equal(utcOfWib(text), undefined, text);
  }
});

t.test('times are shown in WIB, in Indonesian', async (t) => {
  t.equal(wibIso('2025-05-13T18:00:00.000Z'), '2025-05-14T01:00:00.000+07:00');
  t.equal(indonesianDateTime('2025-05-13T18:00:00.000Z'), '14 Mei 2025 pukul 01.00');
  t.equal(indonesianDateTime('2025-06-30T00:00:00.000Z'), '30 Juni 2025 pukul 07.00');
  t.equal(indonesianDate('2025-12-31T17:00:00.000Z'), '1 Januari 2026');
});
