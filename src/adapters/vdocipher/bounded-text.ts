/** The body as text. Rejects, and reads no further, when it is longer than so many bytes. */
export const boundedText = async ({ body }: Response, mostBytes: number): Promise<string> => {
  if (body === null) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};
