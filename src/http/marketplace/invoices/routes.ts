import { isAdmin, receivesInvoice } from '../../../commands/access/rules.js';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { changeInvoice } from '../../../commands/invoices/change-invoice.js';
import { requestInvoice } from '../../../commands/invoices/request-invoice.js';
import { voidInvoice } from '../../../commands/invoices/void-invoice.js';
import { invoiceById, invoiceByNumber, listInvoices, type InvoiceView } from '../../../projections/invoices/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, type RequestAccount } from '../../shared/access.js';
import { answerPage, Page, type PageRequest } from '../../shared/pagination.js';
import { notFound, problems } from '../../shared/problem.js';
import { readsOf } from '../../shared/reads.js';
import { runner } from '../../shared/run.js';
import { invoiceFile } from './invoice-file.js';
import { invoiceChangesOf, newInvoiceOf } from './input.js';
import { presentInvoice } from './presenter.js';
import {
  ChangeInvoiceBody,
  CreateInvoiceBody,
  Invoice,
  InvoiceFile,
  InvoiceNumberParams,
  InvoiceParams,
  InvoiceQuery,
} from './schemas.js';
import { readUntil } from '../../purchases/read-until.js';

const common = { tags: ['Invoice'] };
const anyAccount = { access: 'account', reads: ['invoices', 'paymentBilling'], rule: 'invoice-recipient' } as const;
const admins = { access: ['admin'], reads: ['invoices', 'paymentBilling'], rule: 'admin' } as const;

/** How long an answer waits for the invoice worker. */
const NUMBER_TIMEOUT_MS = 5_000;

/** For its owner and admins; others get 404. */
const visible = (account: RequestAccount, invoice: InvoiceView | undefined): InvoiceView => {
  if (invoice === undefined || !receivesInvoice(account, invoice)) throw notFound('invoice');
  return invoice;
};

const ownInvoice = async ({ readModels }: HttpServices, account: RequestAccount, id: string): Promise<InvoiceView> =>
  visible(account, await invoiceById(readModels, id));

const reads = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const { readModels } = services;

  app.get(
    '/invoices',
    {
      schema: {
        ...common,
        summary: 'Invoices and credit notes, the newest first: one’s own; admins see all, or those of one account',
        querystring: InvoiceQuery,
        response: { 200: Page(Invoice) },
      },
      config: anyAccount,
    },
    async (request) => {
      const account = accountOf(request);
      const userId = isAdmin(account) ? request.query.userId : account.accountId;
      const find = (page: PageRequest) => listInvoices(readModels, { ...page, ...(userId === undefined ? {} : { userId }) });
      return answerPage(request.query, find, ({ invoices }) => invoices.map(presentInvoice));
    },
  );

  app.get(
    '/invoices/:id',
    {
      schema: { ...common, summary: 'One invoice, for its owner and admins', params: InvoiceParams, response: { 200: Invoice, ...problems(404) } },
      config: anyAccount,
    },
    async (request) => presentInvoice(await ownInvoice(services, accountOf(request), request.params.id)),
  );

  app.get(
    '/invoices/number/:invoiceNumber',
    {
      schema: { ...common, summary: 'The same by its number', params: InvoiceNumberParams, response: { 200: Invoice, ...problems(404) } },
      config: anyAccount,
    },
    async (request) => {
      const found = await invoiceByNumber(readModels, request.params.invoiceNumber);
      return presentInvoice(visible(accountOf(request), found));
    },
  );

  app.get(
    '/invoices/:id/pdf',
    {
      schema: { ...common, summary: 'The invoice as PDF', params: InvoiceParams, response: { 200: InvoiceFile, ...problems(404, 409) } },
      config: { ...anyAccount, asOf: false },
    },
    async (request, reply) => {
      const { name, content } = await invoiceFile(services, await ownInvoice(services, accountOf(request), request.params.id));
      return reply.type('application/pdf').header('content-disposition', `attachment; filename="${name}"`).send(content);
    },
  );
};

const issue = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);

  app.post(
    '/invoices',
    {
      schema: {
        ...common,
        summary: 'Make an invoice by hand, for a payment that has none',
        description: 'Payments that are completed have theirs made for them. The amount has to be the payment’s.',
        body: CreateInvoiceBody,
        response: { 201: Invoice, ...problems(404, 409, 422) },
      },
      config: admins,
    },
    async (request, reply) => {
      const actor = accountOf(request);
      const input = { actor, ...newInvoiceOf(request.body) };
      const { invoiceId } = await run(request, reply, requestInvoice, input);
      const read = () => ownInvoice(services, actor, invoiceId);
      const { value, position } = await readUntil(services, readsOf(request), read, ({ invoiceNumber }) => invoiceNumber !== null, NUMBER_TIMEOUT_MS);
      reply.header('x-position', position.toString());
      reply.code(201);
      return presentInvoice(value);
    },
  );
};

const changes = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);

  app.patch(
    '/invoices/:id',
    {
      schema: {
        ...common,
        summary: 'Put billing right (owner, admins), or what was written by hand (admins); made from a payment, the amount stays',
        params: InvoiceParams,
        body: ChangeInvoiceBody,
        response: { 200: Invoice, ...problems(403, 404, 409, 422) },
      },
      config: anyAccount,
    },
    async (request, reply) => {
      const actor = accountOf(request);
      const invoice = await ownInvoice(services, actor, request.params.id);
      const input = { actor, invoiceId: invoice.id, ...invoiceChangesOf(request.body, invoice) };
      await run(request, reply, changeInvoice, input);
      return presentInvoice(await ownInvoice(services, actor, invoice.id));
    },
  );

  app.delete(
    '/invoices/:id',
    {
      schema: {
        ...common,
        summary: 'Void an invoice; it and its number stay in the books',
        params: InvoiceParams,
        response: { 200: Invoice, ...problems(404) },
      },
      config: admins,
    },
    async (request, reply) => {
      const actor = accountOf(request);
      const input = { actor, invoiceId: request.params.id, reason: 'voided by an admin' };
      await run(request, reply, voidInvoice, input);
      return presentInvoice(await ownInvoice(services, actor, input.invoiceId));
    },
  );
};

export const invoiceRoutes = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  await app.register(reads(services));
  await app.register(issue(services));
  await app.register(changes(services));
};
