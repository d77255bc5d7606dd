import { useMemo } from 'preact/hooks';
import { useStore } from '../pieces/store.js';
import { isZone, theme, zone, zoneNames, type Theme } from './settings.js';

const THEMES: Readonly<Record<Theme, string>> = { system: 'As the system', light: 'Light', dark: 'Dark' };

const isTheme = (name: string): name is Theme => name in THEMES;

/** The time zone of every view, and light or dark. */
export const Settings = () => {
  const [chosenZone, chosenTheme] = [useStore(zone), useStore(theme)];
  const names = useMemo(zoneNames, []);
  return (
    <div class="settings">
      <label>
        <span class="label">Zone</span>
        <select value={chosenZone} onChange={({ currentTarget: { value } }) => (isZone(value) ? zone.set(value) : undefined)}>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="label">Colours</span>
        <select value={chosenTheme} onChange={({ currentTarget: { value } }) => (isTheme(value) ? theme.set(value) : undefined)}>
          {Object.entries(THEMES).map(([name, title]) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
};
