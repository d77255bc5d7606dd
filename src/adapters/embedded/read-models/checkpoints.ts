import type { Position } from '../../../ports/event-store.js';
import type { FanOutPlace } from '../../../ports/read-model-store.js';
import type { ControlDatabase } from './control-database.js';

interface OfGeneration {
  readonly projection: string;
  readonly generation: number;
}

type StoredPlace = Omit<FanOutPlace, 'position'> & { readonly position: string };

const keyOf = ({ projection, generation }: OfGeneration): string => `${projection}/${generation}`;

/** How far each generation is: by a checkpoint of its own, and by the one that it shares with others. The later counts. */
export class Checkpoints {
  readonly #control: ControlDatabase;
  /** Those that the writing thread has not committed yet. */
  readonly #announced = new Map<string, Position>();
  #announcedShared: Position | undefined;

  constructor(control: ControlDatabase) {
    this.#control = control;
  }

  get(of: OfGeneration): Position {
    const own = this.#announced.get(keyOf(of)) ?? BigInt(this.#control.get<string>('checkpoint', of.projection, of.generation) ?? '0');
    const shared = this.#members().includes(keyOf(of)) ? this.shared : 0n;
    return own > shared ? own : shared;
  }

  get shared(): Position {
    return this.#announcedShared ?? BigInt(this.#control.get<string>('sharedCheckpoint') ?? '0');
  }

  set({ projection, generation }: OfGeneration, position: Position): void {
    this.#control.put(position.toString(), 'checkpoint', projection, generation);
  }

  setShared(position: Position): void {
    this.#control.put(position.toString(), 'sharedCheckpoint');
  }

  /** Within a transaction. */
  share(generations: readonly OfGeneration[], position: Position): void {
    const members = generations.map(keyOf);
    for (const key of this.#members().filter((member) => !members.includes(member))) {
      const [projection = '', generation] = key.split('/');
      const left = { projection, generation: Number(generation) };
      if (this.#control.get('checkpoint', projection, left.generation) !== undefined) this.set(left, this.get(left));
    }
    this.#control.put(members, 'sharing');
    this.setShared(position);
  }

  fanOut({ projection, generation }: OfGeneration): FanOutPlace | null {
    const place = this.#control.get<StoredPlace>('fanOut', projection, generation);
    return place === undefined ? null : { ...place, position: BigInt(place.position) };
  }

  setFanOut({ projection, generation }: OfGeneration, place: FanOutPlace | null): void {
    if (place === null) this.#control.remove('fanOut', projection, generation);
    else this.#control.put({ ...place, position: place.position.toString() }, 'fanOut', projection, generation);
  }

  remove({ projection, generation }: OfGeneration): void {
    this.#control.remove('checkpoint', projection, generation);
    this.#control.remove('fanOut', projection, generation);
  }

  /** It will be this as soon as the batch that is handed over is written. */
  announce(of: OfGeneration, position: Position): void {
    this.#announced.set(keyOf(of), position);
  }

  announceShared(position: Position): void {
    this.#announcedShared = position;
  }

  /** Within the batch. */
  enqueueAnnounced(): void {
    for (const [key, position] of this.#announced) {
      const [projection = '', generation] = key.split('/');
      this.#control.enqueue(position.toString(), 'checkpoint', projection, Number(generation));
    }
    if (this.#announcedShared !== undefined) this.#control.enqueue(this.#announcedShared.toString(), 'sharedCheckpoint');
  }

  /** Everything that was handed over is written, or given up. */
  forgetAnnounced(): void {
    this.#announced.clear();
    this.#announcedShared = undefined;
  }

  #members(): readonly string[] {
    return this.#control.get<readonly string[]>('sharing') ?? [];
  }
}
