/** Two addresses that differ only in this are the same one. What the person typed is kept for display. */
export const normaliseEmail = (email: string): string => email.trim().toLowerCase();
