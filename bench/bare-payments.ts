import jwt from '@fastify/jwt';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify from 'fastify';
import { CreatePaymentBody, Payment } from '../src/http/marketplace/payments/schemas.js';

// The baseline of purchases: the same route with the same token check, schemas and answer, and nothing behind it.
const answers: unknown = JSON.parse(process.env.ANSWERS ?? '{}');
const hasPayment = (value: unknown): value is { payment: never } => value !== null && typeof value === 'object' && 'payment' in value;
if (!hasPayment(answers)) throw new Error('ANSWERS is missing');

const app = Fastify().withTypeProvider<TypeBoxTypeProvider>();
await app.register(jwt, { secret: process.env.JWT_SECRET ?? '' });
app.post(
  '/payments',
  {
    schema: { body: CreatePaymentBody, response: { 201: Payment } },
    onRequest: async (request) => {
      await request.jwtVerify();
    },
  },
  async (_request, reply) => reply.code(201).send(answers.payment),
);
await app.listen({ port: 0 });
const [address] = app.addresses();
if (typeof address === 'object') process.stdout.write(`http://localhost:${address.port}\n`);
process.on('SIGTERM', () => void app.close());
