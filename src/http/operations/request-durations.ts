import { Histogram, type Registry } from 'prom-client';

type Label = 'method' | 'route' | 'status';

/** In seconds. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

const sumsOf = (counts: readonly number[]): readonly number[] => {
  let sum = 0;
  return counts.map((count) => (sum += count));
};

class Durations {
  /** By bucket; the last one has what is longer than all bounds. */
  readonly #counts = new Array<number>(BOUNDS.length + 1).fill(0);
  #sum = 0;

  add(seconds: number): void {
    let bucket = 0;
    while (bucket < BOUNDS.length && seconds > (BOUNDS[bucket] ?? Infinity)) bucket += 1;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#sum += seconds;
  }

  values(name: string, labels: Readonly<Record<Label, string | number>>) {
    const counts = sumsOf(this.#counts);
    const buckets = counts.map((value, index) => ({ metricName: `${name}_bucket`, labels: { ...labels, le: BOUNDS[index] ?? '+Inf' }, value }));
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels, value: this.#sum },
      { metricName: `${name}_count`, labels, value: counts.at(-1) ?? 0 },
    ];
  }
}

/**
 * How long requests took, by method, route and status. prom-client's own histogram checks and joins the labels for each
 * value, which costs more than all else that is done for a request; here a series is found by its parts.
 */
export class RequestDurations extends Histogram<Label | 'le'> {
  readonly #series = new Map<string, Map<string, Map<number, Durations>>>();
  /** For what is said of it beside its values. */
  readonly #empty: Histogram;

  constructor({ registry, ...described }: { readonly name: string; readonly help: string; readonly registry: Registry }) {
    super({ ...described, registers: [registry] });
    this.#empty = new Histogram({ ...described, registers: [] });
  }

  add(method: string, route: string, status: number, seconds: number): void {
    const known = this.#series.get(route)?.get(method)?.get(status);
    (known ?? this.#make(method, route, status)).add(seconds);
  }

  override async get() {
    const described = await this.#empty.get();
    const { name } = described;
    const values = [...this.#series].flatMap(([route, methods]) =>
      [...methods].flatMap(([method, statuses]) =>
        [...statuses].flatMap(([status, durations]) => durations.values(name, { method, route, status })),
      ),
    );
    return { ...described, values };
  }

  /** What prom-client's registry asks a histogram for, in place of `get`. */
  getForPromString() {
    return this.get();
  }

  #make(method: string, route: string, status: number): Durations {
    const methods = this.#series.get(route) ?? new Map<string, Map<number, Durations>>();
    const statuses = methods.get(method) ?? new Map<number, Durations>();
    const made = new Durations();
    this.#series.set(route, methods.set(method, statuses.set(status, made)));
    return made;
  }
}
