import type { Pins, PinStore } from './pins.js';

const KEY = 'registrar-console-audit-pins';

const isPins = (value: unknown): value is Pins =>
  typeof value === 'object' &&
  value !== null &&
  'vkeys' in value &&
  Array.isArray(value.vkeys) &&
  value.vkeys.length > 0 &&
  value.vkeys.every((vkey) => typeof vkey === 'string') &&
  'checkpoint' in value &&
  (value.checkpoint === null || typeof value.checkpoint === 'string') &&
  'by' in value &&
  (value.by === 'told' || value.by === 'seen');

/** In the browser's own storage. One that can't be read counts as none, one that can't be written is gone with the page. */
export const browserPins = (): PinStore => {
  let unkept: Pins | null = null;
  return {
    read: () => {
      try {
        const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
        return isPins(value) ? value : unkept;
      } catch {
        return unkept;
      }
    },
    write: (pins) => {
      unkept = pins;
      try {
        localStorage.setItem(KEY, JSON.stringify(pins));
      } catch {
        // It then lasts until the page is left.
      }
    },
  };
};
