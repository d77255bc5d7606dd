import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FileStore } from '../../ports/file-store.js';
import { keepAvatar } from './avatar-store.js';
import { readForm } from './multipart-form.js';

const AVATAR = 'avatar';

const keptBy = ({ body }: FastifyRequest): string | undefined =>
  typeof body === 'object' && body !== null && AVATAR in body && typeof body.avatar === 'string' ? body.avatar : undefined;

const isRefusal = (status: number): boolean => status >= 400 && status < 500;

/**
 * Hooks of a route that takes a form with a picture. The picture is stored as it comes in, before the route's command, and
 * removed when the request is refused. After a server error it stays: the account may have it.
 */
export const avatarUpload = (files: FileStore, texts: readonly string[]) => ({
  preValidation: async (request: FastifyRequest): Promise<void> => {
    const form: Record<string, string> = {};
    request.body = form;
    await readForm(request, form, { texts, file: { name: AVATAR, keep: (content) => keepAvatar(files, content) } });
  },
  onSend: async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const key = isRefusal(reply.statusCode) ? keptBy(request) : undefined;
    if (key !== undefined) await files.delete(key);
  },
});
