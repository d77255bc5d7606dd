import type { PayerType } from '../../domain/package-purchases/events.js';
import type { Filter, ReadModels, SortDirection } from '../../ports/read-models.js';
import { findSlice, type Slice } from '../kernel/slice.js';
import { packagePayments, type PackagePaymentDocument, type PackagePaymentStatus } from './document.js';
import { listOf, type PaymentFilter } from './lists.js';

export type { PackagePaymentDocument, PackagePaymentStatus } from './document.js';

export const packagePaymentById = (readModels: ReadModels, id: string): Promise<PackagePaymentDocument | undefined> => readModels.get(packagePayments, id);

/** In the order of the ids; undefined where there is none. */
export const packagePaymentsByIds = (readModels: ReadModels, ids: readonly string[]): Promise<readonly (PackagePaymentDocument | undefined)[]> =>
  readModels.getMany(packagePayments, ids);

interface Found {
  readonly payments: readonly PackagePaymentDocument[];
  readonly total: number;
}

const newestFirst = { createdAt: -1 } as const;

const slicedBy = async (readModels: ReadModels, filter: Filter, slice: Slice): Promise<Found> => {
  const { found: payments, total } = await findSlice(readModels, packagePayments, { filter, sort: newestFirst }, slice);
  return { payments, total };
};

/** Payments that the account made or takes part in, the newest first. */
export const packagePaymentsOf = (readModels: ReadModels, accountId: string, slice: Slice): Promise<Found> =>
  slicedBy(readModels, { participantIds: accountId }, slice);

/** Payments that lead to the course, a bundle's and a group's included, the newest first. */
export const packagePaymentsOfCourse = (readModels: ReadModels, courseId: string, slice: Slice): Promise<Found> =>
  slicedBy(readModels, { courseIds: courseId }, slice);

/** As many as the rules of purchases let one payer have at a time, and more. */
const MOST_EXISTING = 4;

/** The payments that these people made, waiting or approved, newest first; those of others in which they take part do not count. */
export const existingPaymentsOfPayers = async (readModels: ReadModels, payerIds: readonly string[]): Promise<readonly PackagePaymentDocument[]> => {
  const found = await Promise.all(
    [...new Set(payerIds)].map((payerId) => readModels.find(packagePayments, { filter: { payerId }, sort: newestFirst, limit: MOST_EXISTING })),
  );
  return found.flat();
};

/** Fields with an index of each list. */
export type IndexedOrder = 'createdAt' | 'updatedAt' | 'price';
/** Fields of two values: the list of one comes before that of the other. */
type PairedOrder = 'status' | 'payerType' | 'isGroup';
export type PaymentOrder = IndexedOrder | PairedOrder;

export interface PaymentSearch extends PaymentFilter {
  /** Of createdAt, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly order: PaymentOrder;
  readonly direction: SortDirection;
}

const statuses: readonly PackagePaymentStatus[] = ['APPROVED', 'PAID'];
const payerTypes: readonly PayerType[] = ['DIKE', 'UMUM'];

/** In ascending order, with what the search asks for besides. */
const pairsOf = (search: PaymentSearch): readonly PaymentFilter[] => {
  switch (search.order) {
    case 'status':
      return statuses.filter((status) => (search.status ?? status) === status).map((status) => ({ ...search, status }));
    case 'payerType':
      return payerTypes.filter((payerType) => (search.payerType ?? payerType) === payerType).map((payerType) => ({ ...search, payerType }));
    case 'isGroup':
      return [false, true].filter((isGroup) => (search.isGroup ?? isGroup) === isGroup).map((isGroup) => ({ ...search, isGroup }));
    default:
      return [search];
  }
};

const isIndexed = (order: PaymentOrder): order is IndexedOrder => order === 'createdAt' || order === 'updatedAt' || order === 'price';

const periodOf = ({ from, to }: PaymentSearch): Filter =>
  from === undefined && to === undefined ? {} : { createdAt: { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lte: to }) } };

/** The payments of a period are put in another order in memory: of a longer list no page is read. */
export const MOST_REORDERED = 1_000;

/** Whether the order needs the payments of the period in memory. */
const isReordered = ({ order, from, to }: PaymentSearch): boolean => isIndexed(order) && order !== 'createdAt' && (from ?? to) !== undefined;

const reordered = async (readModels: ReadModels, search: PaymentSearch, { skip, limit }: Slice): Promise<Found | 'too-many'> => {
  const filter = { listedAs: listOf(search), ...periodOf(search) };
  const total = await readModels.count(packagePayments, filter);
  if (total > MOST_REORDERED) return 'too-many';
  const found = await readModels.find(packagePayments, { filter, sort: newestFirst, limit: MOST_REORDERED });
  const keyOf = ({ price, updatedAt }: PackagePaymentDocument) => (search.order === 'price' ? price : updatedAt);
  const order = found.toSorted((one, other) => (keyOf(one) === keyOf(other) ? 0 : keyOf(one) < keyOf(other) ? -search.direction : search.direction));
  return { payments: order.slice(skip, skip + limit), total };
};

/** List after list where the order is that of a field of two values. */
const inParts = async (readModels: ReadModels, search: PaymentSearch, slice: Slice): Promise<Found> => {
  const { order, direction } = search;
  const sort = isIndexed(order) ? { [order]: direction } : newestFirst;
  const payments: PackagePaymentDocument[] = [];
  let total = 0;
  const parts = pairsOf(search);
  for (const part of direction === 1 ? parts : parts.toReversed()) {
    const skip = Math.max(0, slice.skip - total);
    const found = await findSlice(
      readModels,
      packagePayments,
      { filter: { listedAs: listOf(part), ...periodOf(search) }, sort },
      { skip, limit: slice.limit - payments.length },
    );
    payments.push(...found.found);
    total += found.total;
  }
  return { payments, total };
};

/**
 * A page of the payments that the search lets through, each page by an index. `too-many`: a period with more than MOST_REORDERED
 * payments in an order other than that of time.
 */
export const listPackagePayments = (readModels: ReadModels, search: PaymentSearch, slice: Slice): Promise<Found | 'too-many'> =>
  isReordered(search) ? reordered(readModels, search, slice) : inParts(readModels, search, slice);

/** Those of groups: the waiting ones first, then the newest. */
export const listGroupPayments = (readModels: ReadModels, slice: Slice): Promise<Found> =>
  inParts(readModels, { isGroup: true, order: 'status', direction: -1 }, slice);
