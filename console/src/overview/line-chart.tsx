import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { theme } from '../frame/settings.js';
import { useStore } from '../pieces/store.js';

export interface ChartLine {
  readonly title: string;
  readonly values: readonly number[];
}

interface Parts {
  /** One moment for each value. */
  readonly starts: readonly string[];
  readonly zone: string;
  readonly lines: readonly ChartLine[];
}

const HEIGHT = 220;
const LEAST_WIDTH = 240;

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const optionsFor = ({ zone, lines }: Parts, width: number): uPlot.Options => {
  const axis = { stroke: colour('--quiet'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 } };
  return {
    width,
    height: HEIGHT,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), zone),
    cursor: { points: { size: 6 } },
    axes: [axis, { ...axis, size: 64 }],
    series: [{ label: 'Start' }, ...lines.map(({ title }, index) => ({ label: title, stroke: colour(`--series-${index + 1}`), width: 2, points: { show: false } }))],
  };
};

const summaryOf = ({ starts, lines }: Parts): string => {
  const [first = '', last = ''] = [starts[0], starts.at(-1)];
  const parts = lines.map(({ title, values }) => `${title} between ${Math.min(...values)} and ${Math.max(...values)}`);
  return `Chart from ${first.slice(0, 10)} to ${last.slice(0, 10)}: ${parts.join(', ')}. The table below has every value.`;
};

/** Draws lines over time on a canvas; what it says stands in its label, too. */
export const LineChart = (parts: Parts) => {
  const place = useRef<HTMLDivElement>(null);
  const chosen = useStore(theme);
  const { starts, lines } = parts;
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const data: uPlot.AlignedData = [starts.map((start) => Date.parse(start) / 1_000), ...lines.map(({ values }) => [...values])];
    let chart: uPlot | undefined;
    const draw = (): void => {
      chart?.destroy();
      chart = new uPlot(optionsFor(parts, Math.max(LEAST_WIDTH, element.clientWidth)), data, element);
    };
    draw();
    const sizes = new ResizeObserver(() => chart?.setSize({ width: Math.max(LEAST_WIDTH, element.clientWidth), height: HEIGHT }));
    sizes.observe(element);
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', draw);
    return () => {
      sizes.disconnect();
      system.removeEventListener('change', draw);
      chart?.destroy();
    };
    // What is drawn is what these say; the parts are made anew with each drawing.
  }, [chosen, parts.zone, JSON.stringify([starts, lines])]);
  return (
    <figure class="chart">
      <figcaption>{lines.map(({ title }) => title).join(', ')}</figcaption>
      <div ref={place} role="img" aria-label={summaryOf(parts)} />
    </figure>
  );
};
