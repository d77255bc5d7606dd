import { useState } from 'preact/hooks';
import type { Query } from '../pieces/address.js';
import { plusDays, SCOPES, today, UNITS, type Asked } from './asked.js';

interface Parts {
  readonly asked: Asked;
  readonly change: (changes: Query) => void;
}

const PRESETS = [7, 30, 90, 365];

const Presets = ({ asked, change }: Parts) => (
  <div class="tools" role="group" aria-label="Period">
    {PRESETS.map((days) => {
      const to = today(asked.zone);
      const from = plusDays(to, 1 - days);
      return (
        <button key={days} type="button" aria-pressed={asked.from === from && asked.to === to} onClick={() => change({ from, to, ...(days > 90 ? { unit: 'week' } : {}) })}>
          {days} days
        </button>
      );
    })}
  </div>
);

const ScopeFields = ({ asked, change }: Parts) => {
  const [scope, setScope] = useState<string>(asked.scope ?? '');
  const [of, setOf] = useState(asked.of);
  return (
    <form
      class="fields"
      onSubmit={(event) => {
        event.preventDefault();
        change(scope === '' ? { scope: '', of: '' } : { scope, of: of.trim() });
      }}
    >
      <label>
        Figures of
        <select value={scope} onChange={({ currentTarget }) => setScope(currentTarget.value)}>
          <option value="">everything</option>
          {SCOPES.map((name) => (
            <option key={name} value={name}>
              one {name}
            </option>
          ))}
        </select>
      </label>
      {scope === '' ? null : (
        <label>
          Its {scope === 'coupon' ? 'code' : scope === 'surface' ? 'name' : 'id'}
          <input required maxLength={100} value={of} onInput={({ currentTarget }) => setOf(currentTarget.value)} />
        </label>
      )}
      <button type="submit">Show</button>
    </form>
  );
};

/** The period, its unit and of what. All of it stands in the address. */
export const Period = ({ asked, change }: Parts) => (
  <>
    <Presets asked={asked} change={change} />
    <div class="fields">
      <label>
        First day
        <input type="date" value={asked.from} max={asked.to} onChange={({ currentTarget }) => change({ from: currentTarget.value })} />
      </label>
      <label>
        Last day
        <input type="date" value={asked.to} min={asked.from} onChange={({ currentTarget }) => change({ to: currentTarget.value })} />
      </label>
      <label>
        By
        <select value={asked.unit} onChange={({ currentTarget }) => change({ unit: currentTarget.value })}>
          {UNITS.map((unit) => (
            <option key={unit} value={unit}>
              {unit}
            </option>
          ))}
        </select>
      </label>
    </div>
    <ScopeFields key={`${asked.scope}|${asked.of}`} asked={asked} change={change} />
  </>
);
