import { parseArgs } from 'node:util';
import { eventSchemas, type DomainEvent } from '../../domain/events.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import { DONE, FAILED, INTERRUPTED, type Action, type Command } from '../command.js';
import { changesBetween, printable, sentenceOf, type Json } from './changes.js';
import { loadBuild, thisBuild, type AnyAggregate, type LoadedBuild } from './loaded-build.js';

interface Asked {
  readonly stream: string;
  readonly to: number | undefined;
  readonly code: string | undefined;
}

/** The state of one stream by the deciders of one build. */
class Fold {
  readonly #build: LoadedBuild;
  readonly #aggregate: AnyAggregate;
  #state: unknown;

  private constructor(build: LoadedBuild, aggregate: AnyAggregate) {
    this.#build = build;
    this.#aggregate = aggregate;
    this.#state = aggregate.decider.initialState();
  }

  static of(build: LoadedBuild, stream: string): Fold {
    const category = stream.slice(0, stream.indexOf('-'));
    const aggregate = build.aggregates.find((one) => one.category === category);
    if (aggregate === undefined) throw new Error(`${build.name} has no decider for streams ${category}-…`);
    return new Fold(build, aggregate);
  }

  get state(): Json {
    return printable(this.#state);
  }

  /** The state after the event; a text that says why there is none. */
  apply({ type, data, metadata }: RecordedEvent<DomainEvent>): Json {
    try {
      if (this.#aggregate.eventTypes.has(type)) this.#state = this.#aggregate.decider.evolve(this.#state, this.#build.codec.decode(type, metadata.schemaVersion, data));
      return this.state;
    } catch (error) {
      return `fails: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
}

/** Texts of an event that its schema marks as secret: the state has them, and a terminal must not. */
const secretsOf = ({ type, data }: RecordedEvent<DomainEvent>): readonly string[] => {
  const properties: Readonly<Record<string, object>> = eventSchemas.get(type)?.data.properties ?? {};
  return Object.entries(data).flatMap(([name, value]: [string, unknown]) => (typeof value === 'string' && 'x-secret' in (properties[name] ?? {}) ? [value] : []));
};

const replay =
  ({ stream, to = Infinity, code }: Asked): Action<'log'> =>
  async ({ source }, { print, signal }) => {
    const fold = Fold.of(thisBuild, stream);
    const other = code === undefined ? null : Fold.of(await loadBuild(code), stream);
    const secrets = new Set<string>();
    const differing: number[] = [];
    let before = fold.state;
    let count = 0;
    for await (const event of source.readStream(stream)) {
      if (event.revision > to) break;
      if (signal.aborted) return INTERRUPTED;
      count += 1;
      for (const secret of secretsOf(event)) secrets.add(secret);
      const { revision, type, position, metadata } = event;
      print(`#${revision} ${type}, ${metadata.occurredAt}, position ${position}, by ${metadata.actorId ?? 'the program'}`);
      const after = fold.apply(event);
      const changes = changesBetween(before, after);
      for (const change of changes) print(`   ${sentenceOf(change, secrets)}`);
      if (changes.length === 0) print('   changes nothing');
      before = after;
      if (other === null) continue;
      const differences = changesBetween(after, other.apply(event));
      if (differences.length > 0) differing.push(revision);
      for (const difference of differences) print(`   DIFFERS in ${code}: ${sentenceOf(difference, secrets)}`);
    }
    if (count === 0) {
      print(`there is no stream ${stream}`);
      return FAILED;
    }
    if (other !== null) print(differing.length === 0 ? `${count} events, and both builds agree after each` : `${count} events; the builds differ after ${differing.length} of them, first after revision ${differing[0]}`);
    return differing.length === 0 ? DONE : FAILED;
  };

const REVISION = /^\d{1,15}$/;

/** Steps through a stream. Only the log is opened, for reading: there is no network, no mailer and no other effect to be had. */
export const auditReplayCommand: Command<'log'> = {
  summary: 'steps through a stream and prints what each event changes in the state, also beside the deciders of another build',
  usage: 'audit replay STREAM [--to REVISION] [--code DIR]',
  needs: 'log',
  parse: (args) => {
    const options = { to: { type: 'string' }, code: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [stream, ...rest] = positionals;
    if (stream === undefined || !stream.includes('-') || rest.length > 0 || (values.to !== undefined && !REVISION.test(values.to))) return undefined;
    return replay({ stream, to: values.to === undefined ? undefined : Number(values.to), code: values.code });
  },
};
