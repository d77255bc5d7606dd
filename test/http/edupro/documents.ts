import type { Part } from '../users/form.js';

/** A part of a ZIP archive, not compressed. */
const zipPart = (name: string, text: string): Buffer => {
  const header = Buffer.alloc(30);
  header.write('PK\u0003\u0004', 'latin1');
  header.writeUInt16LE(20, 4);
  header.writeUInt32LE(text.length, 18);
  header.writeUInt32LE(text.length, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name + text, 'latin1')]);
};

const zipOf = (...parts: readonly (readonly [name: string, text: string])[]): Buffer => Buffer.concat(parts.map(([name, text]) => zipPart(name, text)));

const contentTypes = (type: string): readonly [string, string] => [
  '[Content_Types].xml',
  `<?xml version="1.0"?><Types><Override PartName="/main.xml" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`,
];

/** The container of Word and PowerPoint up to 2003. */
const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);

/** The beginnings of documents, which tell what they are. */
export const documents = {
  pdf: Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n<<>>\nendobj\n', 'latin1'),
  docx: zipOf(contentTypes('wordprocessingml.document'), ['word/document.xml', '<w/>']),
  pptx: zipOf(contentTypes('presentationml.presentation'), ['ppt/presentation.xml', '<p/>']),
  doc: compound,
  ppt: compound,
} as const;

/** As some programs write them: what is in it stands at the end, beyond the bytes that tell the kind of other files. */
export const lateDocx = zipOf(['docProps/core.xml', 'a'.repeat(9_000)], ['word/document.xml', 'b'.repeat(90_000)], contentTypes('wordprocessingml.document'));
export const latePptx = zipOf(['docProps/core.xml', 'a'.repeat(9_000)], ['ppt/presentation.xml', 'b'.repeat(90_000)], contentTypes('presentationml.presentation'));

export const xlsx = zipOf(contentTypes('spreadsheetml.sheet'), ['xl/workbook.xml', '<x/>']);
export const archive = zipOf(['notes.txt', 'word/document.xml is not in here']);

export const documentPart = (content: Uint8Array, filename: string): Part => ({ content, filename, type: 'application/octet-stream' });
