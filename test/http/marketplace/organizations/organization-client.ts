import type { TestApp } from '../../../fixtures/test-app.js';

export type Headers = Readonly<Record<string, string>>;

/** Requests to the routes of organizations. */
export const organizationClient = (app: TestApp) => {
  const send = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, headers: Headers = {}, payload?: object) =>
    app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  const idOf = async (answer: ReturnType<typeof send>): Promise<string> => {
    const { statusCode, body } = await answer;
    if (statusCode !== 201) throw new Error(`${statusCode}: ${body}`);
    const { id }: { id: string } = JSON.parse(body);
    return id;
  };
  return {
    send,
    found: (headers: Headers, name = 'School') => idOf(send('POST', '/organizations', headers, { name })),
    role: (organizationId: string, headers: Headers, name: string, permissions: readonly string[]) =>
      idOf(send('POST', `/organizations/${organizationId}/roles`, headers, { name, permissions })),
    level: (organizationId: string, headers: Headers, name: string) => idOf(send('POST', '/levels', headers, { name, organizationId })),
    term: (organizationId: string, headers: Headers, name: string) => idOf(send('POST', `/organizations/${organizationId}/terms`, headers, { name })),
    invite: (organizationId: string, headers: Headers, payload: object) => send('POST', `/organizations/${organizationId}/members`, headers, payload),
    accept: (organizationId: string, headers: Headers) => send('POST', `/organizations/${organizationId}/invitations/accept`, headers),
    join: async (organizationId: string, headers: Headers, who: { readonly id: string; readonly headers: Headers }, roleId = 'student'): Promise<void> => {
      await send('POST', `/organizations/${organizationId}/members`, headers, { userId: who.id, roleId });
      const accepted = await send('POST', `/organizations/${organizationId}/invitations/accept`, who.headers);
      if (accepted.statusCode !== 200) throw new Error(accepted.body);
    },
  };
};
