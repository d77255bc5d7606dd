import { submitGroupPayment } from '../../../src/commands/packages/submit-group-payment.js';
import type { AcademySettings } from '../../../src/commands/services.js';
import { contextFor } from '../../fixtures/command-services.js';
import type { TestAppOptions } from '../../fixtures/test-app.js';
import { createAcademyApp, type AcademyApp, type Member } from './academy-app.js';

export const PROOF = 'https://proofs.example/receipt';
export const NOBODY = '00000000-0000-4000-8000-000000000000';
export const NIL = '00000000-0000-0000-0000-000000000000';

export interface Sales extends AcademyApp {
  readonly boss: Member;
  /** ENTRY courses html and css, INTERMEDIATE courses react and vue, by id. */
  readonly html: string;
  readonly css: string;
  readonly react: string;
  readonly vue: string;
  /** Packages of all courses of a level, and a bundle of html and react, by id. */
  readonly entry: string;
  readonly intermediate: string;
  readonly bundle: string;
  /** A bundle payment where no course is named; the id of the payment. A second passes. */
  pay(as: Member, type: 'DIKE' | 'UMUM', packageId: string, courseId?: string): Promise<string>;
  /** The payer and the others, each with a course of the INTERMEDIATE package. */
  payForGroup(creator: readonly [Member, courseId: string], others: readonly (readonly [Member, courseId: string])[]): Promise<string>;
  approve(paymentId: string): Promise<void>;
}

/** `seats`: other quotas than those of production; the log is then not replayed. */
export const createSales = async ({ seats, ...options }: TestAppOptions & { readonly seats?: Partial<AcademySettings['seats']> } = {}): Promise<Sales> => {
  const app = await createAcademyApp({
    ...options,
    ...(seats === undefined
      ? {}
      : {
          services: ({ commands, ...services }) => {
            const { academy } = commands.settings;
            return { ...services, commands: { ...commands, settings: { ...commands.settings, academy: { ...academy, seats: { ...academy.seats, ...seats } } } } };
          },
        }),
  });
  const { must } = app;
  const boss = await app.admin('Boss');
  const [html, css, react, vue] = [
    await app.course('ENTRY', 'HTML basics'),
    await app.course('ENTRY', 'CSS basics'),
    await app.course('INTERMEDIATE', 'React in depth'),
    await app.course('INTERMEDIATE', 'Vue in depth'),
  ];
  const offered = async (name: string, type: string, price: number, additions: readonly object[]): Promise<string> => {
    const id = String((await must(boss, 'POST', '/packages', { name, type, price })).data['id']);
    for (const body of additions) await must(boss, 'POST', `/packages/${id}/courses`, body);
    return id;
  };
  const entry = await offered('Paket Entry', 'ENTRY', 49_000, [{ courseId: html }, { courseId: css }]);
  const intermediate = await offered('Paket Intermediate', 'INTERMEDIATE', 90_000, [{ courseId: react }, { courseId: vue }]);
  const bundle = await offered('Paket Web', 'BUNDLE', 130_000, [{ courseIds: [html, react] }]);

  return {
    ...app,
    boss,
    html,
    css,
    react,
    vue,
    entry,
    intermediate,
    bundle,
    pay: async (as, type, packageId, courseId) => {
      app.clock.advance(1_000);
      const { data } = await must(as, 'POST', '/payments', { packageId, type, proofLink: PROOF, ...(courseId === undefined ? {} : { courseId }) });
      return String(data['id']);
    },
    payForGroup: async ([creator, creatorCourseId], others) => {
      app.clock.advance(1_000);
      const members = others.map(([{ email }, courseId]) => ({ email, courseId }));
      const paid = await submitGroupPayment(app.services.commands)({ payerId: creator.id, packageId: intermediate, creatorCourseId, proofLink: PROOF, members }, contextFor());
      if (!paid.ok) throw new Error(`a group was refused: ${paid.rejection}`);
      await app.caughtUp();
      return paid.value.paymentId;
    },
    approve: async (paymentId) => void (await must(boss, 'PATCH', `/payments/${paymentId}/approve`)),
  };
};
