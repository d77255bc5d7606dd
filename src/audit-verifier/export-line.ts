import { canonical, sha256Hex } from './canonical-json.js';
import { leafOf, type NamedEvent } from './merkle-tree.js';
import { isHashOfReplacedText } from './replaced-text.js';

export type Fields = Readonly<Record<string, unknown>>;

export interface ExportedEvent extends NamedEvent {
  readonly index: number;
  readonly previousHash: string | null;
  readonly occurredAt: string;
  readonly data: Fields;
}

/** How an event relates to its own hash. replaced: a store had kept U+FFFD for half a character. withheld: it can't be made again. */
export type OwnHash = 'holds' | 'replaced' | 'withheld' | 'broken';

export type ExportLine =
  | Readonly<{ kind: 'header'; origin: string }>
  | Readonly<{ kind: 'event'; event: ExportedEvent; ownHash: OwnHash; leaf: Buffer }>
  | Readonly<{ kind: 'checkpoint'; note: string }>
  | Readonly<{ kind: 'trailer'; size: number; root: string; note: string | null }>
  | Readonly<{ kind: 'malformed'; reason: string }>;

export const FORMAT = 'registrar-audit/1';

const STREAM = /^(?:payment|coupon)-./su;
const HASH = /^[0-9a-f]{64}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const METADATA = 'actorId,causationId,commandId,correlationId,hash,occurredAt,previousHash,schemaVersion';
/** The only value that an export may leave out. */
const WITHHELD = '["token"]';

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const malformed = (reason: string): ExportLine => ({ kind: 'malformed', reason });

const eventOf = ({ index, stream, revision, id, type, data, metadata }: Fields): ExportedEvent | undefined => {
  if (!isCount(index) || !isCount(revision) || !isObject(data) || !isObject(metadata)) return undefined;
  if (typeof stream !== 'string' || !STREAM.test(stream) || typeof id !== 'string' || typeof type !== 'string') return undefined;
  const { hash, previousHash, occurredAt } = metadata;
  if (typeof hash !== 'string' || !HASH.test(hash) || typeof occurredAt !== 'string' || !TIME.test(occurredAt)) return undefined;
  if (previousHash !== null && typeof previousHash !== 'string') return undefined;
  return { index, stream, revision, id, type, data, hash, previousHash, occurredAt };
};

const readEvent = (text: string, value: Fields, metadata: Fields): ExportLine => {
  const event = eventOf(value);
  if (event === undefined) return malformed('it is no event');
  if (Object.keys(metadata).join() !== METADATA) return malformed('its metadata has other fields');
  const { hash, id, index, revision, stream, type, data } = event;
  const [dataText, metadataText, streamText, idText, typeText] = [canonical(data), canonical(metadata), JSON.stringify(stream), JSON.stringify(id), JSON.stringify(type)];
  const isWithheld = 'withheld' in value;
  const rest = isWithheld ? `,"withheld":${WITHHELD}}` : '}';
  if (text !== `{"data":${dataText},"id":${idText},"index":${index},"metadata":${metadataText},"revision":${revision},"stream":${streamText},"type":${typeText}${rest}`) {
    return malformed('it is not written in the canonical form, or has other fields');
  }
  if (isWithheld && type !== 'PaymentCaptureRequested') return malformed('nothing of it may be withheld');
  const leaf = leafOf(event);
  if (isWithheld) return { kind: 'event', event, leaf, ownHash: 'withheld' };
  // Within a text a quotation mark has a backslash before it: this is the field.
  const hashed = `[${streamText},${revision},${idText},${typeText},${dataText},${metadataText.replace(`"hash":"${hash}",`, '')}]`;
  const holds = sha256Hex(hashed) === hash;
  return { kind: 'event', event, leaf, ownHash: holds ? 'holds' : isHashOfReplacedText(hashed, hash) ? 'replaced' : 'broken' };
};

const readOther = (text: string, value: Fields): ExportLine => {
  if (canonical(value) !== text) return malformed('it is not written in the canonical form');
  const { format, origin, checkpoint, size, root } = value;
  switch (Object.keys(value).join()) {
    case 'format,origin':
      return format === FORMAT && typeof origin === 'string' ? { kind: 'header', origin } : malformed(`its format is not ${FORMAT}`);
    case 'checkpoint':
      return typeof checkpoint === 'string' ? { kind: 'checkpoint', note: checkpoint } : malformed('its checkpoint is no text');
    case 'checkpoint,root,size':
      if (!isCount(size) || typeof root !== 'string' || (checkpoint !== null && typeof checkpoint !== 'string')) return malformed('it is no trailer');
      return { kind: 'trailer', size, root, note: checkpoint };
    default:
      return malformed('it is no line of an export');
  }
};

/** Reads one line, without its line feed. */
export const readLine = (text: string): ExportLine => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return malformed('it is not JSON');
  }
  if (!isObject(value)) return malformed('it is no object');
  return isObject(value['metadata']) ? readEvent(text, value, value['metadata']) : readOther(text, value);
};
