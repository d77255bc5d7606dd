import { MongoClient } from 'mongodb';
import { eventually } from './client.js';
import type { Deployment, Instance } from './deployment.js';

export const OWNED = ['projector', 'relay', 'processes', 'invoice'] as const;
export type OwnedRole = (typeof OWNED)[number];

export interface ActiveProjector {
  readonly holder: string;
  readonly fence: bigint;
  readonly until: Date;
}

interface TenureDocument extends ActiveProjector {
  readonly _id: string;
}

/** The owner of each piece of work, as recorded beside its checkpoint. */
export class Ownership {
  readonly #client: MongoClient;

  constructor({ servers: { mongod } }: Deployment) {
    this.#client = new MongoClient(mongod.url());
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  tenure(role: OwnedRole): Promise<ActiveProjector> {
    const name = role === 'projector' ? 'readModels.tenures' : 'leases';
    const collection = this.#client.db().collection<TenureDocument>(name, { useBigInt64: true });
    return eventually(`somebody owns ${role}`, async () => {
      const found = await collection.findOne({ _id: role });
      return found !== null && found.until > new Date() ? found : undefined;
    });
  }

  /** The next tenure of another owner, or undefined when the same one goes on renewing it. */
  async handOver(role: OwnedRole, before: ActiveProjector): Promise<ActiveProjector | undefined> {
    const next = await eventually(`${role} is handed over or renewed`, async () => {
      const now = await this.tenure(role);
      return now.fence !== before.fence || now.until.getTime() > before.until.getTime() + RENEWED_FOR_MS ? now : undefined;
    });
    return next.fence === before.fence ? undefined : next;
  }

  /** Does something to its owner that ends the tenure; who stands by is told to go on. */
  async disturbOwner(
    role: OwnedRole,
    instances: readonly Instance[],
    disturb: (instance: Instance) => unknown,
    mend: (instance: Instance) => unknown,
  ): Promise<{ readonly owner: Instance; readonly tookMs: number }> {
    for (const instance of instances) {
      const before = await this.tenure(role);
      const since = performance.now();
      await disturb(instance);
      if ((await this.handOver(role, before)) !== undefined) return { owner: instance, tookMs: performance.now() - since };
      await mend(instance);
    }
    throw new Error(`none of them owns ${role}`);
  }
}

/** Longer than what an owner that is disturbed just then may still have asked for. */
const RENEWED_FOR_MS = 4_000;
