import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { changeRecord } from '../../../commands/records/change-record.js';
import { createRecord } from '../../../commands/records/create-record.js';
import { courseCategory, MOST_CATEGORIES } from '../../../domain/resources/course-category.js';
import { categories } from '../../../projections/catalog/queries.js';
import type { HttpServices } from '../../http-services.js';
import type { Wordings } from '../../refusals/wording.js';
import { accountOf } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import type { UploadBudget } from '../../uploads/picture-upload.js';
import { removeNow } from '../../uploads/removed-file.js';
import { adminsOnly } from '../callers.js';
import { CharField, FileField } from '../fields.js';
import { FORM_OR_JSON, formHooks, picture } from '../forms.js';
import { NON_FIELD_ERRORS } from '../surface.js';
import { iconField } from './files.js';
import { presentCategory } from './presenter.js';
import { Category } from './schemas.js';

const tags = ['EduPro: course categories'];
const NUMBER = /^[0-9]{1,15}$/;

const Body = Type.Object({ name: CharField(100), icon: Type.Optional(FileField('JPG or PNG, at most 2 MB')) });
const PartialBody = Type.Partial(Body);

const refusals: Wordings = {
  'record-value-taken': { status: 400, field: 'name', message: 'course category with this name already exists.' },
  'record-limit-reached': { status: 400, field: NON_FIELD_ERRORS, message: `There are at most ${MOST_CATEGORIES} course categories.` },
};

const fieldsOf = <Sent extends Static<typeof PartialBody>>({ icon, ...fields }: Sent) => ({ ...fields, ...(icon === undefined ? {} : { iconFile: icon }) });

const byName = new Intl.Collator('en', { numeric: true });

/** A category of the document's number, as it is after the change. */
const update = async (
  services: HttpServices,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  number: string,
  sent: Static<typeof PartialBody>,
): Promise<Static<typeof Category>> => {
  const { readModels, files } = services;
  const category = NUMBER.test(number) ? await categories.byNumber(readModels, Number(number)) : undefined;
  if (category === undefined) throw notFound('category');
  const { id: recordId, fields } = category;
  await runner(services)(request, reply, changeRecord(courseCategory), { actor: accountOf(request), recordId, scope: 'all', fields: fieldsOf(sent) });
  if (sent.icon !== undefined && fields.iconFile !== undefined) await removeNow(files, fields.iconFile);
  return shown(services, recordId);
};

const shown = async ({ readModels, config }: HttpServices, recordId: string): Promise<Static<typeof Category>> => {
  const category = await categories.byId(readModels, recordId);
  if (category === undefined) throw notFound('category');
  return presentCategory(category, config.publicUrl);
};

/** `budget`: of pictures. */
export const categoryRoutes =
  (services: HttpServices, budget: UploadBudget): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels, config } = services;
    const hooks = formHooks(services, { texts: ['name'], files: [picture(services, budget, iconField)] });
    const writing = { ...adminsOnly, reads: ['courseCategory'], rule: 'admin', multipart: true, idempotent: false } as const;

    app.post(
      '/course/category/create/',
      {
        schema: { tags, summary: 'Create course category (2.1)', consumes: FORM_OR_JSON, body: Body, response: { 201: Category } },
        config: { ...writing, refusals: { ...refusals, forbidden: [403, { user: 'User is not a teacher' }] } },
        ...hooks,
      },
      async (request, reply) => {
        const { recordId } = await run(request, reply, createRecord(courseCategory), { actor: accountOf(request), fields: fieldsOf(request.body) });
        return reply.code(201).send(await shown(services, recordId));
      },
    );

    app.get(
      '/course/category/list/',
      {
        schema: { tags, summary: 'List course categories (2.2)', description: `By name; there are at most ${MOST_CATEGORIES}.`, response: { 200: Type.Array(Category) } },
        config: { access: 'public', reads: ['courseCategory'] },
      },
      async () => {
        const found = await categories.all(readModels, {});
        return found.map((category) => presentCategory(category, config.publicUrl)).toSorted((one, other) => byName.compare(one.name, other.name));
      },
    );

    const params = Type.Object({ category_id: Type.String({ maxLength: 200 }) });
    for (const [method, body] of [['PUT', Body], ['PATCH', PartialBody]] as const) {
      app.route({
        method,
        url: '/course/category/update/:category_id',
        schema: { tags, summary: 'Update course category (2.3)', consumes: FORM_OR_JSON, params, body, response: { 200: Category, ...problems(404) } },
        config: { ...writing, refusals },
        ...hooks,
        handler: (request, reply) => update(services, { request, reply }, request.params.category_id, request.body),
      });
    }
  };
