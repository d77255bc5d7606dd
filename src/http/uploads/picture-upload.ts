import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FileStore } from '../../ports/file-store.js';
import { keepPicture, type PictureField } from './picture-store.js';
import { readForm } from './multipart-form.js';

const keptBy = ({ body }: FastifyRequest, field: string): string | undefined => {
  const kept: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
  return typeof kept === 'string' ? kept : undefined;
};

const isRefusal = (status: number): boolean => status >= 400 && status < 500;

/**
 * Hooks of a route that takes a form with a picture. The picture is stored as it comes in, before the route's command, and
 * removed when the request is refused. After a server error it stays: the account may have it.
 */
export const pictureUpload = (files: FileStore, field: PictureField, texts: readonly string[] = []) => ({
  preValidation: async (request: FastifyRequest): Promise<void> => {
    const form: Record<string, string> = {};
    request.body = form;
    await readForm(request, form, { texts, file: { name: field.name, keep: (content) => keepPicture(files, field, content) } });
  },
  onSend: async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const key = isRefusal(reply.statusCode) ? keptBy(request, field.name) : undefined;
    if (key !== undefined) await files.delete(key);
  },
});
