import { partsOfName } from '../../domain/account/full-name.js';
import { comparable } from '../../domain/account/identifiers.js';
import type { Phone } from '../../domain/account/events.js';
import { projection, rule } from '../kernel/projection.js';
import { people, type PersonDocument } from './document.js';
import { slugOf } from './slug.js';
import { teachings } from './teaching-document.js';
import { teachingFanOuts, teachingRules } from './teaching-rules.js';

const accountOf = ({ data }: { readonly data: { readonly accountId: string } }): string => data.accountId;

const printed = ({ countryCode, number }: Phone): string => `${countryCode}${number}`;

const named = (username: string | null) => ({ username, usernameKey: comparable('username', { username }) });

/** A change of a person that is there. */
const changed =
  <E>(change: (event: E) => Partial<PersonDocument>) =>
  (person: PersonDocument | undefined, event: E): PersonDocument | undefined =>
    person && { ...person, ...change(event) };

export const peopleProjection = projection({
  name: 'people',
  version: 2,
  collections: [people, teachings],
  rules: [
    rule(people, 'AccountRegistered', accountOf, (_, { data }, id, number) => {
      const { name, email, role, imageUrl, registeredAt, fullName = partsOfName(name) } = data;
      const { username = null, phone, parentPhone = null, avatarFile = null } = data;
      return {
        id,
        number,
        fullName,
        name,
        email,
        phone: phone === undefined ? null : printed(phone),
        parentPhone,
        ...named(username),
        slug: slugOf(username ?? name, number),
        role,
        imageUrl,
        avatarFile,
        registeredAt,
        lastLogin: null,
        deleted: false,
      };
    }),
    rule(people, 'AccountRoleSelected', accountOf, changed(({ data }) => ({ role: data.role }))),
    rule(people, 'AccountEmailChanged', accountOf, changed(({ data }) => ({ email: data.email }))),
    rule(people, 'AccountChangeUndone', accountOf, changed(({ data }) => ({ email: data.email }))),
    rule(people, 'AccountProfileChanged', accountOf, changed(({ data: { name, fullName, imageUrl } }) => ({
      ...(name === undefined ? {} : { name, fullName: partsOfName(name) }),
      ...(fullName === undefined ? {} : { fullName }),
      ...(imageUrl === undefined ? {} : { imageUrl }),
    }))),
    rule(people, 'AccountUsernameChanged', accountOf, changed(({ data }) => named(data.username))),
    rule(people, 'AccountPhoneChanged', accountOf, changed(({ data }) => ({ phone: printed(data.phone) }))),
    rule(people, 'AccountAvatarChanged', accountOf, changed(({ data: { avatarFile, imageUrl } }) => ({ avatarFile, imageUrl }))),
    rule(people, 'AccountAvatarRemoved', accountOf, changed(() => ({ avatarFile: null, imageUrl: null }))),
    rule(people, 'SessionOpened', accountOf, changed(({ data }) => ({ lastLogin: data.openedAt }))),
    rule(people, 'AccountDeleted', accountOf, (person) =>
      person && {
        ...person,
        ...named(null),
        fullName: { firstName: '', lastName: '' },
        name: '',
        email: '',
        phone: null,
        parentPhone: null,
        slug: slugOf('deleted', person.number),
        imageUrl: null,
        avatarFile: null,
        lastLogin: null,
        deleted: true,
      },
    ),
    ...teachingRules,
  ],
  fanOuts: teachingFanOuts,
});
