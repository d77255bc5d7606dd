import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { fileLines } from './file-lines.js';
import { reportText } from './report-text.js';
import { readKey } from './signed-note.js';
import { verifyExport } from './verify-export.js';

/** Clean, tampered, could not check. */
export type ExitCode = 0 | 1 | 2;

export const USAGE = 'verify FILE --key VKEY [--key VKEY ...] [--checkpoint FILE ...]';

interface Asked {
  readonly file: string;
  readonly keys: readonly string[];
  readonly checkpoints: readonly string[];
}

/** What a command line asks for; undefined where it makes no sense. */
export const readArguments = (args: readonly string[]): Asked | undefined => {
  const options = { key: { type: 'string', multiple: true }, checkpoint: { type: 'string', multiple: true } } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [file, ...rest] = positionals;
  return file === undefined || rest.length > 0 ? undefined : { file, keys: values.key ?? [], checkpoints: values.checkpoint ?? [] };
};

const verify = async ({ file, keys, checkpoints }: Asked, print: (line: string) => void): Promise<ExitCode> => {
  const read = keys.map((vkey) => ({ vkey, key: readKey(vkey) }));
  const [wrong] = read.filter(({ key }) => key === undefined);
  if (wrong !== undefined) {
    print(`could not check: ${wrong.vkey} is no key`);
    return 2;
  }
  const old = await Promise.all(checkpoints.map(async (name) => ({ name, note: await readFile(name, 'utf8') })));
  const onProgress = (pass: number, events: number): void => print(pass === 1 ? `${events} events` : `pass ${pass} over ${events} events`);
  const report = await verifyExport(() => fileLines(file), { keys: read.flatMap(({ key }) => key ?? []), checkpoints: old, onProgress });
  for (const line of reportText(report)) print(line);
  return report.exitCode;
};

/** Verifies an export with nothing but files; answers the exit code. */
export const verifyFiles = async (args: readonly string[], print: (line: string) => void): Promise<ExitCode> => {
  try {
    const asked = readArguments(args);
    if (asked !== undefined) return await verify(asked, print);
    print(`usage: ${USAGE}`);
  } catch (error) {
    print(`could not check: ${error instanceof Error ? error.message : String(error)}`);
  }
  return 2;
};
