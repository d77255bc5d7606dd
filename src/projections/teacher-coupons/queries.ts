import { zero } from '../../domain/kernel/money.js';
import type { ReadModels } from '../../ports/read-models.js';
import { findSlice, type Slice } from '../kernel/slice.js';
import { couponUses, teacherCoupons, teacherRevenues, type CouponUseDocument, type TeacherCouponDocument } from './document.js';

export type { CouponUseDocument, TeacherCouponDocument } from './document.js';

/** One that was withdrawn is none. */
export const couponByNumber = async (readModels: ReadModels, number: number): Promise<TeacherCouponDocument | undefined> => {
  const [found] = await readModels.find(teacherCoupons, { filter: { number }, limit: 1 });
  return found?.withdrawn === false ? found : undefined;
};

/** In the order of the ids, also those that were withdrawn. */
export const couponsByIds = (readModels: ReadModels, ids: readonly string[]): Promise<readonly (TeacherCouponDocument | undefined)[]> =>
  readModels.getMany(teacherCoupons, ids);

/** The coupons of a teacher, the newest first. */
export const couponsOfTeacher = (
  readModels: ReadModels,
  teacherId: string,
  slice: Slice,
): Promise<{ readonly found: readonly TeacherCouponDocument[]; readonly total: number }> =>
  findSlice(readModels, teacherCoupons, { filter: { teacherId, withdrawn: false }, sort: { number: -1 } }, slice);

/** Uses of the teacher's coupons, the newest first, at most so many. */
export const latestUses = (readModels: ReadModels, teacherId: string, most: number): Promise<readonly CouponUseDocument[]> =>
  readModels.find(couponUses, { filter: { teacherId }, sort: { number: -1 }, limit: most });

/** The prices of all uses of the teacher's coupons that were in this currency. */
export const revenueOf = async (readModels: ReadModels, teacherId: string, currency: string): Promise<string> => {
  const revenue = await readModels.get(teacherRevenues, teacherId);
  return revenue?.amounts.find((one) => one.currency === currency)?.amount ?? zero(currency);
};
