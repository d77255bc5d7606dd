import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { joinTeacherRoutes } from './join-teacher.js';
import { managedStudentRoutes } from './managed-student.js';
import { studentListRoutes } from './student-list.js';
import { studentOfTeacherRoutes } from './student-of-teacher.js';

export const studentRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(joinTeacherRoutes(services));
    await app.register(studentListRoutes(services));
    await app.register(studentOfTeacherRoutes(services));
    await app.register(managedStudentRoutes(services));
  };
