/** A request to the last byte, for load.ts. */
export const rawGet = (path: string): string => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`;

export const rawPost = (path: string, body: object, token?: string): string => {
  const text = JSON.stringify(body);
  const authorization = token === undefined ? '' : `authorization: Bearer ${token}\r\n`;
  return `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n${authorization}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};
