import type { MailTemplateId } from './events.js';
import type { TemplateWords } from './template.js';

const page = (title: string, body: string): string => `<!DOCTYPE html>
<html lang="id">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body style="margin:0;padding:24px;background:whitesmoke;font-family:Arial,Helvetica,sans-serif;color:black">
<div style="max-width:560px;margin:0 auto;padding:24px;background:white;border-radius:8px">
${body}
<p style="margin-top:32px">Salam hangat,<br>Tim OmahTI Academy</p>
</div>
</body>
</html>
`;

const row = (label: string, value: string): string =>
  `<tr><td style="padding:4px 16px 4px 0;color:dimgray">${label}:</td><td style="padding:4px 0">${value}</td></tr>`;

const table = (rows: readonly (readonly [label: string, value: string])[]): string =>
  `<table style="border-collapse:collapse">\n${rows.map(([label, value]) => row(label, value)).join('\n')}\n</table>`;

/** The words until an admin gives others. */
export const defaultWords: Readonly<Record<MailTemplateId, TemplateWords>> = {
  'payment-confirmation': {
    subject: 'Payment Confirmation - OmahTI Academy',
    htmlContent: page(
      'Konfirmasi Pembayaran',
      `<h1 style="font-size:22px">Konfirmasi Pembayaran</h1>
<p>Halo {{username}},</p>
<p>Terima kasih! Bukti pembayaranmu sudah kami terima dan sedang kami periksa. Kami akan mengabarimu lewat email begitu pendaftaranmu disetujui.</p>
${table([['Kelas', '{{courseName}}'], ['Jumlah', '{{amount}}'], ['Tanggal', '{{date}}'], ['Nomor transaksi', '{{transactionId}}']])}
<p>Simpan email ini sebagai catatan pembayaranmu.</p>`,
    ),
  },
  'enrollment-confirmation': {
    subject: 'Enrollment Confirmation - OmahTI Academy',
    htmlContent: page(
      'Konfirmasi Pendaftaran',
      `<h1 style="font-size:22px">Selamat, kamu sudah terdaftar!</h1>
<p>Halo {{username}},</p>
<p>Pembayaranmu sudah disetujui dan kamu resmi menjadi peserta OmahTI Academy.</p>
${table([['Kelas', '{{courseName}}'], ['Paket', '{{packageName}}'], ['Harga', '{{price}}'], ['Tanggal', '{{date}}']])}
<p>Selamat belajar, dan sampai jumpa di kelas!</p>`,
    ),
  },
};
