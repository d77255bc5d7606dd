import type { FastifyRequest } from 'fastify';
import { invalidField } from '../shared/problem.js';
import { readJson } from '../uploads/json-text.js';
import { readForm } from '../uploads/multipart-form.js';

const texts = ['email', 'password', 'username', 'fullname', 'phone', 'phoneNumber'];

/** Turns a form into the JSON body that it stands for: `fullname` and `phone` (there `phoneNumber`) hold JSON. */
export const readInfoForm = async (request: FastifyRequest): Promise<void> => {
  if (!request.isMultipart()) return;
  const form: Record<string, string> = {};
  await readForm(request, form, { texts });
  const { fullname, phone, phoneNumber = phone, ...others } = form;
  if (phone !== undefined && phoneNumber !== phone) throw invalidField('phone', 'is not the same as phoneNumber');
  request.body = {
    ...others,
    ...(fullname === undefined ? {} : { fullname: readJson('fullname', fullname) }),
    ...(phoneNumber === undefined ? {} : { phoneNumber: readJson(phone === undefined ? 'phoneNumber' : 'phone', phoneNumber) }),
  };
};
