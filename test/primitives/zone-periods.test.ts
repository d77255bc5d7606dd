import t from 'tap';
import { isDate, isZone, localDate, periodsOf, startOfDate } from '../../src/primitives/zone-periods.js';

const MOST = 1_000;
const HOUR_MS = 3_600_000;
const hours = (zone: string, date: string): readonly (readonly [start: string, hours: number])[] =>
  (periodsOf(zone, 'day', date, date, MOST) ?? []).map(({ start, from, to }) => [start, (Date.parse(to) - Date.parse(from)) / HOUR_MS]);

t.test('days have as many hours as the clocks of the zone give them', async (t) => {
  t.same(hours('Asia/Jakarta', '2026-03-08'), [['2026-03-08T00:00:00+07:00', 24]]);
  t.same(hours('America/New_York', '2026-03-08'), [['2026-03-08T00:00:00-05:00', 23]]);
  t.same(hours('America/New_York', '2026-11-01'), [['2026-11-01T00:00:00-04:00', 25]]);
  t.same(hours('Asia/Kathmandu', '2026-03-08'), [['2026-03-08T00:00:00+05:45', 24]]);
  t.same(hours('Australia/Lord_Howe', '2026-04-05'), [['2026-04-05T00:00:00+11:00', 24.5]]);
  t.same(hours('Australia/Lord_Howe', '2026-10-04'), [['2026-10-04T00:00:00+10:30', 23.5]]);
  t.same(hours('Africa/Casablanca', '2026-02-15'), [['2026-02-15T00:00:00+01:00', 25]]);
});

t.test('a day whose midnight is skipped begins with its first moment', async (t) => {
  // Chile sets its clocks forward at midnight.
  t.same(hours('America/Santiago', '2026-09-06'), [['2026-09-06T01:00:00-03:00', 23]]);
  t.same(hours('America/Santiago', '2026-04-04'), [['2026-04-04T00:00:00-03:00', 25]]);
});

t.test('hours are those of the clock, and one that comes twice is two', async (t) => {
  const starts = (zone: string, date: string) => (periodsOf(zone, 'hour', date, date, MOST) ?? []).map(({ start }) => start.slice(11));
  t.same(starts('America/New_York', '2026-11-01').slice(0, 4), ['00:00:00-04:00', '01:00:00-04:00', '01:00:00-05:00', '02:00:00-05:00']);
  t.same(starts('Australia/Lord_Howe', '2026-04-05').slice(0, 4), ['00:00:00+11:00', '01:00:00+11:00', '01:30:00+10:30', '02:00:00+10:30']);
  t.equal(starts('Asia/Kathmandu', '2026-05-01').length, 24);
});

t.test('weeks begin on Mondays, months on the first, and the range cuts both', async (t) => {
  const starts = (unit: 'week' | 'month') => (periodsOf('Asia/Jakarta', unit, '2026-01-28', '2026-03-04', MOST) ?? []).map(({ start }) => start.slice(0, 10));
  t.same(starts('week'), ['2026-01-28', '2026-02-02', '2026-02-09', '2026-02-16', '2026-02-23', '2026-03-02']);
  t.same(starts('month'), ['2026-01-28', '2026-02-01', '2026-03-01']);
});

t.test('periods follow one another without a gap, over ten years in many zones', async (t) => {
  for (const zone of Intl.supportedValuesOf('timeZone').filter((_, index) => index % 23 === 0)) {
    const periods = periodsOf(zone, 'month', '2015-01-15', '2026-12-10', MOST) ?? [];
    t.same(periods.slice(1).map(({ from }) => from), periods.slice(0, -1).map(({ to }) => to), zone);
    t.ok(periods.every(({ from }) => Date.parse(from) % 900_000 === 0), `${zone} in quarters`);
  }
});

t.test('more periods than allowed are none', async (t) => {
  t.equal(periodsOf('UTC', 'hour', '2026-01-01', '2026-12-31', MOST), undefined);
  t.equal(periodsOf('UTC', 'day', '2026-01-01', '2026-12-31', 365)?.length, 365);
  t.equal(periodsOf('UTC', 'day', '2026-01-01', '2026-12-31', 364), undefined);
});

t.test('what is no zone or date is told apart', async (t) => {
  t.same(['Asia/Kathmandu', 'Mars/Olympus', ''].map(isZone), [true, false, false]);
  t.same(['2026-02-28', '2026-02-29', '2026-2-1', 'x'].map(isDate), [true, false, false, false]);
  t.equal(localDate('Pacific/Kiritimati', Date.parse('2026-01-01T10:00:00Z')), '2026-01-02');
  t.equal(new Date(startOfDate('Pacific/Kiritimati', '2026-01-02')).toISOString(), '2026-01-01T10:00:00.000Z');
});
