import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { updateProfile } from '../../../commands/people/update-profile.js';
import { accountOf } from '../../shared/access.js';
import type { HttpServices } from '../../http-services.js';
import type { Wordings } from '../../refusals/wording.js';
import { runner } from '../../shared/run.js';
import type { PictureField } from '../../uploads/picture-store.js';
import { removingAll } from '../../uploads/removed-file.js';
import { profileInput } from './input.js';
import type { StudentProfileChange, TeacherProfileChange } from './schemas.js';

const sentences = {
  kind: 'Upload a valid image. The file you uploaded was either not an image or a corrupted image.',
  size: 'Upload an image of at most 5 MB.',
};

/** The picture of the account, on all surfaces. */
export const profilePicture: PictureField = { name: 'profile_picture', folder: 'avatars', sentences };
export const logo: PictureField = { name: 'logo', folder: 'logos', sentences };

/** The account was deleted meanwhile. */
export const accountGone: Wordings = { 'record-reference-missing': [404, 'Not found.'] };

/** Changes account and profile of the caller, and removes the files that were replaced. */
export const profileChanger = (services: HttpServices) => {
  const run = runner(services);
  const { files, commands: { clock }, config: { publicUrl } } = services;
  return async (request: FastifyRequest, reply: FastifyReply, sent: Static<typeof StudentProfileChange> | Static<typeof TeacherProfileChange>): Promise<void> => {
    const input = { ...profileInput(sent, publicUrl, clock.now()), actor: accountOf(request) };
    await run(request, reply, updateProfile, input, removingAll(files, ({ removedFiles }) => removedFiles));
  };
};
