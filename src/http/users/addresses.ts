import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Static } from 'typebox';
import type { FastifyRequest } from 'fastify';
import { changeRecord } from '../../commands/records/change-record.js';
import { createRecord } from '../../commands/records/create-record.js';
import { deleteRecord } from '../../commands/records/delete-record.js';
import { userAddress } from '../../domain/resources/user-address.js';
import type { HttpServices } from '../http-services.js';
import { accountOf } from '../shared/access.js';
import { invalidField, Problem, problems } from '../shared/problem.js';
import { runner, type Review } from '../shared/run.js';
import { currentUser } from './current-user.js';
import { Address, Id, succeed, success, User } from './schemas.js';

const tags = ['Users: addresses'];
const EMPTY = { country: null, city: null, address1: null, address2: null, zipCode: null };

const fieldsOf = ({ _id, zipCode, ...fields }: Static<typeof Address>) => ({
  ...fields,
  ...(zipCode === undefined ? {} : { zipCode: String(zipCode) }),
});

const reworded = (unknown: Problem): Review<unknown> => (outcome) => {
  if (outcome.ok) return outcome;
  if (outcome.rejection === 'record-not-found') throw unknown;
  if (outcome.rejection === 'record-reference-missing') throw new Problem(404, 'account-not-found', 'There is no such account.');
  if (outcome.rejection !== 'record-limit-reached') return outcome;
  throw new Problem(400, 'address-book-full', `An address book has at most ${userAddress.most} addresses.`);
};

const notYours = invalidField('_id', 'is none of your addresses');
const notFound = new Problem(404, 'address-not-found', 'There is no such address.');

const targetOf = (request: FastifyRequest, recordId: string) => {
  const actor = accountOf(request);
  return { actor, recordId, scope: actor.accountId };
};

export const addressRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const answer = { 200: success({ user: User }), ...problems(404) };

    app.put(
      '/update-user-addresses',
      {
        schema: {
          tags,
          summary: 'Update user addresses',
          description: `With _id that address is changed, what is absent stays; without, one is added, up to ${userAddress.most}.`,
          body: Address,
          response: answer,
        },
        config: { access: 'account', reads: ['accounts', 'userAddress'], rule: 'owner' },
      },
      async (request, reply) => {
        const { _id } = request.body;
        const fields = fieldsOf(request.body);
        await (_id === undefined
          ? run(request, reply, createRecord(userAddress), { actor: accountOf(request), fields: { ...EMPTY, ...fields } }, reworded(notYours))
          : run(request, reply, changeRecord(userAddress), { ...targetOf(request, _id), fields }, reworded(notYours)));
        return succeed('The address was kept.', { user: await currentUser(services, request) });
      },
    );

    app.delete(
      '/delete-user-address/:id',
      {
        schema: { tags, summary: 'Delete user address', params: Id, response: answer },
        config: { access: 'account', reads: ['accounts', 'userAddress'], rule: 'owner' },
      },
      async (request, reply) => {
        await run(request, reply, deleteRecord(userAddress), targetOf(request, request.params.id), reworded(notFound));
        return succeed('The address was deleted.', { user: await currentUser(services, request) });
      },
    );
  };
