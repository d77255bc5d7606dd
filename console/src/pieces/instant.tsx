import { zone } from '../frame/settings.js';
import { useStore } from './store.js';

const formats = new Map<string, Intl.DateTimeFormat>();

const formatIn = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(timeZone, format);
  return format;
};

/** As `2026-11-28 10:15:00`; what is no time is shown as it is. */
export const shownInstant = (instant: string, timeZone: string): string => {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? instant : formatIn(timeZone).format(at);
};

/** A moment in the zone that was chosen, and exactly (UTC) where the pointer rests. */
export const Instant = ({ at }: { readonly at: string }) => {
  const timeZone = useStore(zone);
  return (
    <time dateTime={at} title={at}>
      {shownInstant(at, timeZone)}
    </time>
  );
};
