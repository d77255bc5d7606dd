import type { Surfaces } from './surface.js';

/** A part of the API that has a page of its own at /docs/<name>. */
export interface DocumentedPart {
  readonly name: string;
  readonly title: string;
  readonly holds: (path: string) => boolean;
}

const isBelow = (path: string, base: string): boolean => path === base || path.startsWith(`${base}/`);

/** Paths without a base path of a surface that are no part of the marketplace. */
const OWN_PATHS: Readonly<Record<string, readonly string[]>> = {
  audit: ['/audit'],
  analytics: ['/analytics'],
  operations: ['/operations', '/health'],
};

const TITLES: Readonly<Record<string, string>> = {
  marketplace: 'Marketplace',
  authentication: 'Authentication',
  users: 'Users',
  edupro: 'EduPro',
  academy: 'Academy',
  audit: 'Audit',
  analytics: 'Analytics',
  operations: 'Operations',
};

/** Each path of the API is in one part. */
export const documentedParts = (surfaces: Surfaces): readonly DocumentedPart[] => {
  const partAt = (path: string): string => {
    const own = Object.entries(OWN_PATHS).find(([, bases]) => bases.some((base) => isBelow(path, base)));
    return own?.[0] ?? surfaces.at(path).name;
  };
  const names = new Set([...surfaces.all.map(({ name }) => name), ...Object.keys(OWN_PATHS)]);
  const listed = [...Object.keys(TITLES).filter((name) => names.has(name)), ...[...names].filter((name) => TITLES[name] === undefined)];
  return listed.map((name) => ({ name, title: TITLES[name] ?? name, holds: (path) => partAt(path) === name }));
};
