import type { Static } from 'typebox';
import type { FieldsOf } from '../../../domain/record/resource.js';
import type { courseMaterial } from '../../../domain/resources/course-material.js';
import { wibIso } from '../../../primitives/western-indonesia-time.js';
import type { RecordDocument } from '../../../projections/kernel/record-projection.js';
import type { ListedMaterial, Material, ShownMaterial } from './schemas.js';

export type MaterialDocument = RecordDocument<FieldsOf<typeof courseMaterial>>;

const DAY_MS = 86_400_000;

export const presentMaterial = ({ id, fields, createdAt, changedAt: updatedAt }: MaterialDocument): Static<typeof Material> => {
  const { courseId, title, description = null, resourceUrl, unlockDate } = fields;
  return { id, courseId, title, description, resourceUrl, unlockDate, createdAt, updatedAt };
};

const moments = (utc: string) => {
  const timestamp = Date.parse(utc);
  return { utc: { iso: utc, timestamp }, wib: { iso: wibIso(utc), timestamp } };
};

export const isUnlocked = ({ fields: { unlockDate } }: MaterialDocument, now: Date): boolean => unlockDate <= now.toISOString();

export const lockedUntil = ({ fields: { unlockDate } }: MaterialDocument): string => `This material will be available from ${wibIso(unlockDate)}`;

const adminInfo = (material: MaterialDocument, now: Date) => {
  const unlocked = isUnlocked(material, now);
  const left = Date.parse(material.fields.unlockDate) - now.getTime();
  return {
    unlocked,
    unlockStatus: unlocked ? 'UNLOCKED' : 'LOCKED',
    timeUntilUnlock: unlocked ? null : left,
    daysUntilUnlock: unlocked ? null : Math.ceil(left / DAY_MS),
  } as const;
};

/** Who reads it: admins see all of it at any time. */
export interface Reader {
  readonly isAdmin: boolean;
  readonly isEnrolled: boolean;
}

export const presentShown = (material: MaterialDocument, { isAdmin }: Pick<Reader, 'isAdmin'>, now: Date): Static<typeof ShownMaterial> => ({
  ...presentMaterial(material),
  unlockDate: moments(material.fields.unlockDate),
  unlocked: isAdmin || isUnlocked(material, now),
  ...(isAdmin ? { adminInfo: adminInfo(material, now) } : {}),
});

/** The link is for those who are enrolled, from its time on (section 7). */
export const presentListed = (material: MaterialDocument, reader: Reader, now: Date): Static<typeof ListedMaterial> => {
  const shown = presentShown(material, reader, now);
  if (reader.isAdmin) return { ...shown, enrollmentStatus: 'admin_access' };
  if (!reader.isEnrolled) return { ...shown, resourceUrl: null, enrollmentStatus: 'not_enrolled', message: 'Resource access requires enrollment' };
  if (!isUnlocked(material, now)) return { ...shown, resourceUrl: null, enrollmentStatus: 'enrolled', message: lockedUntil(material) };
  return { ...shown, enrollmentStatus: 'enrolled' };
};
