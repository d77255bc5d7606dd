import { fileTypeFromBuffer } from 'file-type';
import type { FileStore } from '../../ports/file-store.js';
import type { CountBytes } from './picture-store.js';
import { keepStreamed, type FileKind, type StreamedField } from './streamed-file.js';

export const MAX_DOCUMENT_BYTES = 20 * 1_048_576;

/** Enough to meet the names of the first parts of an Office file, which some programs write before the list of its contents. */
const TELLING_BYTES_OF_DOCUMENT = 65_536;

const pdf: FileKind = { extension: 'pdf', contentType: 'application/pdf' };
const docx: FileKind = { extension: 'docx', contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' };
const pptx: FileKind = { extension: 'pptx', contentType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation' };
const doc: FileKind = { extension: 'doc', contentType: 'application/msword' };
const ppt: FileKind = { extension: 'ppt', contentType: 'application/vnd.ms-powerpoint' };

const kinds: Readonly<Record<string, FileKind>> = Object.fromEntries([pdf, docx, pptx].map((kind) => [kind.contentType, kind]));

export const DOCUMENT_TYPES: readonly string[] = [pdf, docx, pptx, doc, ppt].map(({ contentType }) => contentType);

/** Of the names that keepDocument gives. */
export const documentTypeOf = (key: string): string | undefined =>
  [pdf, docx, pptx, doc, ppt].find(({ extension }) => key.endsWith(`.${extension}`))?.contentType;

const LOCAL_HEADER = 'PK\u0003\u0004';
const NAME_LENGTH_AT = 26;
const NAME_AT = 30;
const WORD = 'word/';
const POWERPOINT = 'ppt/';

/** How the names of the parts of a ZIP archive begin that begin in these bytes. */
const partsIn = (head: Buffer): readonly string[] => {
  const names: string[] = [];
  for (let at = head.indexOf(LOCAL_HEADER, 0, 'latin1'); at !== -1 && at + NAME_AT <= head.length; at = head.indexOf(LOCAL_HEADER, at + NAME_AT, 'latin1')) {
    const from = at + NAME_AT;
    names.push(head.toString('latin1', from, from + Math.min(WORD.length, head.readUInt16LE(at + NAME_LENGTH_AT))));
  }
  return names;
};

const officeKindOf = (head: Buffer): FileKind | undefined => {
  const parts = partsIn(head);
  if (parts.some((name) => name.startsWith(WORD))) return docx;
  return parts.some((name) => name.startsWith(POWERPOINT)) ? pptx : undefined;
};

/** Word and PowerPoint up to 2003 wrote one container: which of the two it is, only the name of the file says at its start. */
const oldOfficeKindOf = (filename: string): FileKind | undefined => [doc, ppt].find(({ extension }) => filename.toLowerCase().endsWith(`.${extension}`));

const kindOf = async (head: Uint8Array, filename: string): Promise<FileKind | undefined> => {
  const found = await fileTypeFromBuffer(head);
  if (found === undefined) return undefined;
  switch (found.mime) {
    case 'application/zip':
      return officeKindOf(Buffer.from(head));
    case 'application/x-cfb':
      return oldOfficeKindOf(filename);
    default:
      return kinds[found.mime];
  }
};

export type DocumentField = Pick<StreamedField, 'name' | 'folder' | 'sentences'>;

/**
 * Keeps a PDF, Word or PowerPoint file of at most 20 MB under a new key, as it comes in; undefined when an empty one was sent. A refused
 * file leaves nothing. `filename`: as the client calls it.
 */
export const keepDocument = (
  files: FileStore,
  field: DocumentField,
  source: AsyncIterable<Buffer>,
  count: CountBytes,
  filename: string,
): Promise<string | undefined> =>
  keepStreamed(files, { ...field, mostBytes: MAX_DOCUMENT_BYTES, tellingBytes: TELLING_BYTES_OF_DOCUMENT, kindOf: (head) => kindOf(head, filename) }, source, count);
