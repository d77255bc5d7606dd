import { api } from '../api/client.js';
import { dataOf } from '../api/problems.js';
import { Instant } from '../pieces/instant.js';
import { Shown } from '../pieces/states.js';
import { useAnswer } from '../pieces/use-answer.js';
import { differences, type Difference } from './differences.js';

interface Side {
  readonly revision: number;
  readonly occurredAt: string;
  readonly state: unknown;
  readonly stateTruncated: boolean;
}

const ask = async (stream: string, revisions: readonly number[], signal: AbortSignal): Promise<readonly Side[]> =>
  Promise.all(
    revisions.map((revision) => dataOf(api.GET('/audit/streams/{stream}/state', { params: { path: { stream }, query: { revision } }, signal }))),
  );

const Row = ({ difference: { path, left, right } }: { readonly difference: Difference }) => (
  <tr>
    <th scope="row">{path === '' ? 'the whole' : path}</th>
    <td class={left === undefined ? 'quiet' : 'was'}>{left ?? 'not there'}</td>
    <td class={right === undefined ? 'quiet' : 'is'}>{right ?? 'not there'}</td>
  </tr>
);

const Head = ({ side: { revision, occurredAt, stateTruncated } }: { readonly side: Side }) => (
  <th scope="col">
    Revision {revision}, <Instant at={occurredAt} />
    {stateTruncated ? ' (too large: shown in part)' : ''}
  </th>
);

const Differences = ({ left, right }: { readonly left: Side; readonly right: Side }) => {
  const found = differences(left.state, right.state);
  return (
    <div class="region" role="region" aria-label="Two revisions side by side" tabIndex={0}>
      <table>
        <caption>{found.length === 0 ? 'Both are alike.' : `${found.length} fields differ.`}</caption>
        <thead>
          <tr><th scope="col">Field</th><Head side={left} /><Head side={right} /></tr>
        </thead>
        <tbody>{found.map((difference) => <Row key={difference.path} difference={difference} />)}</tbody>
      </table>
    </div>
  );
};

/** The states of a stream after two of its events, side by side where they differ. */
export const Compared = ({ stream, left, right }: { readonly stream: string; readonly left: number; readonly right: number }) => {
  const answer = useAnswer(JSON.stringify(['states', stream, left, right]), (signal) => ask(stream, [left, right], signal));
  return (
    <section aria-labelledby="compared">
      <h2 id="compared">Revisions {left} and {right}</h2>
      <Shown of={answer} what="two states">{([before, after]) => (before === undefined || after === undefined ? null : <Differences left={before} right={after} />)}</Shown>
    </section>
  );
};
