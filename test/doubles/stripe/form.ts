export type Form = { [name: string]: string | Form };

const keysOf = (name: string): readonly string[] => [name.split('[')[0] ?? '', ...[...name.matchAll(/\[([^\]]*)\]/g)].map(([, key = '']) => key)];

/** `metadata[paymentId]=x&expand[0]=y` as an object of texts; of a name that comes twice the last value. */
export const parsedForm = (text: string): Form => {
  const form: Form = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const keys = keysOf(name);
    const last = keys.at(-1) ?? '';
    let place = form;
    for (const key of keys.slice(0, -1)) {
      const inner = place[key];
      const next: Form = typeof inner === 'object' ? inner : {};
      place[key] = next;
      place = next;
    }
    place[last] = value;
  }
  return form;
};

export const textIn = (form: Form, name: string): string | undefined => {
  const value = form[name];
  return typeof value === 'string' ? value : undefined;
};

export const formIn = (form: Form, name: string): Form => {
  const value = form[name];
  return typeof value === 'object' ? value : {};
};

export const textsIn = (form: Form, name: string): readonly string[] =>
  Object.values(formIn(form, name)).filter((value): value is string => typeof value === 'string');

export const metadataIn = (form: Form): Record<string, string> =>
  Object.fromEntries(Object.entries(formIn(form, 'metadata')).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
