import type { EventStoreDBClient } from '@eventstore/db-client';

/** The first version that says when a subscription has caught up: with an older one every reader would wait for ever. */
export const MINIMUM_SERVER_VERSION = '23.10';

export class EventStoreTooOld extends Error {
  override readonly name = 'EventStoreTooOld';
}

const placesOf = (version: string): readonly number[] => version.split('.').map((part) => Number.parseInt(part, 10));

export const assertServerVersion = (version: string): void => {
  const [major = NaN, minor = NaN] = placesOf(version);
  const [leastMajor = 0, leastMinor = 0] = placesOf(MINIMUM_SERVER_VERSION);
  if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
    throw new EventStoreTooOld(`EventStoreDB ${version} is too old: Registrar needs ${MINIMUM_SERVER_VERSION} or later`);
  }
};

const ANSWER_MS = 2_000;

/** Asks the server for its version; a failed attempt is repeated with the next call. */
export class ServerVersion {
  readonly #client: EventStoreDBClient;
  #known: string | undefined;

  constructor(client: EventStoreDBClient) {
    this.#client = client;
  }

  async assert(): Promise<void> {
    this.#known ??= await this.#ask().catch(() => undefined);
    if (this.#known !== undefined) assertServerVersion(this.#known);
  }

  async #ask(): Promise<string | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), ANSWER_MS);
    });
    try {
      return (await Promise.race([this.#client['capabilities'], late]))?.serverVersion;
    } finally {
      clearTimeout(timer);
    }
  }
}
