import { join, relative, resolve } from 'node:path';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';

export const ControlRequest = Type.Object({
  program: Type.String(),
  args: Type.Array(Type.String()),
  operator: Type.String(),
});
export type ControlRequest = Static<typeof ControlRequest>;

const ControlAnswer = Type.Union([Type.Object({ line: Type.String() }), Type.Object({ exitCode: Type.Integer() }), Type.Object({ failure: Type.String() })]);
export type ControlAnswer = Static<typeof ControlAnswer>;

const requests = Compile(ControlRequest);
const answers = Compile(ControlAnswer);

export const printed = (message: ControlRequest | ControlAnswer): string => `${JSON.stringify(message)}\n`;
export const requestOf = (line: string): ControlRequest => requests.Parse(JSON.parse(line));
export const answerOf = (line: string): ControlAnswer => answers.Parse(JSON.parse(line));

/** The longest name of a socket that every system allows. */
const LONGEST_NAME = 100;

export const socketFolder = (dataDirectory: string): string => join(resolve(dataDirectory), 'control');

/** Null where the name would be too long. */
export const socketPath = (dataDirectory: string): string | null => {
  const whole = join(socketFolder(dataDirectory), 'socket');
  const fromHere = relative(process.cwd(), whole);
  const shorter = fromHere.length < whole.length ? fromHere : whole;
  return Buffer.byteLength(shorter) > LONGEST_NAME ? null : shorter;
};
