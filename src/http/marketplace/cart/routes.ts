import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { addToCart } from '../../../commands/carts/add-to-cart.js';
import { clearCart } from '../../../commands/carts/clear-cart.js';
import { removeFromCart } from '../../../commands/carts/remove-from-cart.js';
import { cartItemsOf } from '../../../projections/carts/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, type RequestAccount } from '../../shared/access.js';
import { takeableBy } from '../../shared/course-visibility.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { presentCart } from './presenter.js';
import { AddItemBody, Cart, ItemParams, RemoveItemsBody } from './schemas.js';

const common = { tags: ['Cart'] };
const config = { access: 'account', reads: ['carts'], vital: true } as const;

const cartOf = async (services: HttpServices, account: RequestAccount) => {
  const { accountId: userId } = account;
  const items = await cartItemsOf(services.readModels, userId);
  const available = await takeableBy(services, account, items.map(({ course }) => course));
  return presentCart(userId, items.map((item, index) => ({ ...item, available: available[index] === true })));
};

export const cartRoutes = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);

  app.get(
    '/cart',
    { schema: { ...common, summary: 'The cart of the caller', response: { 200: Cart } }, config },
    (request) => cartOf(services, accountOf(request)),
  );

  app.post(
    '/cart/items',
    {
      schema: { ...common, summary: 'Put a course into the cart', body: AddItemBody, response: { 201: Cart, ...problems(403, 404, 409, 422) } },
      config,
    },
    async (request, reply) => {
      const { accountId: userId } = accountOf(request);
      const { courseId } = request.body;
      await run(request, reply, addToCart, { userId, courseId });
      reply.code(201);
      return cartOf(services, accountOf(request));
    },
  );

  app.delete(
    '/cart/items/:courseId',
    { schema: { ...common, summary: 'Take a course out of the cart', params: ItemParams, response: { 200: Cart } }, config },
    async (request, reply) => {
      const { accountId: userId } = accountOf(request);
      const courseIds = [request.params.courseId];
      await run(request, reply, removeFromCart, { userId, courseIds });
      return cartOf(services, accountOf(request));
    },
  );

  app.delete(
    '/cart/items',
    { schema: { ...common, summary: 'Take several courses out of the cart', body: RemoveItemsBody, response: { 200: Cart } }, config },
    async (request, reply) => {
      const { accountId: userId } = accountOf(request);
      const { courseIds } = request.body;
      await run(request, reply, removeFromCart, { userId, courseIds });
      return cartOf(services, accountOf(request));
    },
  );

  app.delete(
    '/cart',
    { schema: { ...common, summary: 'Empty the cart', response: { 200: Cart } }, config },
    async (request, reply) => {
      const { accountId: userId } = accountOf(request);
      await run(request, reply, clearCart, { userId });
      return cartOf(services, accountOf(request));
    },
  );
};
