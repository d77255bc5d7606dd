import { join, relative, resolve } from 'node:path';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';

/** A command line that is carried out in the running server. */
export const ControlRequest = Type.Object({
  program: Type.String(),
  args: Type.Array(Type.String()),
  /** Who asks, as the operating system calls him. */
  operator: Type.String(),
});
export type ControlRequest = Static<typeof ControlRequest>;

const ControlAnswer = Type.Union([Type.Object({ line: Type.String() }), Type.Object({ exitCode: Type.Integer() }), Type.Object({ failure: Type.String() })]);
/** What it prints, line by line; then how it ended. */
export type ControlAnswer = Static<typeof ControlAnswer>;

const requests = Compile(ControlRequest);
const answers = Compile(ControlAnswer);

export const printed = (message: ControlRequest | ControlAnswer): string => `${JSON.stringify(message)}\n`;
export const requestOf = (line: string): ControlRequest => requests.Parse(JSON.parse(line));
export const answerOf = (line: string): ControlAnswer => answers.Parse(JSON.parse(line));

/** The longest name that every system takes for a socket. */
const LONGEST_NAME = 100;

export const socketFolder = (dataDirectory: string): string => join(resolve(dataDirectory), 'control');

/** Null where its name would be too long. */
export const socketPath = (dataDirectory: string): string | null => {
  const whole = join(socketFolder(dataDirectory), 'socket');
  const fromHere = relative(process.cwd(), whole);
  const shorter = fromHere.length < whole.length ? fromHere : whole;
  return Buffer.byteLength(shorter) > LONGEST_NAME ? null : shorter;
};
