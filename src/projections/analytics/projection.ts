import { projection } from '../kernel/projection.js';
import { ofCoupons } from './coupons.js';
import { ofCourses } from './courses.js';
import { figureAttempts, figureCoupons, figureCourses, figureDays, figureSales, figureStudies } from './document.js';
import { ofLearning } from './learning.js';
import { ofMails } from './mails.js';
import { ofSales } from './sales.js';

/** The figures of docs/analytics.md. Their version is part of that contract. */
export const analyticsProjection = projection({
  name: 'analytics',
  version: 1,
  batched: true,
  collections: [figureCourses, figureCoupons, figureSales, figureAttempts, figureStudies, figureDays],
  rules: [...ofCourses, ...ofSales, ...ofLearning, ...ofCoupons, ...ofMails],
});
