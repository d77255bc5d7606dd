import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../project-root.js';

export const surfaces = ['marketplace', 'edupro', 'academy', 'authentication', 'users'] as const;
export type ContractSurface = (typeof surfaces)[number];

export interface Endpoint {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly statuses: readonly number[];
}

interface Operation {
  readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>>;
}

/** The part of an OpenAPI document that is held against a contract. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const fixture = async (name: string): Promise<string> => readFile(join(projectRoot, 'test/contract-fixtures', `${name}.json`), 'utf8');

export const endpointsOf = async (surface: ContractSurface): Promise<readonly Endpoint[]> => JSON.parse(await fixture(surface)) as readonly Endpoint[];

/** The ids of endpoints that are still to be built, by surface. */
export const endpointsToCome = async (): Promise<Readonly<Record<ContractSurface, readonly string[]>>> =>
  JSON.parse(await fixture('to-come')) as Readonly<Record<ContractSurface, readonly string[]>>;

/** `/a/:id/` and `/a/{userId}` are both `/a/{}`. */
export const normalised = (path: string): string => path.replaceAll(/\{[^{}]*\}|:[A-Za-z_]\w*/g, '{}').replaceAll(/\/{2,}/g, '/').replace(/(?<=.)\/+$/, '');

const hasBody = (status: number): boolean => status >= 200 && status < 300 && status !== 204 && status !== 205;

/** The parts of an endpoint that the document lacks, in words. */
export const lacks = ({ paths }: ApiDocument, { method, path, statuses }: Endpoint): readonly string[] => {
  const operations = Object.entries(paths)
    .filter(([documented]) => normalised(documented) === normalised(path))
    .flatMap(([, item]) => item[method.toLowerCase()] ?? []);
  if (operations.length === 0) return ['endpoint'];
  return statuses.flatMap((status) => {
    const responses = operations.flatMap((operation) => operation.responses?.[String(status)] ?? []);
    if (responses.length === 0) return [`status ${status}`];
    const isDescribed = responses.some(({ content = {} }) => Object.values(content).some(({ schema = {} }) => Object.keys(schema).length > 0));
    return isDescribed || !hasBody(status) ? [] : [`schema of ${status}`];
  });
};
