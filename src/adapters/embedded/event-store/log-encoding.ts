import { Packr } from 'msgpackr';
import type { StoredEvent } from './stored-event.js';

/** Each shape of object (its keys in order) is written once and then referred to by number. */
export type Shape = readonly string[];

/** How many shapes are shared; objects of later shapes carry their keys with them. */
const MAX_SHAPES = 4_096;

/** The bytes of the log: msgpack records. It must be given the shapes that the log was written with. */
export class LogEncoding {
  readonly #shapes: Shape[];
  readonly packr: Packr;
  #saved: number;

  constructor(shapes: readonly Shape[]) {
    this.#shapes = [...shapes];
    this.#saved = shapes.length;
    this.packr = new Packr({ structures: this.#shapes, maxSharedStructures: MAX_SHAPES });
  }

  /** The bytes stay valid: they are not reused by a later call. */
  encode(event: StoredEvent): Uint8Array {
    return this.packr.pack(event);
  }

  /** All shapes, when there are new ones since the last call: to be written in the same transaction as the events. */
  takeNewShapes(): readonly Shape[] | undefined {
    if (this.#shapes.length === this.#saved) return undefined;
    this.#saved = this.#shapes.length;
    return this.#shapes.map((keys) => [...keys]);
  }
}
