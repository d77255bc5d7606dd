import { CONTROL } from '../kernel/web-url.js';
import type { MailTemplateId } from './events.js';

export interface TemplateKind {
  readonly name: string;
  /** What a template of the kind may name, with the value that a preview shows. */
  readonly examples: Readonly<Record<string, string>>;
}

const person = { username: 'Budi Santoso', courseName: 'Web Development' };

export const templateKinds: Readonly<Record<MailTemplateId, TemplateKind>> = {
  'payment-confirmation': {
    name: 'Payment Confirmation',
    examples: { ...person, amount: 'Rp 250.000,00', transactionId: '75c2d819-7a8d-4ce7-ac19-bba55efd2b72', date: '11 Mei 2025' },
  },
  'enrollment-confirmation': {
    name: 'Enrollment Confirmation',
    examples: { ...person, packageName: 'Paket Entry', price: 'Rp 250.000,00', date: '11 Mei 2025' },
  },
};

export const templateIds = ['payment-confirmation', 'enrollment-confirmation'] as const satisfies readonly MailTemplateId[];

export const isTemplateId = (text: string): text is MailTemplateId => templateIds.some((id) => id === text);

export const variablesOf = (templateId: MailTemplateId): readonly string[] => Object.keys(templateKinds[templateId].examples);

/** What takes the place of the variables. One that is absent is empty. */
export type TemplateValues = Readonly<Record<string, string>>;

const CONTROLS = new RegExp(`[${CONTROL}]+`, 'gu');

/** A value is text of one line, whatever was typed. */
export const valueOf = (values: TemplateValues, variable: string): string =>
  (Object.hasOwn(values, variable) ? (values[variable] ?? '') : '').replaceAll(CONTROLS, ' ').trim();
