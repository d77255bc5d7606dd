import { status } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { RecordedEvent } from '../../../src/ports/event-store.js';
import type { FrontContext } from './front.js';
import { writer, type ReadCall } from './read-service.js';
import { checkpointAt, eventAt, eventMessage, failure } from './wire.js';

type Options = InstanceType<typeof streams.ReadReq.Options>;

const passes = (options: Options): ((event: RecordedEvent<DomainEvent>) => boolean) => {
  const filter = options.getFilter();
  const expression = filter?.getStreamIdentifier() ?? filter?.getEventType();
  if (filter === undefined || expression === undefined) return () => true;
  const subject = filter.hasStreamIdentifier() ? 'stream' : 'type';
  const prefixes = expression.getPrefixList();
  if (prefixes.length > 0) return (event) => prefixes.some((prefix) => event[subject].startsWith(prefix));
  const pattern = new RegExp(expression.getRegex());
  return (event) => pattern.test(event[subject]);
};

/** A subscription to $all: history in pages with a checkpoint for each window, then live with one for what is filtered out. */
export const follow = async ({ log, faults, requests, subscriptions }: FrontContext, call: ReadCall, options: Options): Promise<void> => {
  const { write, signal } = writer(call);
  const wanted = passes(options);
  const named = options.getAll()?.getPosition();
  const window = (options.getFilter()?.getMax() ?? 32) * (options.getFilter()?.getCheckpointintervalmultiplier() ?? 1);
  const drop = new AbortController();
  subscriptions.add(drop);
  requests.subscriptions += 1;
  let life = faults.subscriptionLife();
  let isLive = false;
  let considered = 0;

  const give = async (event: RecordedEvent<DomainEvent>): Promise<void> => {
    considered += isLive && wanted(event) ? 0 : 1;
    if (wanted(event)) {
      requests.events += 1;
      for (let times = 0; times < faults.deliveries; times += 1) await write(eventMessage(event));
    }
    if (considered >= window && !faults.isTaciturn) {
      considered = 0;
      requests.checkpoints += 1;
      await write(checkpointAt(event.position));
    }
  };

  try {
    await write(new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId('front')));
    const after = named === undefined ? 0n : eventAt(named.getCommitPosition());
    for await (const { events, live } of log.store.subscribe({ after, signal: AbortSignal.any([signal, drop.signal]) })) {
      for (const event of events) {
        life -= 1;
        if (life < 0 || drop.signal.aborted) throw failure(status.UNAVAILABLE);
        await give(event);
      }
      if (!live || isLive) continue;
      isLive = true;
      await write(new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
    }
    if (drop.signal.aborted) throw failure(status.UNAVAILABLE);
  } finally {
    subscriptions.delete(drop);
  }
};
