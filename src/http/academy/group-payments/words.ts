import type { RejectionDetails } from '../../../domain/kernel/decider.js';
import type { Rejection } from '../../refusals/index.js';
import { Problem } from '../../shared/problem.js';
import type { Review } from '../../shared/run.js';
import { heldCourse, quotaSentence } from '../payments/words.js';

const NOT_FOUND = 'Group payment tidak ditemukan';

/** What is in the way, and the status: the document has 500 for all of them. */
type Reason = readonly [status: number, sentence: string | ((details: RejectionDetails) => string)];
type Reasons = Readonly<Partial<Record<Rejection, Reason>>>;

const missing: Reasons = { 'package-payment-not-found': [404, NOT_FOUND], 'package-payment-not-group': [404, NOT_FOUND] };

/** In the order of the document (section 5). */
const ofSubmission: Reasons = {
  'account-not-found': [404, 'User tidak ditemukan'],
  'creator-course-absent': [400, 'Course yang dipilih creator tidak tersedia dalam package ini'],
  'no-valid-members': [400, 'Tidak ada member yang valid untuk diundang'],
  'intermediate-already-paid': [400, (details) => `Anda sudah terdaftar di: ${heldCourse(details)}`],
  'package-not-for-groups': [400, 'Package tidak valid untuk group payment'],
  'seats-full': [400, (details) => `Creator course validation failed: ${quotaSentence(details)}`],
  'too-many-package-payments': [400, 'Terlalu banyak pembayaran'],
};

const ofApproval: Reasons = {
  ...missing,
  'package-payment-approved': [400, 'Group payment sudah diapprove'],
  'seats-full': [400, quotaSentence],
  'seat-taken-by-user': [400, ({ userId, title }) => `Failed to create enrollment for user ${String(userId)}: already enrolled in "${String(title)}"`],
};

const ofDeletion: Reasons = { ...missing, 'package-payment-approved': [400, 'Tidak dapat menghapus group payment yang sudah diapprove'] };

const refused = (beginning: string, reasons: Reasons) => {
  /** Says what was to be done, and why it was not. */
  return <Value>(outcome: Parameters<Review<Value>>[0]): Parameters<Review<Value>>[0] => {
    if (outcome.ok) return outcome;
    const { rejection, details = {} } = outcome;
    const reason = reasons[rejection];
    if (reason === undefined) return outcome;
    const [status, sentence] = reason;
    throw new Problem(status, rejection, `${beginning}: ${typeof sentence === 'string' ? sentence : sentence(details)}`);
  };
};

const TAKING = 'Gagal mengambil group payment';
const APPROVING = 'Gagal approve group payment';
const DELETING = 'Gagal menghapus group payment';

export const submissionRefused = refused('Gagal membuat group payment', ofSubmission);
export const approvalRefused = refused(APPROVING, ofApproval);
export const deletionRefused = refused(DELETING, ofDeletion);

const noGroupPayment = (beginning: string) => (): Problem => new Problem(404, 'package-payment-not-found', `${beginning}: ${NOT_FOUND}`);

export const noneToTake = noGroupPayment(TAKING);
export const noneToApprove = noGroupPayment(APPROVING);
export const noneToDelete = noGroupPayment(DELETING);
