import { Packr } from 'msgpackr';
import type { Document } from '../../../ports/read-models.js';
import type { ControlDatabase } from './control-database.js';

type Structures = object[];

// Names of fields, unlike ids and dates used as keys, come again in every document.
const FIELD_NAME = /^[A-Za-z_$][A-Za-z_$]{0,39}$/;

/** Documents of one collection as MessagePack records: the shapes are kept once for all of them. */
export class DocumentCodec {
  readonly #packer: Packr;

  constructor(control: ControlDatabase, collection: number) {
    // Without `structures`: given both, msgpackr takes its own list for the kept one and can't read later shapes again.
    const options = {
      maxSharedStructures: 32,
      getStructures: (): Structures => control.get<Structures>('structures', collection) ?? [],
      saveStructures: (structures: Structures): void => control.put([...structures], 'structures', collection),
      shouldShareStructure: (keys: string[]): boolean => keys.length <= 100 && keys.every((key) => FIELD_NAME.test(key)),
    };
    this.#packer = new Packr(options);
  }

  /** Only within a write transaction: a new shape is kept with the document. */
  encode(document: Document): Buffer {
    return this.#packer.pack(document);
  }

  // What was encoded by this class was a document.
  decode(bytes: Uint8Array): Document {
    return this.#packer.unpack(bytes) as Document;
  }
}
