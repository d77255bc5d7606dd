import { EventCodec } from '../domain/event-codec.js';
import type { DomainEvent } from '../domain/events.js';

/** Gives events as they were written, in the version that their metadata names: a copy must not upcast them. */
export class PassThroughCodec extends EventCodec {
  override decode(type: string, _version: number, data: object): DomainEvent {
    return super.decode(type, this.versionOf(type), data);
  }
}
