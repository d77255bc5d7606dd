import type { FastifyInstance, RouteOptions } from 'fastify';
import type { ProjectionName } from '../../projections/index.js';
import type { Surfaces } from '../shared/surface.js';

interface KnownRoute {
  readonly pattern: RegExp;
  readonly methods: readonly string[];
}

const patternOf = (url: string): RegExp => {
  const parts = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('/').replace(/\/$/, '')}/?$`);
};

/**
 * All routes as they are registered: stops the start when one does not say who may call it, lets a route read what its
 * surface reads unless it says what, and knows a path's methods.
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

  /** The read models without which nobody can log in, fill a cart or pay. */
  get vitalReads(): ReadonlySet<ProjectionName> {
    return new Set(this.#routes.flatMap(({ config }) => (config?.vital === true ? (config.reads ?? []) : [])));
  }

  /** The methods that a concrete path answers. */
  methodsOf(path: string): readonly string[] {
    this.#known ??= this.#routes
      .filter(({ url, method }) => !url.includes('*') && method !== 'OPTIONS')
      .map(({ url, method }) => ({ pattern: patternOf(url), methods: [method].flat() }));
    return [...new Set(this.#known.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods))];
  }

  #assertAccess(): void {
    const open = this.#routes.filter(({ config, method }) => config?.access === undefined && method !== 'OPTIONS');
    if (open.length === 0) return;
    throw new Error(`No config.access: ${open.map(({ method, url }) => `${String(method)} ${url}`).join(', ')}`);
  }
}

const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether it may change something: hooks for that are spared to those that only read. */
export const takesBody = ({ method }: RouteOptions): boolean => [method].flat().some((name) => !BODILESS.has(name));

/** For plugins of others, whose routes can't say who may call them. */
export const allRoutesPublic = (app: FastifyInstance): void => {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: 'public', reads: [] };
  });
};
