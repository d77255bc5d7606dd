import { Store } from '../pieces/store.js';

export type Theme = 'system' | 'light' | 'dark';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
const THEME_KEY = 'registrar-console-theme';
const ZONE_KEY = 'registrar-console-zone';

// A browser may refuse to keep anything.
const kept = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

const keep = (key: string, value: string): void => {
  try {
    localStorage.setItem(key, value);
  } catch {
    // It then lasts until the page is left.
  }
};

export const isZone = (name: string): boolean => {
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
};

const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

const keptZone = kept(ZONE_KEY) ?? '';

export const theme = new Store<Theme>(THEMES.find((name) => name === kept(THEME_KEY)) ?? 'system');
/** The time zone in which every view shows its times. */
export const zone = new Store<string>(isZone(keptZone) ? keptZone : ownZone());

const show = (value: Theme): void => {
  document.documentElement.dataset['theme'] = value;
};

/** Shows what was chosen before, and keeps what is chosen. */
export const keepSettings = (): void => {
  show(theme.value);
  theme.follow((value) => {
    show(value);
    keep(THEME_KEY, value);
  });
  zone.follow((value) => keep(ZONE_KEY, value));
};

export const zoneNames = (): readonly string[] => {
  const names = Intl.supportedValuesOf('timeZone');
  return [...new Set(['UTC', zone.value, ...names])];
};
