import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { changePackage, createPackage, deletePackage } from '../../../commands/packages/catalog.js';
import { PackageType } from '../../../domain/package-catalog/events.js';
import type { HttpServices } from '../../http-services.js';
import type { Wordings } from '../../refusals/wording.js';
import { Problem, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Answer, answer, Gone, gone } from '../answers.js';
import { adminsOnly } from '../callers.js';
import { inUrl } from '../fields.js';
import { limits } from '../limits.js';
import { presentPackage } from './presenter.js';
import { knownPackage, NO_SUCH_PACKAGE } from './reads.js';
import { levelSentence } from './sentences.js';
import { Package, PackageBody } from './schemas.js';

const tags = ['Academy: packages'];

const refusals: Wordings = {
  'package-not-found': [404, NO_SUCH_PACKAGE],
  'package-name-taken': [400, 'Nama package sudah digunakan'],
  'too-many-packages': { status: 400 },
};

const isType = (text: string): text is PackageType => PackageType.enum.some((type) => type === text);

const typeIn = (text: string): PackageType => {
  if (!isType(text)) throw new Problem(400, 'package-type-unknown', `Tipe package tidak valid. Pilih salah satu dari: ${PackageType.enum.join(', ')}`);
  return text;
};

const isEmpty = (text: string | null | undefined): text is undefined | null | '' => (text ?? '').trim() === '';

export const packageChangeRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;
    const config = { ...adminsOnly, reads: ['packages'], limits: { areas: [limits.browsing] }, refusals } as const;

    app.post(
      '/packages',
      { schema: { tags, summary: 'Create a package (3)', body: PackageBody, response: { 201: Answer(Package) } }, config },
      async (request, reply) => {
        const { name, type, price } = request.body;
        if (isEmpty(name) || isEmpty(type) || typeof price !== 'number') throw new Problem(400, 'package-incomplete', 'Nama, tipe, dan harga package wajib diisi');
        const { packageId } = await run(request, reply, createPackage, { name, type: typeIn(type), price });
        return reply.code(201).send(answer(presentPackage(await knownPackage(readModels, packageId)), 'Package berhasil dibuat'));
      },
    );

    app.put(
      '/packages/:id',
      {
        schema: { tags, summary: 'Change a package (3)', description: 'An empty name or type is ignored, and so is null.', params: inUrl('id'), body: PackageBody, response: { 200: Answer(Package), ...problems(404) } },
        config,
      },
      async (request, reply) => {
        const { id: packageId } = request.params;
        const { name, type, price } = request.body;
        await knownPackage(readModels, packageId);
        const changes = { ...(isEmpty(name) ? {} : { name }), ...(isEmpty(type) ? {} : { type: typeIn(type) }), ...(typeof price === 'number' ? { price } : {}) };
        await run(request, reply, changePackage, { packageId, ...changes }, levelSentence);
        return answer(presentPackage(await knownPackage(readModels, packageId)), 'Package berhasil diperbarui');
      },
    );

    app.delete(
      '/packages/:id',
      {
        schema: { tags, summary: 'Delete a package (3)', description: 'Payments keep what they were made for.', params: inUrl('id'), response: { 200: Gone, ...problems(404) } },
        config,
      },
      async (request, reply) => {
        await run(request, reply, deletePackage, { packageId: request.params.id });
        return gone('Package berhasil dihapus');
      },
    );
  };
