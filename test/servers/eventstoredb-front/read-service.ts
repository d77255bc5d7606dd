import { once } from 'node:events';
import { status, type ServerWritableStream } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { RecordedEvent } from '../../../src/ports/event-store.js';
import type { FrontContext } from './front.js';
import { follow } from './subscription.js';
import { eventAt, eventMessage, failure, identifierOf, streamName } from './wire.js';

export type ReadCall = ServerWritableStream<InstanceType<typeof streams.ReadReq>, InstanceType<typeof streams.ReadResp>>;
type Options = InstanceType<typeof streams.ReadReq.Options>;
type StreamOptions = InstanceType<typeof streams.ReadReq.Options.StreamOptions>;

/** Writes at the client's pace; rejects when the client is gone. */
export const writer = (call: ReadCall) => {
  const gone = new AbortController();
  call.on('cancelled', () => gone.abort());
  call.on('close', () => gone.abort());
  const write = async (message: InstanceType<typeof streams.ReadResp>): Promise<void> => {
    gone.signal.throwIfAborted();
    if (!call.write(message)) await once(call, 'drain', { signal: gone.signal });
  };
  return { write, signal: gone.signal };
};

const isBackwards = (options: Options): boolean => options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
const limitOf = (options: Options): number => Math.min(Number(options.getCount()), Number.MAX_SAFE_INTEGER);

const notFound = (stream: string) =>
  new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(stream)));

async function* allOf({ log }: FrontContext, options: Options): AsyncGenerator<RecordedEvent<DomainEvent>> {
  const named = options.getAll()?.getPosition();
  const limit = limitOf(options);
  const before = named === undefined ? (await log.store.head()) + 1n : eventAt(named.getCommitPosition());
  if (!isBackwards(options)) {
    yield* log.store.readAll({ after: named === undefined ? 0n : before - 1n, limit });
    return;
  }
  let given = 0;
  for (let position = before - 1n; position > 0n && given < limit; position -= 1n) {
    for await (const event of log.store.readAll({ after: position - 1n, limit: 1 })) yield event;
    given += 1;
  }
}

const readStream = async ({ log, faults, requests }: FrontContext, call: ReadCall, options: Options, of: StreamOptions): Promise<void> => {
  const { write } = writer(call);
  const stream = streamName(of.getStreamIdentifier());
  const from = of.hasRevision() ? { fromRevision: Number(of.getRevision()) } : {};
  const events = await log.read(stream, { ...from, direction: isBackwards(options) ? 'backwards' : 'forwards', limit: limitOf(options) });
  const isThere = events !== undefined && (await log.lastRevision(stream)) >= 0;
  requests.read(stream, isThere);
  if (events === undefined) return write(notFound(stream));
  let left = faults.readsBreakAfter.shift() ?? Infinity;
  for await (const event of events) {
    if (left === 0) throw failure(status.UNAVAILABLE);
    left -= 1;
    await write(eventMessage(event));
  }
};

/** Streams.Read: a stream or $all, either way, or a subscription to $all. */
export const readService = (context: FrontContext) => {
  const serve = async (call: ReadCall): Promise<void> => {
    const options = call.request.getOptions();
    if (options === undefined) throw failure(status.INVALID_ARGUMENT);
    await context.costs.call();
    if (options.hasSubscription()) return follow(context, call, options);
    const stream = options.getStream();
    if (stream !== undefined) return readStream(context, call, options, stream);
    if (isBackwards(options)) context.requests.heads += 1;
    else context.requests.pages += 1;
    const { write } = writer(call);
    for await (const event of allOf(context, options)) await write(eventMessage(event));
  };

  return (call: ReadCall): void => {
    context.requests.authorizations.add(String(call.metadata.get('authorization')[0] ?? ''));
    serve(call).then(
      () => call.end(),
      (error: unknown) => call.emit('error', error),
    );
  };
};
