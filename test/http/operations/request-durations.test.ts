import { Histogram, Registry } from 'prom-client';
import t from 'tap';
import { RequestDurations } from '../../../src/http/operations/request-durations.js';

const name = 'request_seconds';
const help = 'Time to answer';
const requests = [
  ['GET', '/courses/:id', 200, 0.0004],
  ['GET', '/courses/:id', 200, 0.001],
  ['GET', '/courses/:id', 404, 0.3],
  ['POST', '/payments', 201, 7],
  ['POST', '/payments', 201, 0.0026],
] as const;

const linesOf = async (registry: Registry): Promise<readonly string[]> =>
  (await registry.metrics()).split('\n').map((line) => line.replace(/\{(.*)\}/u, (_, labels: string) => `{${labels.split(',').toSorted().join(',')}}`)).toSorted();

t.test('is scraped as prom-client’s own histogram of the same requests is', async (t) => {
  const [ours, theirs] = [new Registry(), new Registry()];
  const durations = new RequestDurations({ name, help, registry: ours });
  const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
  const histogram = new Histogram({ name, help, buckets, labelNames: ['method', 'route', 'status'], registers: [theirs] });
  for (const [method, route, status, seconds] of requests) {
    durations.add(method, route, status, seconds);
    histogram.observe({ method, route, status }, seconds);
  }
  t.strictSame(await linesOf(ours), await linesOf(theirs));
  t.equal((await ours.getMetricsAsJSON()).length, 1);
});
