import { isAdmin } from '../../../commands/access/rules.js';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { cancelPayment } from '../../../commands/payments/cancel-payment.js';
import { changeRecord } from '../../../commands/records/change-record.js';
import { paymentBilling } from '../../../domain/resources/payment-billing.js';
import { openPayment } from '../../../commands/payments/open-payment.js';
import { recordCash } from '../../../commands/payments/record-cash.js';
import { refundPayment } from '../../../commands/payments/refund-payment.js';
import { listPayments } from '../../../projections/payments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, type RequestAccount } from '../../shared/access.js';
import { answerPage, Page, type PageRequest } from '../../shared/pagination.js';
import { problems } from '../../shared/problem.js';
import { countingMisses } from '../../shared/guesses.js';
import { runner, type UseCase } from '../../shared/run.js';
import { purchaseOf, changeOf, type PaymentChange } from './input.js';
import { payersReturn } from './payers-return.js';
import { completedPayment, EFFECTS_TIMEOUT_MS, ownPayment, shownTo } from './own-payment.js';
import { presentPayment } from './presenter.js';
import { providerNoticeRoutes } from './provider-notices.js';
import { ChangePaymentBody, CreatePaymentBody, Payment, PaymentParams, PaymentQuery } from './schemas.js';

const common = { tags: ['Payments'] };
const config = { access: 'account', reads: ['payments', 'paymentBilling'], vital: true, rule: 'payer' } as const;

interface RequestedChange {
  readonly actor: RequestAccount;
  readonly paymentId: string;
  readonly change: NonNullable<PaymentChange>;
}

const carryOut: UseCase<RequestedChange, unknown> = (commands) => ({ actor, paymentId, change }, context) => {
  switch (change.kind) {
    case 'record-cash':
      return recordCash(commands)({ actor, paymentId }, context);
    case 'cancel':
      return cancelPayment(commands)({ actor, paymentId, reason: null }, context);
    case 'refund':
      return refundPayment(commands)({ ...change, actor, paymentId, reason: null }, context);
    case 'change-billing':
      return changeRecord(paymentBilling)(commands)({ actor, recordId: paymentId, scope: null, fields: change.billing }, context);
  }
};

const reads = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const lookUp = payersReturn(services);
  app.get(
    '/payments',
    {
      schema: {
        ...common,
        summary: 'Payments, the newest first: one’s own; admins see all, or those of one account',
        querystring: PaymentQuery,
        response: { 200: Page(Payment) },
      },
      config,
    },
    async (request) => {
      const account = accountOf(request);
      const { userId, status } = request.query;
      const whose = isAdmin(account) ? userId : account.accountId;
      const wanted = { ...(whose === undefined ? {} : { userId: whose }), ...(status === undefined ? {} : { status }) };
      const find = (page: PageRequest) => listPayments(services.readModels, { ...page, ...wanted });
      return answerPage(request.query, find, ({ payments }) => payments.map((payment) => presentPayment(payment, shownTo(services, account))));
    },
  );

  app.get(
    '/payments/:id',
    {
      schema: { ...common, summary: 'One payment, for its payer and admins', params: PaymentParams, response: { 200: Payment, ...problems(404) } },
      config,
    },
    async (request) => {
      const account = accountOf(request);
      const payment = await ownPayment(services, account, request.params.id);
      const isNews = payment.status === 'pending' && payment.nextAction !== null && (await lookUp(request, payment.id));
      return presentPayment(isNews ? await ownPayment(services, account, payment.id) : payment, shownTo(services, account));
    },
  );
};

/** Nobody buys faster; who tries stolen cards does. */
const PURCHASES = { max: 30, windowMs: 60_000 };
const PURCHASES_OF_A_NETWORK = { max: 300, windowMs: 60_000 };

/** A purchase says whether a code exists, as looking it up does. */
const namesCode = ({ body }: FastifyRequest): boolean =>
  typeof body === 'object' && body !== null && 'discountCode' in body && typeof body.discountCode === 'string';

const purchase = (services: HttpServices, timeoutMs: number): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);

  app.post(
    '/payments',
    {
      schema: {
        ...common,
        summary: 'Buy courses',
        description:
          'The amount must be the quoted total, else 422 says the right one. Card and wallet are charged at once: the ' +
          'payment is answered completed, or failed with failureReason when it was declined (the payment exists all the ' +
          'same, so 201), or pending when the provider does not answer in time, or with nextAction when the payer has to confirm ' +
          'it (3-D Secure): then it is asked for again. Cash stays pending until an admin records it.',
        body: CreatePaymentBody,
        response: { 201: Payment, ...problems(403, 404, 409, 422) },
      },
      config: { ...config, limits: { guesses: namesCode, requestsPerAccount: PURCHASES, requestsPerNetwork: PURCHASES_OF_A_NETWORK } },
    },
    async (request, reply) => {
      const actor = accountOf(request);
      const input = { actor, ...purchaseOf(request.body) };
      const { paymentId } = await run(request, reply, openPayment, input, countingMisses(request, ['coupon-not-issued']));
      const payment = await completedPayment(services, reply, actor, paymentId, timeoutMs);
      // What the payer goes on with is not kept, and a repeat says how far it is.
      request.isPassing = payment.nextAction !== null;
      reply.code(201);
      return presentPayment(payment, shownTo(services, actor));
    },
  );
};

const changes = (services: HttpServices, timeoutMs: number): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);

  app.patch(
    '/payments/:id',
    {
      schema: {
        ...common,
        summary: 'Admins: record cash (status completed), cancel, refund (with an amount, or all). Payers: cancel, put billing right',
        description:
          'Access ends with the refund that leaves nothing of the payment. A refund with courseIds (some of the payment’s) takes ' +
          'these courses back: what is left of their price, or the amount, is refunded and the access to them ends.',
        params: PaymentParams,
        body: ChangePaymentBody,
        response: { 200: Payment, ...problems(403, 404, 409, 422) },
      },
      config: { ...config, refusals: { 'course-not-bought': { field: 'courseIds' } } },
    },
    async (request, reply) => {
      const actor = accountOf(request);
      const payment = await ownPayment(services, actor, request.params.id);
      const change = changeOf(request.body, payment);
      const shown = shownTo(services, actor);
      if (change === null) return presentPayment(payment, shown);
      await run(request, reply, carryOut, { actor, paymentId: payment.id, change });
      if (change.kind === 'change-billing') return presentPayment(await ownPayment(services, actor, payment.id), shown);
      return presentPayment(await completedPayment(services, reply, actor, payment.id, timeoutMs), shown);
    },
  );

  app.delete(
    '/payments/:id',
    {
      schema: {
        ...common,
        summary: 'Cancel a payment that no money came for; its history stays',
        params: PaymentParams,
        response: { 200: Payment, ...problems(404, 409) },
      },
      config,
    },
    async (request, reply) => {
      const actor = accountOf(request);
      const { id } = await ownPayment(services, actor, request.params.id);
      await run(request, reply, cancelPayment, { actor, paymentId: id, reason: null });
      return presentPayment(await completedPayment(services, reply, actor, id, timeoutMs), shownTo(services, actor));
    },
  );
};

export const paymentRoutes =
  (services: HttpServices, { effectsTimeoutMs = EFFECTS_TIMEOUT_MS } = {}): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(reads(services));
    await app.register(purchase(services, effectsTimeoutMs));
    await app.register(changes(services, effectsTimeoutMs));
    await app.register(providerNoticeRoutes(services));
  };
