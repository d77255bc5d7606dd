const LONGEST = 254;
const ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const EMAIL = new RegExp(`^${ATOM}(?:\\.${ATOM})*@(?:${LABEL}\\.)+${LABEL}$`, 'i');

/** The format `email` of JSON Schema. ajv-formats has no limit of length, and takes quadratic time for a long host. */
export const isEmail = (text: string): boolean => text.length <= LONGEST && EMAIL.test(text);
