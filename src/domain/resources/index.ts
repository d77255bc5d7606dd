import { attendance } from './attendance.js';
import { classSession } from './class-session.js';
import { courseCategory } from './course-category.js';
import { courseMaterial } from './course-material.js';
import { level } from './level.js';
import { material } from './material.js';
import { paymentBilling } from './payment-billing.js';
import { profile } from './profile.js';
import { term } from './term.js';
import { userAddress } from './user-address.js';

/** Every plain resource, by the category of its streams. */
export const resources = { userAddress, paymentBilling, level, term, material, attendance, profile, courseCategory, classSession, courseMaterial } as const;
