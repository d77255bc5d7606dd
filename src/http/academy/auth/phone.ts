import type { Phone } from '../../../domain/account/events.js';
import { invalidField } from '../../shared/problem.js';

const INDONESIAN = /^(?:\+?62|0)(8[0-9]{7,12})$/;

/** A mobile number as it is typed in Indonesia: 08..., 62... or +62... Throws where it is none. */
export const parsePhone = (typed: string): Phone => {
  const [, number] = INDONESIAN.exec(typed.replaceAll(/[ .()-]/g, '')) ?? [];
  if (number === undefined) throw invalidField('phone', 'Phone must be an Indonesian number like 081234567890');
  return { countryCode: '+62', number };
};

/** With a leading 0, as the academy shows it; a number of another country as it is. */
export const presentPhone = (phone: Phone | null): string | null => {
  if (phone === null) return null;
  const { countryCode, number } = phone;
  return countryCode === '+62' ? `0${number.replace(/^0+/, '')}` : `${countryCode}${number}`;
};
