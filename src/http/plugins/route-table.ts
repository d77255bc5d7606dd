import type { FastifyInstance, RouteOptions } from 'fastify';
import type { ProjectionName } from '../../projections/index.js';
import type { Surfaces } from '../shared/surface.js';

interface KnownRoute {
  readonly url: string;
  readonly pattern: RegExp;
  readonly methods: readonly string[];
}

const parametersIn = (url: string): number => url.split('/:').length - 1;

const patternOf = (url: string): RegExp => {
  const parts = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('/').replace(/\/$/, '')}/?$`);
};

/**
 * Watches routes as they are registered: stops the start when one has no config.access, gives a route its surface's reads by
 * default, and knows a path's methods.
 */
export class RouteTable {
  readonly #routes: RouteOptions[] = [];
  #known: readonly KnownRoute[] | undefined;

  constructor(app: FastifyInstance, surfaces: Surfaces) {
    app.addHook('onRoute', (route) => {
      const surface = surfaces.at(route.url);
      route.config = { ...route.config, surface, reads: route.config?.reads ?? surface.reads };
      this.#routes.push(route);
    });
    app.addHook('onReady', async () => this.#assertAccess());
  }

  /** The read models that log-in, cart and payment need. */
  get vitalReads(): ReadonlySet<ProjectionName> {
    return new Set(this.#routes.flatMap(({ config }) => (config?.vital === true ? (config.reads ?? []) : [])));
  }

  methodsOf(path: string): readonly string[] {
    this.#known ??= this.#routes
      .filter(({ url, method }) => !url.includes('*') && method !== 'OPTIONS')
      .map(({ url, method }) => ({ url, pattern: patternOf(url), methods: [method].flat() }));
    const matching = this.#known.filter(({ pattern }) => pattern.test(path));
    // Of /things/search and /things/:id, which both match, the document means the first.
    const fewest = Math.min(...matching.map(({ url }) => parametersIn(url)));
    return [...new Set(matching.filter(({ url }) => parametersIn(url) === fewest).flatMap(({ methods }) => methods))];
  }

  #assertAccess(): void {
    const open = this.#routes.filter(({ config, method }) => config?.access === undefined && method !== 'OPTIONS');
    if (open.length === 0) return;
    throw new Error(`No config.access: ${open.map(({ method, url }) => `${String(method)} ${url}`).join(', ')}`);
  }
}

const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** True for methods that may change something; the others are spared the hooks for that. */
export const takesBody = ({ method }: RouteOptions): boolean => [method].flat().some((name) => !BODILESS.has(name));

/** For plugins of others, whose routes have no config.access. */
export const allRoutesPublic = (app: FastifyInstance): void => {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: 'public', reads: [] };
  });
};
