import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpServices } from '../http-services.js';
import { keepDocument, type DocumentField } from '../uploads/document-store.js';
import { readForm, type FileField } from '../uploads/multipart-form.js';
import { keepPicture, type PictureField } from '../uploads/picture-store.js';
import type { UploadBudget } from '../uploads/picture-upload.js';
import { keepVideo, MAX_VIDEO_BYTES, type VideoField } from '../uploads/video-store.js';

/** A file of a form, as a route names it. */
export type KeptFile = (request: FastifyRequest) => FileField;

type Services = Pick<HttpServices, 'files'>;

/** A picture of a form. */
export const picture =
  ({ files }: Services, budget: UploadBudget, field: PictureField): KeptFile =>
  (request) => ({ name: field.name, keep: (content) => keepPicture(files, field, content, budget(request)) });

/** A video of a form: `mostBytes: MOST_BYTES_OF_VIDEO_FORM` for its hooks, and a budget of VIDEO_BYTES_PER_ADDRESS. */
export const video =
  ({ files }: Services, budget: UploadBudget, field: VideoField): KeptFile =>
  (request) => ({ name: field.name, keep: (content) => keepVideo(files, field, content, budget(request)) });

/** A document of a form, of PDF, Word or PowerPoint. */
export const document =
  ({ files }: Services, budget: UploadBudget, field: DocumentField): KeptFile =>
  (request) => ({ name: field.name, keep: (content, filename) => keepDocument(files, field, content, budget(request), filename) });

/** Above the most of each file, so that the field's own sentence tells of one that is too large. */
export const MOST_BYTES_OF_VIDEO_FORM = MAX_VIDEO_BYTES + 1_048_576;

const isForm = ({ headers }: FastifyRequest): boolean => headers['content-type']?.toLowerCase().startsWith('multipart/') === true;

const keptIn = ({ body }: FastifyRequest, names: readonly string[]): readonly string[] => {
  if (typeof body !== 'object' || body === null) return [];
  return names.flatMap((name) => {
    const kept: unknown = Reflect.get(body, name);
    return typeof kept === 'string' ? [kept] : [];
  });
};

/**
 * Hooks of a route that takes JSON, or a form with files: `{ ...formHooks(services, { texts: ['title'], files: [picture(...)] }) }`. A file
 * is stored as it comes in and its key becomes the field's value; a refused request leaves none. After a server error they stay: the
 * change may have been made.
 */
export const formHooks = (
  { files: store }: Services,
  { texts, files, mostBytes }: { readonly texts: readonly string[]; readonly files: readonly KeptFile[]; readonly mostBytes?: number },
) => ({
  preValidation: async (request: FastifyRequest): Promise<void> => {
    if (!isForm(request)) return;
    if (mostBytes !== undefined) request.server.patience.forUpload(request.raw);
    const form: Record<string, string> = {};
    request.body = form;
    const fields = files.map((file) => file(request));
    await readForm(request, form, { texts, files: fields, isLenient: true, ...(mostBytes === undefined ? {} : { mostBytes }) });
  },
  onSend: async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (!isForm(request) || reply.statusCode < 400 || reply.statusCode >= 500) return;
    const names = files.map((file) => file(request).name);
    for (const key of keptIn(request, names)) await store.delete(key);
  },
});

export const FORM_OR_JSON = ['multipart/form-data', 'application/json'];
