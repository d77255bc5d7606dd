/** The domain of `Registrar <no-reply@example.com>`, which the ids of its mails end with. */
export const mailDomainOf = (from: string): string => /@([^\s>@]+)>?\s*$/.exec(from)?.[1] ?? 'registrar.invalid';
