import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { DataTable } from '../pieces/data-table.js';
import { Empty, Shown } from '../pieces/states.js';
import { TakeAlong } from '../pieces/take-along.js';
import { useAnswer } from '../pieces/use-answer.js';
import { keyOf, type Asked } from './asked.js';
import { askTop, hasTop, type Top } from './figures.js';

type List = 'course' | 'coupon';
type Item = Top['items'][number];

const TITLES = { course: 'Top courses', coupon: 'Top codes' } as const;

const amountOf = ({ money }: Item, currency: string, list: List): string => {
  const amounts = money.find((of) => of.currency === currency);
  return (list === 'coupon' ? amounts?.netWithCoupon : amounts?.net) ?? '0';
};

interface Parts {
  readonly asked: Asked;
  readonly list: List;
  readonly currency: string;
  readonly round: number;
}

const KeyLink = ({ list, id, name }: { readonly list: List; readonly id: string; readonly name: string | null }) => (
  <Link class={name === null ? 'id' : undefined} href={`/?scope=${list}&of=${encodeURIComponent(id)}`}>
    {name ?? id}
  </Link>
);

const TopList = ({ asked, list, currency, round }: Parts) => {
  const top = useAnswer(`top|${list}|${currency}|${keyOf(asked)}`, (signal) => askTop(asked, list, currency, signal), round);
  const title = TITLES[list];
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <Shown of={top} what={title.toLowerCase()}>
        {({ items, currency: shown }) =>
          items.length === 0 ? (
            <Empty>Nothing was sold {list === 'coupon' ? 'with a code ' : ''}in this period.</Empty>
          ) : (
            <>
              <DataTable
                caption={`By net ${shown ?? ''}${list === 'coupon' ? ' of purchases with the code' : ''}`}
                rows={items}
                keyOf={({ key }) => key}
                columns={[
                  { title: list === 'course' ? 'Course' : 'Code', cell: ({ key, name }) => <KeyLink list={list} id={key} name={name} /> },
                  { title: `Net ${shown ?? ''}`, cell: (item) => amountOf(item, shown ?? '', list), isNumber: true },
                  { title: 'Purchases', cell: ({ counts }) => counts.captured ?? 0, isNumber: true },
                ]}
              />
              <TakeAlong name={title.toLowerCase()} rows={() => [[list, 'title', `net ${shown ?? ''}`, 'purchases'], ...items.map((item) => [item.key, item.name ?? '', amountOf(item, shown ?? '', list), item.counts.captured ?? 0])]} />
            </>
          )
        }
      </Shown>
    </section>
  );
};

interface ListsParts {
  readonly asked: Asked;
  readonly seesAll: boolean;
  readonly currencies: readonly string[];
  readonly round: number;
}

/** The courses and codes with the most revenue in one currency. */
export const TopLists = ({ asked, seesAll, currencies, round }: ListsParts) => {
  const [chosen, setChosen] = useState('');
  const currency = currencies.includes(chosen) ? chosen : (currencies[0] ?? '');
  const lists = (['course', 'coupon'] as const).filter((list) => hasTop(asked, list) && (seesAll || list === 'course'));
  if (lists.length === 0) return null;
  return (
    <>
      {currencies.length < 2 ? null : (
        <div class="fields">
          <label>
            Lists in
            <select value={currency} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
              {currencies.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
      <div class="beside">
        {lists.map((list) => (
          <TopList key={list} asked={asked} list={list} currency={currency} round={round} />
        ))}
      </div>
    </>
  );
};
