import jwt from '@fastify/jwt';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Cart, AddItemBody } from '../src/http/marketplace/cart/schemas.js';
import { CreatePaymentBody, Payment } from '../src/http/marketplace/payments/schemas.js';
import { Course } from '../src/http/marketplace/courses/schemas.js';
import { Page } from '../src/http/shared/pagination.js';

// The baseline of the HTTP figures: the same routes with the same token check, schemas and answers, and nothing behind them.
const answers: unknown = JSON.parse(process.env.ANSWERS ?? '{}');
/** Those of the routes that are asked. */
interface Answers {
  readonly cart: never;
  readonly course: never;
  readonly payment: never;
  readonly page: never;
}
const areAnswers = (value: unknown): value is Answers => value !== null && typeof value === 'object' && ('cart' in value || 'payment' in value || 'page' in value);
if (!areAnswers(answers)) throw new Error('ANSWERS is missing');

// Bodies name some properties and hold all others to a pattern.
const app = Fastify({ ajv: { customOptions: { allowMatchingProperties: true } } }).withTypeProvider<TypeBoxTypeProvider>();
await app.register(jwt, { secret: process.env.JWT_SECRET ?? '' });
const needsToken = async (request: FastifyRequest): Promise<void> => {
  await request.jwtVerify();
};
app.post(
  '/cart/items',
  {
    schema: { body: AddItemBody, response: { 201: Cart } },
    onRequest: needsToken,
  },
  async (_request, reply) => reply.code(201).send(answers.cart),
);
app.post('/payments', { schema: { body: CreatePaymentBody, response: { 201: Payment } }, onRequest: needsToken }, async (_request, reply) => reply.code(201).send(answers.payment));
app.get('/courses/:id', { schema: { params: Type.Object({ id: Type.String() }), response: { 200: Course } } }, async () => answers.course);
app.get('/courses', { schema: { response: { 200: Page(Course) } } }, async () => answers.page);
await app.listen({ port: 0 });
const [address] = app.addresses();
if (typeof address === 'object') process.stdout.write(`http://localhost:${address.port}\n`);
process.on('SIGTERM', () => void app.close());
