import { Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { appendService } from './append-service.js';
import { batchService } from './batch-service.js';
import { Calls } from './calls.js';
import { Costs, type ServerCosts } from './costs.js';
import { Faults } from './faults.js';
import { readService } from './read-service.js';
import type { StreamsOfFront } from './streams-of-front.js';
import { TcpProxy } from './tcp-proxy.js';
import { streamName } from './wire.js';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export interface FrontContext {
  readonly log: StreamsOfFront;
  readonly faults: Faults;
  readonly network: TcpProxy;
  readonly leader: () => Endpoint;
  readonly version: string;
  readonly requests: Calls;
  readonly costs: Costs;
  readonly subscriptions: Set<AbortController>;
}

export interface FrontOptions {
  readonly credentials?: ServerCredentials;
  /** The node that takes writes, where it is not this one. */
  readonly leader?: () => Endpoint;
  /** Where clients find it: the same again after a restart. */
  readonly port?: number;
  /** The version that it reports (default 23.10.0). */
  readonly version?: string;
  /** Those of a real server; none unless said. */
  readonly costs?: ServerCosts;
}

type Unary<Request, Response> = (call: ServerUnaryCall<Request, Response>, reply: sendUnaryData<Response>) => void;
type DeleteReq = InstanceType<typeof streams.DeleteReq>;
type TombstoneReq = InstanceType<typeof streams.TombstoneReq>;

/** As much of an EventStoreDB node as its client needs, over a log of ours, with a network that can fail. */
export class Front {
  readonly context: FrontContext;
  readonly #server: Server;

  private constructor(server: Server, context: FrontContext) {
    this.#server = server;
    this.context = context;
  }

  static async start(log: StreamsOfFront, options: FrontOptions = {}): Promise<Front> {
    const { credentials = ServerCredentials.createInsecure(), leader, port: clientPort = 0, version = '23.10.0', costs } = options;
    const server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error === null ? resolve(bound) : reject(error))),
    );
    const network = new TcpProxy(port, clientPort);
    await network.accept();
    const context: FrontContext = {
      log,
      faults: new Faults(),
      network,
      leader: leader ?? (() => ({ host: '127.0.0.1', port: network.port })),
      version,
      requests: new Calls(),
      costs: new Costs(costs),
      subscriptions: new Set(),
    };
    serve(server, context);
    return new Front(server, context);
  }

  get faults(): Faults {
    return this.context.faults;
  }

  get endpoint(): Endpoint {
    return { host: '127.0.0.1', port: this.context.network.port };
  }

  get connectionString(): string {
    return `esdb://127.0.0.1:${this.context.network.port}?tls=false`;
  }

  dropSubscriptions(): void {
    for (const subscription of this.context.subscriptions) subscription.abort();
  }

  async close(): Promise<void> {
    this.#server.forceShutdown();
    await this.context.network.refuse();
  }
}

const serve = (server: Server, context: FrontContext): void => {
  const { log } = context;
  const remove: Unary<DeleteReq, InstanceType<typeof streams.DeleteResp>> = ({ request }, reply) => {
    log.delete(streamName(request.getOptions()?.getStreamIdentifier())).then(
      () => reply(null, new streams.DeleteResp().setNoPosition(new shared.Empty())),
      (error: Error) => reply(error),
    );
  };
  const tombstone: Unary<TombstoneReq, InstanceType<typeof streams.TombstoneResp>> = ({ request }, reply) => {
    log.tombstone(streamName(request.getOptions()?.getStreamIdentifier()));
    reply(null, new streams.TombstoneResp().setNoPosition(new shared.Empty()));
  };
  server.addService(StreamsService, {
    append: appendService(context),
    read: readService(context),
    delete: remove,
    tombstone,
    batchAppend: batchService(context),
  });
  server.addService(GossipService, { read: gossipOf(context) });
  server.addService(ServerFeaturesService, { getSupportedMethods: supportedMethodsOf(context) });
};

const gossipOf =
  ({ leader }: FrontContext): Unary<InstanceType<typeof shared.Empty>, InstanceType<typeof gossip.ClusterInfo>> =>
  (_, reply) => {
    const { host, port } = leader();
    const member = new gossip.MemberInfo();
    member.setState(gossip.MemberInfo.VNodeState.LEADER);
    member.setIsAlive(true);
    member.setHttpEndPoint(new gossip.EndPoint().setAddress(host).setPort(port));
    reply(null, new gossip.ClusterInfo().setMembersList([member]));
  };

/** Says that batches are supported, as servers do. */
const supportedMethodsOf =
  ({ version }: FrontContext): Unary<InstanceType<typeof shared.Empty>, InstanceType<typeof features.SupportedMethods>> =>
  (_, reply) => {
    const batch = new features.SupportedMethod().setServiceName('event_store.client.streams.Streams').setMethodName('batchappend');
    reply(null, new features.SupportedMethods().setEventStoreServerVersion(version).setMethodsList([batch]));
  };
