import type { RejectionDetails } from '../../../domain/kernel/decider.js';
import type { Rejection } from '../../refusals/index.js';
import type { Wordings } from '../../refusals/wording.js';
import { Problem } from '../../shared/problem.js';
import type { Review } from '../../shared/run.js';

export const noSuchPayment = (): Problem => new Problem(404, 'package-payment-not-found', 'Payment not found');

/** Sentences that are the same whatever the values behind the refusal, in the order of the document (section 4). */
export const purchaseWords: Wordings = {
  'account-not-found': [404, 'User tidak ditemukan'],
  'package-not-found': [404, 'Paket tidak ditemukan'],
  'package-course-required': [400, 'CourseId diperlukan untuk paket non-bundle (ENTRY atau INTERMEDIATE)'],
  'package-course-absent': [400, 'Course yang dipilih bukan bagian dari paket yang dipilih'],
  'course-not-found': [400, 'Kelas tidak ditemukan'],
  'package-course-forbidden': [400, 'CourseId tidak boleh disertakan untuk paket BUNDLE'],
  'bundle-not-alone': [400, 'Anda tidak dapat mendaftar paket bundle karena sudah terdaftar di kelas lain'],
  'bundle-already-paid': [400, 'Anda tidak dapat mendaftar kelas baru karena sudah terdaftar di paket bundle'],
  'too-many-package-payments': { status: 400 },
};

const told = (details: RejectionDetails, name: string): string => String(details[name] ?? '');
const lower = (details: RejectionDetails, name: string): string => told(details, name).toLowerCase();

/** The cause of check 5, a bundle by its kind. */
export const heldCourse = (details: RejectionDetails): string => {
  if (details['packageType'] !== 'BUNDLE') return told(details, 'course');
  return details['isWaiting'] === true ? 'Paket Bundle (Menunggu Approval)' : 'Paket Bundle';
};

type Sentence = (details: RejectionDetails) => string;

/** The same for group payments. */
export const quotaSentence: Sentence = (details) =>
  `Kuota kelas ${lower(details, 'pool')} untuk "${told(details, 'title')}" sudah penuh (${told(details, 'used')}/${told(details, 'quota')})`;

const sentences: Readonly<Partial<Record<Rejection, Sentence>>> = {
  'payer-type-differs': (details) => `Pengguna ${told(details, 'type')} hanya dapat membuat pembayaran dengan tipe ${told(details, 'type')}`,
  'intermediate-already-paid': (details) =>
    `Anda sudah terdaftar di kelas INTERMEDIATE: ${heldCourse(details)}. Hanya boleh mengambil 1 kelas INTERMEDIATE.`,
  'package-type-already-paid': (details) =>
    `Anda sudah terdaftar di kelas ${lower(details, 'packageType')}. Tidak dapat mendaftar di kelas ${lower(details, 'packageType')} lainnya`,
  'seats-full': quotaSentence,
  'seat-taken-by-user': (details) => `Payment could not be approved: the student is already enrolled in "${told(details, 'title')}"`,
};

/** Says with a 400 what depends on the values behind a refusal. */
export const worded = <Value>(outcome: Parameters<Review<Value>>[0]): Parameters<Review<Value>>[0] => {
  if (outcome.ok) return outcome;
  const sentence = sentences[outcome.rejection];
  if (sentence !== undefined) throw new Problem(400, outcome.rejection, sentence(outcome.details ?? {}));
  return outcome;
};
