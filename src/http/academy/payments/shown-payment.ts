import type { FastifyRequest } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { packagePaymentById, type PackagePaymentDocument } from '../../../projections/package-payments/queries.js';
import { optionalAccountOf } from '../../shared/access.js';
import { namesIn, seenBy } from './names.js';
import { presentDetailedPayment } from './presenter.js';
import { noSuchPayment } from './words.js';

type Services = Pick<HttpServices, 'readModels'>;

/** What a detailed payment is made of. */
export const detailReads = ['package-payments', 'accounts', 'academy-courses'] as const;

/** Throws 404 where there is none. */
export const knownPayment = async ({ readModels }: Services, id: string): Promise<PackagePaymentDocument> => {
  const payment = await packagePaymentById(readModels, id);
  if (payment === undefined) throw noSuchPayment();
  return payment;
};

/** The payment as it is now, for the caller. */
export const detailedPayment = async (services: Services, request: FastifyRequest, id: string) => {
  const payment = await knownPayment(services, id);
  return presentDetailedPayment(seenBy(request, await namesIn(services.readModels, [payment])), payment, optionalAccountOf(request)?.accountId ?? null);
};
