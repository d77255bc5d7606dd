// Western Indonesia (WIB): UTC+7 all year round.

const OFFSET_MS = 7 * 60 * 60 * 1_000;
const MONTHS = ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember'] as const;

/** Its groups are the date, hours and minutes, seconds with their fraction, and the zone. */
const LOCAL = /^([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2})(:[0-9]{2}(?:\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?$/;

const isInCalendar = (date: string): boolean => {
  const parsed = new Date(`${date}T00:00:00.000Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
};

/** The instant in UTC, as an ISO string; without an offset the text is a time in WIB. Undefined: no such time. */
export const utcOfWib = (text: string): string | undefined => {
  const [, date = '', time = '', seconds = ':00', zone = '+07:00'] = LOCAL.exec(text) ?? [];
  if (!isInCalendar(date)) return undefined;
  const instant = new Date(`${date}T${time}${seconds}${zone}`);
  return Number.isNaN(instant.getTime()) || instant.getUTCFullYear() < 1 || instant.getUTCFullYear() > 9_999 ? undefined : instant.toISOString();
};

const inWib = (utc: string): Date => new Date(Date.parse(utc) + OFFSET_MS);

/** 2025-05-14T01:00:00.000+07:00 */
export const wibIso = (utc: string): string => inWib(utc).toISOString().replace('Z', '+07:00');

/** 14 Mei 2025 */
export const indonesianDate = (utc: string): string => {
  const local = inWib(utc);
  return `${local.getUTCDate()} ${MONTHS[local.getUTCMonth()] ?? ''} ${local.getUTCFullYear()}`;
};

/** 14 Mei 2025 pukul 01.00 */
export const indonesianDateTime = (utc: string): string => `${indonesianDate(utc)} pukul ${inWib(utc).toISOString().slice(11, 16).replace(':', '.')}`;
