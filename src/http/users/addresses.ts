import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Static } from 'typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { derivedContext } from '../../commands/context.js';
import { saveAddress } from '../../commands/accounts/save-address.js';
import { removeAddress } from '../../commands/accounts/remove-address.js';
import { addressesOf } from '../../projections/addresses/queries.js';
import type { HttpServices } from '../http-services.js';
import { accountOf } from '../shared/access.js';
import { contextOf } from '../shared/command-context.js';
import { invalidField, Problem, problems } from '../shared/problem.js';
import { answerWhenVisible } from '../shared/answer-when-visible.js';
import { runner } from '../shared/run.js';
import { success, User } from './answers.js';
import { currentUser } from './current-user.js';
import { Address, Id } from './schemas.js';
import { TOKEN_COOKIE } from './token-cookie.js';

const tags = ['Users: addresses'];
const MOST_ADDRESSES = 50;

const fieldsOf = ({ _id, zipCode, ...fields }: Static<typeof Address>) => ({
  ...fields,
  ...(zipCode === undefined ? {} : { zipCode: String(zipCode) }),
});

const bookIsFull = (): Problem => new Problem(400, 'address-book-full', `An address book has at most ${MOST_ADDRESSES} addresses.`);

export const addressRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { commands, readModels } = services;
    const answer = { 200: success({ user: User }), ...problems(404) };

    const change = async (request: FastifyRequest, reply: FastifyReply, address: Static<typeof Address>, addressId: string): Promise<void> => {
      const input = { accountId: accountOf(request).accountId, addressId, fields: fieldsOf(address) };
      await run(request, reply, saveAddress, input, (changed) => {
        if (!changed.ok && changed.rejection === 'address-not-found') throw invalidField('_id', 'is none of your addresses');
        return changed;
      });
    };

    const add = async (request: FastifyRequest, reply: FastifyReply, address: Static<typeof Address>): Promise<void> => {
      const { accountId } = accountOf(request);
      if ((await addressesOf(readModels, accountId)).length >= MOST_ADDRESSES) throw bookIsFull();
      const { addressId } = await run(request, reply, saveAddress, { accountId, fields: fieldsOf(address) });
      const place = (await addressesOf(readModels, accountId)).findIndex((known) => known.addressId === addressId);
      if (place < MOST_ADDRESSES) return;
      // Of several that were added at once, those that found no place go again.
      const context = derivedContext(contextOf(request), 'no-place');
      await answerWhenVisible(services, reply, await removeAddress(commands)({ accountId, addressId }, context));
      throw bookIsFull();
    };

    app.put(
      '/update-user-addresses',
      {
        schema: {
          tags,
          summary: 'Update user addresses',
          description: `With _id that address is changed, what is absent stays; without, one is added, up to ${MOST_ADDRESSES}.`,
          body: Address,
          response: answer,
        },
        config: { access: 'account', tokenCookie: TOKEN_COOKIE },
      },
      async (request, reply) => {
        const { body } = request;
        await (body._id === undefined ? add(request, reply, body) : change(request, reply, body, body._id));
        return { success: true as const, message: 'The address was kept.', user: await currentUser(services, request) };
      },
    );

    app.delete(
      '/delete-user-address/:id',
      {
        schema: { tags, summary: 'Delete user address', params: Id, response: answer },
        config: { access: 'account', tokenCookie: TOKEN_COOKIE },
      },
      async (request, reply) => {
        const input = { accountId: accountOf(request).accountId, addressId: request.params.id };
        await run(request, reply, removeAddress, input);
        return { success: true as const, message: 'The address was deleted.', user: await currentUser(services, request) };
      },
    );
  };
