import type { CodeFacts } from './code-mails.js';
import { mailTemplate } from './template.js';

const WELCOME = 'Akun OmahTI Academy Anda sudah aktif: silakan masuk dengan email dan kata sandi Anda. Dengan kode ini Anda mengonfirmasi bahwa alamat email ini milik Anda:';
const UNASKED = 'Jika Anda tidak membuat akun, seseorang salah mengetik alamat: Anda tidak perlu melakukan apa pun.';
const GOOD_ONCE = 'Kode berlaku satu kali, sampai <%= it.goodUntil %>. Jangan berikan kepada siapa pun.';

export const academyWelcomeMail = mailTemplate<CodeFacts>({
  subject: 'Selamat datang di OmahTI Academy',
  text: `${WELCOME}

    <%= it.code %>


${GOOD_ONCE}

${UNASKED}`,
  html: `<p>${WELCOME}</p>
<p style="font-size:32px;letter-spacing:6px;font-weight:bold"><%= it.code %></p>
<p>${GOOD_ONCE}</p>
<p>${UNASKED}</p>`,
}, 'id');

const PURPOSE = 'Dengan tautan ini Anda membuat kata sandi baru untuk akun OmahTI Academy Anda:';
const LINK_GOOD_ONCE = 'Tautan berlaku satu kali, sampai <%= it.goodUntil %>. Jangan berikan kepada siapa pun.';
const NOT_ASKED = 'Jika Anda tidak memintanya, Anda tidak perlu melakukan apa pun: kata sandi Anda tetap seperti sekarang.';

interface LinkFacts {
  readonly link: string;
  readonly goodUntil: string;
}

export const academyPasswordResetMail = mailTemplate<LinkFacts>({
  subject: 'Atur ulang kata sandi - OmahTI Academy',
  text: `${PURPOSE}

<%= it.link %>


${LINK_GOOD_ONCE}

${NOT_ASKED}`,
  html: `<p>${PURPOSE}</p>
<p><a href="<%= it.link %>">Buat kata sandi baru</a></p>
<p>${LINK_GOOD_ONCE}</p>
<p>${NOT_ASKED}</p>`,
}, 'id');
