import type { PictureField } from './picture-store.js';

/** The picture of an account, in forms of surfaces that call it so and in the file store. */
export const avatarField = { name: 'avatar', folder: 'avatars' } as const satisfies PictureField;
