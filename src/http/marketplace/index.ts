import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../http-services.js';
import { useCookies } from '../plugins/cookies.js';
import { analysisRoutes } from './analysis.js';
import { attendanceRoutes } from './attendance.js';
import { authRoutes } from './auth/routes.js';
import { cartRoutes } from './cart/routes.js';
import { chatRoutes } from './chat/routes.js';
import { courseRoutes } from './courses/routes.js';
import { discountRoutes } from './discounts/routes.js';
import { invoiceRoutes } from './invoices/routes.js';
import { organizationRoutes } from './organizations/routes.js';
import { materialRoutes } from './materials.js';
import { otpRoutes } from './otp.js';
import { paymentRoutes } from './payments/routes.js';
import { userRoutes } from './users.js';

const accountResources =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await useCookies(app, services);
    await app.register(authRoutes(services));
    await app.register(userRoutes(services));
    await app.register(otpRoutes(services));
  };

export const marketplace =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(accountResources(services));
    await app.register(courseRoutes(services));
    await app.register(cartRoutes(services));
    await app.register(chatRoutes(services));
    await app.register(discountRoutes(services));
    await app.register(paymentRoutes(services));
    await app.register(invoiceRoutes(services));
    await app.register(organizationRoutes(services));
    await app.register(materialRoutes(services));
    await app.register(attendanceRoutes(services));
    await app.register(analysisRoutes(services));
  };
