import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Test } from 'tap';
import type { Static } from 'typebox';
import type { Course } from '../../src/http/marketplace/courses-schemas.js';
import { createTestApp, type SignedUp, type TestApp, type TestAppOptions } from './test-app.js';

type CourseJson = Static<typeof Course>;
type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface CourseClient {
  readonly app: TestApp;
  call(method: Method, url: string, as?: SignedUp | null, body?: object, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Draws up a course, on sale unless told otherwise. */
  course(instructor: SignedUp, fields?: object): Promise<CourseJson>;
}

export const newCourse = {
  title: 'Fugues',
  description: 'How to write one',
  level: 'advanced',
  category: 'music',
  price: 12.5,
  tags: ['bach'],
  isPublished: true,
};

/** The app and what the tests of courses and carts do with it. */
export const courseClient = async (t: Test, options: TestAppOptions = {}): Promise<CourseClient> => {
  const app = await createTestApp(options);
  t.teardown(() => app.close());
  const call: CourseClient['call'] = (method, url, as = null, body, headers = {}) => {
    const request: InjectOptions = { method, url, headers: { ...(as === null ? {} : as.headers), ...headers } };
    return app.inject(body === undefined ? request : { ...request, payload: body });
  };
  return {
    app,
    call,
    course: async (instructor, fields = {}) => {
      const answer = await call('POST', '/courses', instructor, { ...newCourse, ...fields });
      if (answer.statusCode !== 201) throw new Error(answer.body);
      return answer.json<CourseJson>();
    },
  };
};
