import { useParams } from 'wouter-preact';
import { useHeading } from '../frame/heading.js';
import { History } from '../history/history.js';
import { Empty, Shown } from '../pieces/states.js';
import { useAnswer } from '../pieces/use-answer.js';
import { askCoupon } from './ask.js';

/** One coupon: its uses, verification, state through time, and events. */
const Coupon = () => {
  const { id = '' } = useParams<{ id: string }>();
  useHeading(`Coupon ${id}`);
  const coupon = useAnswer(`coupon|${id}`, (signal) => askCoupon(id, signal));
  return (
    <>
      <h1>
        Coupon <span class="id">{coupon.value?.code ?? id}</span>
      </h1>
      <Shown of={coupon} what="the coupon">
        {(value) =>
          value === undefined ? <Empty>The search knows no such coupon (yet).</Empty> : (
            <>
              <p>
                {value.status}, issued by <span class="id">{value.issuedBy}</span>: {value.uses.redeemed} redeemed, {value.uses.reserved} reserved, {value.uses.released} released, {value.uses.reversed} reversed
              </p>
              <History stream={value.stream} />
            </>
          )
        }
      </Shown>
    </>
  );
};

export default Coupon;
