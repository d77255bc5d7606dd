import { useState } from 'preact/hooks';
import { zone } from '../frame/settings.js';
import { useQuery } from '../pieces/address.js';
import { Shown } from '../pieces/states.js';
import { useStore } from '../pieces/store.js';
import { useAnswer } from '../pieces/use-answer.js';
import { session } from '../session/tokens.js';
import { askedBy, keyOf } from './asked.js';
import { Charts } from './charts.js';
import { askFunnel, askSeries } from './figures.js';
import { FunnelFigures } from './funnel.js';
import { Live } from './live.js';
import { Period } from './period.js';
import { TopLists } from './top-lists.js';
import { Totals } from './totals.js';

/** Revenue, purchases, funnel and the best of a period, beside the period before, and what happens now. */
const Overview = () => {
  const [query, change] = useQuery();
  const known = useStore(session);
  const asked = askedBy(query, useStore(zone));
  const [round, setRound] = useState(0);
  const key = `${keyOf(asked)}`;
  const series = useAnswer(`series|${key}`, (signal) => askSeries(asked, signal), round);
  const funnel = useAnswer(`funnel|${key}`, (signal) => askFunnel(asked, signal), round);
  const currencies = series.value?.totals.money.map(({ currency }) => currency) ?? [];
  const seesAll = known.is === 'signed-in' && known.account.role !== 'instructor';
  return (
    <>
      <h1>Overview</h1>
      <Period asked={asked} change={change} />
      <Live asked={asked} onFact={() => setRound((before) => before + 1)} />
      <Shown of={series} what="figures">
        {(value) => (
          <>
            <Totals series={value} />
            <Charts series={value} />
          </>
        )}
      </Shown>
      <Shown of={funnel} what="the funnel">
        {(value) => <FunnelFigures answer={value} />}
      </Shown>
      <TopLists asked={asked} seesAll={seesAll} currencies={currencies} round={round} />
    </>
  );
};

export default Overview;
