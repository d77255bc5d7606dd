import { api } from '../api/client.js';
import { dataOf } from '../api/problems.js';
import type { paths } from '../api/schema.js';
import { DataTable, type Column } from '../pieces/data-table.js';
import { Instant } from '../pieces/instant.js';
import { Shown } from '../pieces/states.js';
import { useAnswer } from '../pieces/use-answer.js';
import { useTicks } from '../pieces/use-ticks.js';

type Worker = paths['/operations/workers']['get']['responses'][200]['content']['application/json']['workers'][number];

const EVERY_MS = 5_000;
const MARKS = { level: 'good', behind: 'care', failing: 'bad' } as const;

const COLUMNS: readonly Column<Worker>[] = [
  { title: 'Worker', cell: ({ name }) => name },
  { title: 'State', cell: ({ state }) => <span class={`mark ${MARKS[state]}`}>{state}</span> },
  { title: 'Position', cell: ({ position }) => <span class="id">{position ?? ''}</span>, isNumber: true },
  { title: 'Waiting for', cell: ({ secondsBehind }) => `${secondsBehind.toFixed(1)} s`, isNumber: true },
  { title: 'Last error here', cell: ({ lastError }) => (lastError === null ? '' : <><Instant at={lastError.at} /> {lastError.message}</>) },
];

/** Every worker, whichever process it runs in. */
export const Workers = () => {
  const answer = useAnswer('workers', (signal) => dataOf(api.GET('/operations/workers', { signal })), useTicks(EVERY_MS));
  return (
    <section aria-labelledby="workers">
      <h2 id="workers">Workers</h2>
      <Shown of={answer} what="workers">{({ workers }) => <DataTable caption={`${workers.length} workers`} columns={COLUMNS} rows={workers} keyOf={({ name }) => name} />}</Shown>
    </section>
  );
};
