import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { accountById } from '../../projections/accounts/queries.js';
import { userAddress } from '../../domain/resources/user-address.js';
import { recordQueries } from '../../projections/kernel/record-queries.js';
import type { HttpServices } from '../http-services.js';
import { accountOf } from '../shared/access.js';
import { notFound } from '../shared/problem.js';
import { presentUser } from './presenter.js';
import type { User } from './schemas.js';

const addressBook = recordQueries(userAddress);

export const currentUser = async ({ readModels, config }: HttpServices, request: FastifyRequest): Promise<Static<typeof User>> => {
  const { accountId } = accountOf(request);
  const [account, addresses] = await Promise.all([accountById(readModels, accountId), addressBook.all(readModels, { ownerId: accountId })]);
  if (account === undefined) throw notFound('user');
  return presentUser(account, addresses, config.publicUrl);
};
