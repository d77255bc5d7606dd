import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpServices } from '../http-services.js';
import { tooManyRequests } from '../plugins/rate-limits.js';
import { WindowCounter, type Limit } from '../plugins/window-counter.js';
import { callerNetwork } from '../shared/caller-network.js';
import { keepPicture, type CountBytes, type PictureField } from './picture-store.js';
import { readForm } from './multipart-form.js';
import { removeNow } from './removed-file.js';

const keptBy = ({ body }: FastifyRequest, field: string): string | undefined => {
  const kept: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
  return typeof kept === 'string' ? kept : undefined;
};

type Services = Pick<HttpServices, 'files' | 'commands' | 'config' | 'caches'>;
export type UploadBudget = (request: FastifyRequest) => CountBytes;

/** Of all routes together: ten to twenty large pictures from one address in an hour. */
const BYTES_PER_ADDRESS: Limit = { max: 60 * 1_048_576, windowMs: 60 * 60_000 };

/** Of routes that take videos. */
export const VIDEO_BYTES_PER_ADDRESS: Limit = { max: 2_048 * 1_048_576, windowMs: 60 * 60_000 };

/** Counts what each client address uploads, refused or not, while it comes in. Services are exempt. */
export const uploadBudget = ({ commands: { clock }, config, caches }: Services, limit = BYTES_PER_ADDRESS): UploadBudget => {
  const counter = new WindowCounter(limit, caches.share('counters'));
  return (request) => (bytes) => {
    if (!config.rateLimit || request.isService) return;
    const waitMs = counter.take(callerNetwork(request.ip), clock.now(), bytes);
    if (waitMs > 0) throw tooManyRequests(waitMs);
  };
};

const isRefusal = (status: number): boolean => status >= 400 && status < 500;

/**
 * Hooks of a route that takes a form with a picture. The picture is stored as it comes in, before the route's command, and
 * removed when the request is refused. After a server error it stays: the account may have it.
 */
export const pictureUpload = ({ files }: Services, budget: UploadBudget, field: PictureField, texts: readonly string[] = []) => ({
  preValidation: async (request: FastifyRequest): Promise<void> => {
    const form: Record<string, string> = {};
    request.body = form;
    await readForm(request, form, { texts, files: [{ name: field.name, keep: (content) => keepPicture(files, field, content, budget(request)) }] });
  },
  onSend: async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const key = isRefusal(reply.statusCode) ? keptBy(request, field.name) : undefined;
    if (key !== undefined) await removeNow(files, key);
  },
});
