import { Packr } from 'msgpackr';
import type { StoredEvent } from './stored-event.js';

/** Each shape of object (its keys in order) is written once and then referred to by number. */
export type Shape = readonly string[];

/** Objects of shapes beyond this number carry their keys with them. */
const MAX_SHAPES = 4_096;

const isShape = (structure: object): structure is Shape => Array.isArray(structure);

const copied = (shapes: readonly Shape[]): string[][] => shapes.map((keys) => [...keys]);

/** The bytes of the log: msgpack records. Needs the shapes that the log was written with. */
export class LogEncoding {
  readonly packr: Packr;
  #newShapes: readonly Shape[] | undefined;

  constructor(shapes: readonly Shape[]) {
    // The shapes come from these callbacks and not as `structures`: otherwise msgpackr can't read ids of two bytes, which begin
    // at the 33rd shape.
    this.packr = new Packr({
      maxSharedStructures: MAX_SHAPES,
      getStructures: () => copied(shapes),
      saveStructures: (structures) => {
        this.#newShapes = structures.filter(isShape);
      },
    });
  }

  /** The bytes stay valid: later calls do not reuse them. */
  encode(event: StoredEvent): Uint8Array {
    return this.packr.pack(event);
  }

  /** All shapes, if there are new ones since the last call; to be written in the transaction of the events. */
  takeNewShapes(): readonly Shape[] | undefined {
    const shapes = this.#newShapes;
    this.#newShapes = undefined;
    return shapes === undefined ? undefined : copied(shapes);
  }
}
