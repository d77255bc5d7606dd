import { LmdbCheckpoints } from './adapters/embedded/checkpoints.js';
import { openDataFolder } from './adapters/embedded/data-folder.js';
import { LmdbDeadLetters } from './adapters/embedded/dead-letters.js';
import { InProcessEventBus } from './adapters/embedded/event-bus.js';
import { LmdbEventStore } from './adapters/embedded/event-store/lmdb-event-store.js';
import { openLogEnvironment } from './adapters/embedded/event-store/log-environment.js';
import { systemClock } from './adapters/embedded/system-clock.js';
import { NatsEventBus } from './adapters/nats/nats-event-bus.js';
import { runCommandLine } from './composition/command-line.js';
import { runOperatorCommand } from './composition/operator-command.js';
import type { Config } from './config.js';
import { runDeadLettersCommand } from './deadletters-cli.js';
import type { DomainEvent } from './domain/events.js';
import type { EventBus } from './ports/event-bus.js';

interface OpenedBus {
  readonly bus: EventBus<DomainEvent>;
  readonly close: () => Promise<void>;
}

const embeddedBus = async (dataDirectory: string): Promise<OpenedBus> => {
  const folder = openDataFolder(dataDirectory);
  try {
    const environment = await openLogEnvironment(folder.log);
    const store = new LmdbEventStore(environment);
    const parts = { store, checkpoints: new LmdbCheckpoints(environment), deadLetters: new LmdbDeadLetters(environment), clock: systemClock };
    const bus = new InProcessEventBus(parts);
    const close = async (): Promise<void> => {
      await bus.close();
      await store.close();
      folder.close();
    };
    return { bus, close };
  } catch (error) {
    folder.close();
    throw error;
  }
};

const natsBus = async (url: string, { natsReplicas }: Config): Promise<OpenedBus> => {
  const bus = new NatsEventBus({ url, clock: systemClock, replicas: natsReplicas });
  const close = (): Promise<void> => bus.close();
  try {
    // Resolves once it is connected.
    await bus.publishedUpTo();
    return { bus, close };
  } catch (error) {
    await close();
    throw error;
  }
};

await runCommandLine((commandLine) => {
  const { config } = commandLine;
  return runOperatorCommand('deadletters', commandLine, async () => {
    const { bus, close } = await (config.natsUrl === null ? embeddedBus(config.dataDirectory) : natsBus(config.natsUrl, config));
    return { run: ({ args }, print) => runDeadLettersCommand(args, { bus, print }), close };
  });
});
