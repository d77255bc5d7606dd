import type { MultipartFile, MultipartValue } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { refusalOfJson } from '../shared/json-shape.js';
import { invalidField, Problem } from '../shared/problem.js';

export interface FormReading {
  readonly texts: readonly string[];
  readonly files?: readonly FileField[];
  /** True: other parts are dropped, and texts left empty count as sent. Absent: other parts are refused, and empty texts count as absent. */
  readonly isLenient?: boolean;
  /** Of one file. */
  readonly mostBytes?: number;
}

export interface FileField {
  readonly name: string;
  /** Gives the form's value for the file; undefined for an empty one. `filename`: as the client calls it. */
  readonly keep: (content: AsyncIterable<Buffer>, filename: string) => Promise<string | undefined>;
}

type Form = Record<string, string>;

const limits = { fields: 40, parts: 46, fieldSize: 16_384, fieldNameSize: 100 };
/** The longest text of a lenient form: 20,000 characters of four bytes. */
const LONGEST_TEXT = 81_920;
const MOST_FILES = 6;

const isClientError = (error: unknown): boolean =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' && error.statusCode < 500;

/** Errors of the form itself, as opposed to errors in storing its file. */
const readable = async function* <Item>(source: () => AsyncIterable<Item>): AsyncGenerator<Item> {
  try {
    yield* source();
  } catch (error) {
    if (isClientError(error)) throw error;
    throw new Problem(400, 'malformed-form', 'The form cannot be read: it is not whole, or its boundary is not the one that is announced.');
  }
};

const put = (form: Form, name: string, value: string): void => {
  if (Object.hasOwn(form, name)) throw invalidField(name, 'was sent twice');
  form[name] = value;
};

/** The parser of forms has parsed parts that are announced as JSON. */
const textOf = (field: string, value: unknown): string => {
  const refusal = refusalOfJson('', value);
  if (refusal !== undefined) throw invalidField(field, refusal);
  return JSON.stringify(value);
};

const takeText = (form: Form, { texts, files = [], isLenient = false }: FormReading, { fieldname, value, valueTruncated }: MultipartValue): void => {
  const isFile = files.some(({ name }) => name === fieldname);
  if (isLenient && !isFile && !texts.includes(fieldname)) return;
  const text = typeof value === 'string' ? value : textOf(fieldname, value);
  if (isFile && text !== '') throw invalidField(fieldname, 'must be a file');
  if (!isFile && !texts.includes(fieldname)) throw invalidField(fieldname, 'is no field of this form');
  if (valueTruncated) throw invalidField(fieldname, 'is too long');
  // The parser of forms puts U+FFFD where bytes are no UTF-8, and takes a part in UTF-16 as it is.
  if (text.includes('\ufffd') || !text.isWellFormed()) throw invalidField(fieldname, 'must be UTF-8');
  if (text !== '' || (isLenient && !isFile)) put(form, fieldname, text);
};

const takeFile = async (form: Form, { files = [], isLenient = false }: FormReading, part: MultipartFile): Promise<void> => {
  const { fieldname, filename } = part;
  const file = files.find(({ name }) => name === fieldname);
  if (file === undefined && isLenient) {
    part.file.resume();
    return;
  }
  if (file === undefined) throw invalidField(fieldname, 'is no file of this form');
  if (Object.hasOwn(form, fieldname)) throw invalidField(fieldname, 'was sent twice');
  const kept = await file.keep(readable<Buffer>(() => part.file), filename);
  if (kept !== undefined) put(form, fieldname, kept);
};

/** Fills the form part by part; earlier parts stay in it when a later one is refused. */
export const readForm = async (request: FastifyRequest, form: Form, reading: FormReading): Promise<void> => {
  if (!request.isMultipart()) throw new Problem(415, 'unsupported-media-type', 'This takes multipart/form-data.');
  try {
    const sizes = { files: MOST_FILES, ...(reading.mostBytes === undefined ? {} : { fileSize: reading.mostBytes }), ...(reading.isLenient === true ? { fieldSize: LONGEST_TEXT } : {}) };
    for await (const part of readable(() => request.parts({ limits: { ...limits, ...sizes } }))) {
      if (part.type === 'file') await takeFile(form, reading, part);
      else takeText(form, reading, part);
    }
  } catch (error) {
    // The rest is read and dropped, so that the client gets to read the answer.
    request.raw.unpipe().resume();
    throw error;
  }
};
