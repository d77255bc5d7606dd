import { api } from '../api/client.js';
import { dataOf } from '../api/problems.js';
import type { paths } from '../api/schema.js';
import { DataTable, type Column } from '../pieces/data-table.js';
import { Instant } from '../pieces/instant.js';
import { Shown } from '../pieces/states.js';
import { useAnswer } from '../pieces/use-answer.js';
import { useTicks } from '../pieces/use-ticks.js';
import { useDoing, type Doing } from './action.js';

type ReadModel = paths['/operations/read-models']['get']['responses'][200]['content']['application/json']['readModels'][number];

const EVERY_MS = 2_000;
const MARKS = { serving: 'good', building: 'care', failed: 'bad' } as const;

const State = ({ model: { state, since, failure } }: { readonly model: ReadModel }) => (
  <>
    <span class={`mark ${MARKS[state]}`}>{state}</span> {since === null ? null : <>since <Instant at={since} /></>} {failure}
  </>
);

const isOpen = ({ rebuild }: ReadModel): boolean => rebuild?.state === 'requested' || rebuild?.state === 'running';

const Rebuild = ({ model, doing: { act, isBusy }, isOther }: { readonly model: ReadModel; readonly doing: Doing; readonly isOther: boolean }) => {
  const { name, rebuild } = model;
  const params = { params: { path: { name } } };
  if (rebuild !== null && isOpen(model)) {
    return (
      <span class="tools">
        <progress max={100} value={rebuild.percent} aria-label={`Rebuild of ${name}`} /> {rebuild.percent.toFixed(1)} %
        <button type="button" disabled={isBusy} onClick={() => act(`${name}: asked to stop`, () => dataOf(api.DELETE('/operations/read-models/{name}/rebuild', params)))}>
          Stop <span class="unseen">the rebuild of {name}</span>
        </button>
      </span>
    );
  }
  return (
    <span class="tools">
      <button type="button" disabled={isBusy || isOther} onClick={() => act(`${name}: asked for`, () => dataOf(api.POST('/operations/read-models/{name}/rebuild', params)))}>
        Rebuild <span class="unseen">{name}</span>
      </button>
      {rebuild === null ? null : <span class="quiet">last: {rebuild.state} {rebuild.failure ?? ''}</span>}
    </span>
  );
};

const columns = (doing: Doing, isOther: boolean): readonly Column<ReadModel>[] => [
  { title: 'Read model', cell: ({ name, version }) => <>{name} <small class="quiet">v{version}</small></> },
  { title: 'State', cell: (model) => <State model={model} /> },
  { title: 'Behind', cell: ({ behind, unit }) => (behind === 0 ? 'level' : `${behind} ${unit}`), isNumber: true },
  { title: 'Age of the lag', cell: ({ secondsBehind }) => `${secondsBehind.toFixed(1)} s`, isNumber: true },
  { title: 'Rebuild', cell: (model) => <Rebuild model={model} doing={doing} isOther={isOther} /> },
];

/** Every read model with its lag; one at a time can be built again, and that be stopped. */
export const ReadModels = () => {
  const ticks = useTicks(EVERY_MS);
  const answer = useAnswer('read models', (signal) => dataOf(api.GET('/operations/read-models', { signal })), ticks);
  const doing = useDoing(answer.reload);
  return (
    <section aria-labelledby="read-models">
      <h2 id="read-models">Read models</h2>
      {doing.told}
      <Shown of={answer} what="read models">
        {({ readModels }) => <DataTable caption={`${readModels.length} read models`} columns={columns(doing, readModels.some(isOpen))} rows={readModels} keyOf={({ name }) => name} />}
      </Shown>
    </section>
  );
};
