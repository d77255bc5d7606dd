import t from 'tap';
import { roleNames } from '../../../src/http/shared/role-names.js';

const roles = roleNames({ teacher: 'instructor', student: 'student' });

t.test('a surface has its own names for roles', async (t) => {
  t.equal(roles.toRole('teacher'), 'instructor');
  t.equal(roles.fromRole('instructor'), 'teacher');
  t.same(roles.Name.enum, ['teacher', 'student'], 'what may be sent');
});

t.test('a role of other surfaces keeps its own name, and is shown', async (t) => {
  t.equal(roles.fromRole('service-provider'), 'service-provider');
  t.same(roles.AnyName.enum, ['teacher', 'student', 'admin', 'auditor', 'seller', 'service-provider', 'guest']);
});
