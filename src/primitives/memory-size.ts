/** Rough figures of V8 on 64 bits: an object with its hidden class apart, a field or element, a node of a persistent map. */
const OBJECT_BYTES = 32;
const SLOT_BYTES = 8;
const STRING_BYTES = 20;
const MAP_ENTRY_BYTES = 120;
const DEEPEST = 6;
/** Longer lists are judged by their first items: an estimate must not cost more than what it is for. */
const SAMPLE = 16;

/** A persistent map, which this folder does not know: it has a size and a first value. */
const isSized = (value: object): value is { readonly size: number; first(): unknown } =>
  'size' in value && typeof value.size === 'number' && 'first' in value && typeof value.first === 'function';

const sizeOfMany = (values: readonly unknown[], depth: number): number => {
  let bytes = OBJECT_BYTES + SLOT_BYTES * values.length;
  const sampled = Math.min(values.length, SAMPLE);
  let sample = 0;
  for (let index = 0; index < sampled; index += 1) sample += sizeAt(values[index], depth);
  if (sampled > 0) bytes += (sample / sampled) * values.length;
  return bytes;
};

const sizeAt = (value: unknown, depth: number): number => {
  if (typeof value === 'string') return STRING_BYTES + value.length;
  if (typeof value === 'bigint') return OBJECT_BYTES;
  if (typeof value !== 'object' || value === null || depth === DEEPEST) return 0;
  if (ArrayBuffer.isView(value)) return 3 * OBJECT_BYTES + value.byteLength;
  if (Array.isArray(value)) return sizeOfMany(value, depth + 1);
  if (isSized(value)) return OBJECT_BYTES + value.size * (MAP_ENTRY_BYTES + sizeAt(value.first(), depth + 1));
  return sizeOfMany(Object.values(value), depth + 1);
};

/** About how many bytes a JSON-like value takes in memory, persistent maps included. Long lists are estimated from their start. */
export const memorySizeOf = (value: unknown): number => Math.round(sizeAt(value, 0));
