import { api } from '../api/client.js';
import { refusalOf } from '../api/problems.js';
import type { paths } from '../api/schema.js';
import { Shown } from '../pieces/states.js';
import { useAnswer } from '../pieces/use-answer.js';
import { useTicks } from '../pieces/use-ticks.js';

type Report = paths['/health']['get']['responses'][200]['content']['application/json'];

const EVERY_MS = 5_000;
const MARKS = { up: 'good', ok: 'good', degraded: 'care', down: 'bad', unavailable: 'bad' } as const;

/** It answers 503 with the report where a part is down that people need. */
const ask = async (signal: AbortSignal): Promise<Report> => {
  const { data, error, response } = await api.GET('/health', { signal });
  const report = data ?? error;
  if (report === undefined || !('parts' in report)) throw refusalOf(response.status, report);
  return report;
};

export const Health = () => {
  const answer = useAnswer('health', ask, useTicks(EVERY_MS));
  return (
    <section aria-labelledby="health">
      <h2 id="health">Health</h2>
      <Shown of={answer} what="health">
        {({ status, parts, deadLetters }) => (
          <>
            <p>The whole is <span class={`mark ${MARKS[status]}`}>{status}</span></p>
            <ul class="parts">
              {Object.entries(parts).map(([name, part]) => (
                <li key={name}><span class={`mark ${MARKS[part.status]}`}>{part.status}</span> {name} <span class="quiet">{part.detail ?? ''}</span></li>
              ))}
            </ul>
            <p class="quiet">Waiting for a person: {Object.entries(deadLetters).map(([kind, count]) => `${kind} ${count}`).join(', ') || 'unknown'}</p>
          </>
        )}
      </Shown>
    </section>
  );
};
