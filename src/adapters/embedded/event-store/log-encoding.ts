import { Packr } from 'msgpackr';
import type { StoredEvent } from './stored-event.js';

/** Each shape of object (its keys in order) is written once and then referred to by number. */
export type Shape = readonly string[];

/** How many shapes are shared; objects of later shapes carry their keys with them. */
const MAX_SHAPES = 4_096;

const isShape = (structure: object): structure is Shape => Array.isArray(structure);

const copied = (shapes: readonly Shape[]): string[][] => shapes.map((keys) => [...keys]);

/** The bytes of the log: msgpack records. It must be given the shapes that the log was written with. */
export class LogEncoding {
  readonly packr: Packr;
  #newShapes: readonly Shape[] | undefined;

  constructor(shapes: readonly Shape[]) {
    // Handed over by these callbacks and not as `structures`: only so does msgpackr read ids of two bytes, which it
    // uses from the 33rd shape on.
    this.packr = new Packr({
      maxSharedStructures: MAX_SHAPES,
      getStructures: () => copied(shapes),
      saveStructures: (structures) => {
        this.#newShapes = structures.filter(isShape);
      },
    });
  }

  /** The bytes stay valid: they are not reused by a later call. */
  encode(event: StoredEvent): Uint8Array {
    return this.packr.pack(event);
  }

  /** All shapes, when there are new ones since the last call: to be written in the same transaction as the events. */
  takeNewShapes(): readonly Shape[] | undefined {
    const shapes = this.#newShapes;
    this.#newShapes = undefined;
    return shapes === undefined ? undefined : copied(shapes);
  }
}
