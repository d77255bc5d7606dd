import t from 'tap';
import { deleteAccount } from '../../../src/commands/accounts/delete-account.js';
import { registerAccount } from '../../../src/commands/accounts/register-account.js';
import { saveProfile } from '../../../src/commands/people/save-profile.js';
import { updateProfile } from '../../../src/commands/people/update-profile.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import { profile } from '../../../src/domain/resources/profile.js';
import { contextFor } from '../../fixtures/command-services.js';
import { twoNodes, type World } from '../../fixtures/accounts.js';

const start = async () => {
  const [one, other] = twoNodes();
  const { services } = one;
  const registered = await registerAccount(services)(
    { name: 'Tess Teacher', email: 'tess@example.org', password: 'correct horse', role: 'instructor', provider: 'local', imageUrl: null, actorRole: 'admin' },
    contextFor(),
  );
  if (!registered.ok) throw new Error(registered.rejection);
  const { accountId } = registered.value;
  const actor = { accountId, role: 'instructor' } as const;
  const fieldsOf = async ({ services: { handler } }: World = one) => (await handler.load(profile, accountId)).state.records.get(accountId)?.fields;
  const accountOf = async () => {
    const { state } = await services.handler.load(aggregates.account, accountId);
    if (state.status !== 'registered') throw new Error(state.status);
    return state;
  };
  const typesOfProfile = async (): Promise<string[]> => {
    const types: string[] = [];
    for await (const { type } of one.store.readStream(`profile-${accountId}`)) types.push(type);
    return types;
  };
  return { one, other, services, actor, fieldsOf, accountOf, typesOfProfile };
};

t.test('the first change makes the profile, further ones change it', async (t) => {
  const { services, actor, fieldsOf, typesOfProfile } = await start();
  t.match(await saveProfile(services)({ actor, fields: { bio: 'A', city: 'Rome' } }, contextFor()), { ok: true, changed: true });
  t.match(await saveProfile(services)({ actor, fields: { bio: 'B' }, cleared: ['city'] }, contextFor()), { ok: true, changed: true });
  t.match(await saveProfile(services)({ actor, fields: { bio: 'B' } }, contextFor()), { ok: true, changed: false });
  t.same(await fieldsOf(), { bio: 'B' });
  t.same(await typesOfProfile(), ['ProfileCreated', 'ProfileChanged']);
});

t.test('100 first changes at once, on two nodes, all count', async (t) => {
  const { one, other, actor, fieldsOf, typesOfProfile } = await start();
  const names = ['bio', 'address', 'country', 'city', 'gender', 'specialization', 'institution', 'experience'] as const;
  const saved = await Promise.all(
    Array.from({ length: 100 }, (_, n) => saveProfile((n % 2 === 0 ? one : other).services)({ actor, fields: { [names[n % names.length] ?? 'bio']: 'x' } }, contextFor())),
  );
  t.same(saved.filter(({ ok }) => !ok), []);
  t.same(await fieldsOf(), Object.fromEntries(names.map((name) => [name, 'x'])));
  t.same((await typesOfProfile()).filter((type) => type === 'ProfileCreated').length, 1);
});

t.test('a change that is repeated changes nothing that came after it', async (t) => {
  const { services, actor, fieldsOf } = await start();
  for (const first of ['first', 'second'] as const) {
    const context = contextFor();
    await saveProfile(services)({ actor, fields: { bio: first } }, context);
    await saveProfile(services)({ actor, fields: { bio: 'later' } }, contextFor());
    t.match(await saveProfile(services)({ actor, fields: { bio: first } }, context), { ok: true, changed: true });
    t.same(await fieldsOf(), { bio: 'later' }, first);
  }
});

t.test('20 logos at once leave one, and each other is named once as removed', async (t) => {
  const { one, other, actor, fieldsOf } = await start();
  const logos = Array.from({ length: 20 }, (_, n) => `logos/${n}.png`);
  const saved = await Promise.all(logos.map((logoFile, n) => saveProfile((n % 2 === 0 ? one : other).services)({ actor, fields: { logoFile } }, contextFor())));
  const removed = saved.flatMap((outcome) => (outcome.ok ? outcome.value.removedFiles : ['refused']));
  const { logoFile } = (await fieldsOf()) ?? {};
  t.same([...removed, logoFile].toSorted(), logos.toSorted());
});

t.test('name and picture are the account’s', async (t) => {
  const { services, actor, accountOf, fieldsOf, typesOfProfile } = await start();
  const pictured = (file: string) => ({ avatarFile: file, imageUrl: `/files/${file}` });
  t.match(await updateProfile(services)({ actor, name: 'Tess A. Tutor', picture: pictured('avatars/a.png'), fields: {} }, contextFor()), { ok: true, changed: true, value: { removedFiles: [] } });
  t.match(await accountOf(), { name: 'Tess A. Tutor', fullName: { firstName: 'Tess', lastName: 'Tutor' }, avatarFile: 'avatars/a.png' });
  t.same(await typesOfProfile(), [], 'the profile has no part in it');
  await saveProfile(services)({ actor, fields: { logoFile: 'logos/a.png' } }, contextFor());
  t.match(await updateProfile(services)({ actor, picture: pictured('avatars/b.png'), fields: { logoFile: 'logos/b.png', bio: 'B' } }, contextFor()), {
    ok: true,
    value: { removedFiles: ['avatars/a.png', 'logos/a.png'] },
  });
  t.same(await fieldsOf(), { logoFile: 'logos/b.png', bio: 'B' });
});

t.test('nothing asked for changes nothing', async (t) => {
  const { services, actor, typesOfProfile } = await start();
  t.match(await updateProfile(services)({ actor, fields: {} }, contextFor()), { ok: true, changed: false, value: { removedFiles: [] } });
  t.same(await typesOfProfile(), []);
});

t.test('a deleted account has no profile to change', async (t) => {
  const { services, actor } = await start();
  const admin = await registerAccount(services)(
    { name: 'Root', email: 'root@example.org', password: 'correct horse', role: 'admin', provider: 'local', imageUrl: null, actorRole: 'admin' },
    contextFor(),
  );
  if (!admin.ok) throw new Error(admin.rejection);
  const removed = await deleteAccount(services)({ accountId: actor.accountId, actor: { accountId: admin.value.accountId, role: 'admin' } }, contextFor());
  t.ok(removed.ok);
  t.match(await saveProfile(services)({ actor, fields: { bio: 'A' } }, contextFor()), { ok: false, rejection: 'record-reference-missing' });
  t.match(await updateProfile(services)({ actor, name: 'X', fields: {} }, contextFor()), { ok: false, rejection: 'account-not-found' });
  t.match(await updateProfile(services)({ actor, picture: { avatarFile: 'a', imageUrl: 'b' }, fields: {} }, contextFor()), { ok: false, rejection: 'account-not-found' });
});
