import { Buffer } from 'node:buffer';

export interface Part {
  readonly filename?: string;
  readonly type?: string;
  readonly content: Uint8Array | string;
}

const BOUNDARY = '----boundary-of-the-tests';

/** A form as a browser sends it; undefined: left out. */
export const formOf = (
  fields: Readonly<Record<string, string | Part | undefined>> | readonly (readonly [string, string | Part])[],
): { payload: Buffer; contentType: string } => {
  const entries = Array.isArray(fields) ? (fields as readonly (readonly [string, string | Part])[]) : Object.entries(fields);
  const chunks = entries.flatMap(([name, value]): Uint8Array[] => {
    if (value === undefined) return [];
    const part: Part = typeof value === 'string' ? { content: value } : value;
    const filename = part.filename === undefined ? '' : `; filename="${part.filename}"`;
    const type = part.type === undefined ? '' : `\r\nContent-Type: ${part.type}`;
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${filename}${type}\r\n\r\n`;
    return [Buffer.from(head), typeof part.content === 'string' ? Buffer.from(part.content) : part.content, Buffer.from('\r\n')];
  });
  return {
    payload: Buffer.concat([...chunks, Buffer.from(`--${BOUNDARY}--\r\n`)]),
    contentType: `multipart/form-data; boundary=${BOUNDARY}`,
  };
};
