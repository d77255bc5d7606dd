import type { EventStoreDBClient } from '@eventstore/db-client';

/** The first that says when a subscription has caught up: an older one would leave every reader waiting, without a word. */
export const MINIMUM_SERVER_VERSION = '23.10';

export class EventStoreTooOld extends Error {
  override readonly name = 'EventStoreTooOld';
}

const placesOf = (version: string): readonly number[] => version.split('.').map((part) => Number.parseInt(part, 10));

/** A server that doesn't tell its version passes. */
export const assertServerVersion = (version: string): void => {
  const [major = NaN, minor = NaN] = placesOf(version);
  const [leastMajor = 0, leastMinor = 0] = placesOf(MINIMUM_SERVER_VERSION);
  if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
    throw new EventStoreTooOld(`EventStoreDB ${version} is too old: Registrar needs ${MINIMUM_SERVER_VERSION} or later`);
  }
};

const ANSWER_MS = 2_000;

/** Asks the server that was reached. What can't be learnt now is asked for again with the next call. */
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
