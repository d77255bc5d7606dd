export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A picture without what does not belong into it. */
export interface CutPicture extends Size {
  readonly content: Buffer;
}

/** Cuts a picture of one format; undefined, or a RangeError, where it is not whole. */
export type Cut = (picture: Buffer) => CutPicture | undefined;

// More than the one note of an orientation, in any format.
const ROOM = 64;

/** What is kept of a picture, in one piece of memory, however many parts it comes in. */
export class KeptBytes {
  readonly #picture: Buffer;
  readonly #kept: Buffer;
  #length = 0;

  constructor(picture: Buffer) {
    this.#picture = picture;
    this.#kept = Buffer.alloc(picture.length + ROOM);
  }

  get length(): number {
    return this.#length;
  }

  /** Bytes of the picture; a RangeError where it has not got them. */
  keep(start: number, end: number): void {
    if (end > this.#picture.length || end < start) throw new RangeError('the picture ends too early');
    this.#length += this.#picture.copy(this.#kept, this.#length, start, end);
  }

  add(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#kept.length) throw new RangeError('there is no room for this');
    this.#kept.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  whole(): Buffer {
    return this.#kept.subarray(0, this.#length);
  }
}
