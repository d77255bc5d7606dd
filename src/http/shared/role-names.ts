import { Type } from 'typebox';
import { Role } from '../../domain/account/events.js';

const canonicalRoles = Role.enum;

/**
 * The names that a surface has for canonical roles: `roleNames({ teacher: 'instructor', student: 'student' })`. `Name` is the schema
 * of those that may be sent, `toRole` gives the canonical role of one. `fromRole` gives the name of a role; a role of other surfaces
 * that has none here keeps its own, and `AnyName` is the schema of all of these.
 */
export const roleNames = <const Name extends string>(names: Readonly<Record<Name, Role>>) => {
  const entries = Object.entries<Role>(names).filter((entry): entry is [Name, Role] => entry[0] in names);
  const known = new Map<Role, Name>(entries.map(([name, role]) => [role, name]));
  const ownNames = entries.map(([name]) => name);
  const fromRole = (role: Role): Name | Role => known.get(role) ?? role;
  return {
    Name: Type.Enum(ownNames),
    AnyName: Type.Enum([...ownNames, ...canonicalRoles.filter((role) => !known.has(role))]),
    toRole: (name: Name): Role => names[name],
    fromRole,
  };
};
