import { Packr } from 'msgpackr';
import type { Document } from '../../../ports/read-models.js';
import type { ControlDatabase } from './control-database.js';

type Structures = object[];

// Field names, unlike ids and dates used as keys, appear again in every document.
const FIELD_NAME = /^[A-Za-z_$][A-Za-z_$]{0,39}$/;

export class DocumentCodec {
  readonly #packer: Packr;

  constructor(control: ControlDatabase, collection: number) {
    // `structures` is absent: msgpackr would take its own list for the stored one and fail to read later shapes.
    const options = {
      maxSharedStructures: 32,
      getStructures: (): Structures => control.get<Structures>('structures', collection) ?? [],
      saveStructures: (structures: Structures): void => control.put([...structures], 'structures', collection),
      shouldShareStructure: (keys: string[]): boolean => keys.length <= 100 && keys.every((key) => FIELD_NAME.test(key)),
    };
    this.#packer = new Packr(options);
  }

  /** Call within a write transaction: a new shape is stored with the document. */
  encode(document: Document): Buffer {
    return this.#packer.pack(document);
  }

  // This class encodes nothing but documents.
  decode(bytes: Uint8Array): Document {
    return this.#packer.unpack(bytes) as Document;
  }
}
