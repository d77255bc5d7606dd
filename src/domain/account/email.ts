/** Addresses with the same result are one address. Events keep the address as it was typed. */
export const normaliseEmail = (email: string): string => email.trim().toLowerCase();
