import { mailTemplate } from './template.js';

export interface CodeFacts {
  readonly code: string;
  readonly goodUntil: string;
}

// No greeting by name: anybody can request a code for another's address, under a name of their choice; and the code is to be the
// only six digits.
export const codeMail = (subject: string, purpose: string, unasked: string) =>
  mailTemplate<CodeFacts>({
    subject,
    text: `${purpose}

    <%= it.code %>


It is good once, until <%= it.goodUntil %>. Give it to nobody, whoever asks for it.

${unasked}`,
    html: `<p>${purpose}</p>
<p style="font-size:32px;letter-spacing:6px;font-weight:bold"><%= it.code %></p>
<p>It is good once, until <%= it.goodUntil %>. Give it to nobody, whoever asks for it.</p>
<p>${unasked}</p>`,
  });

export const verificationCodeMail = codeMail(
  'Verify your email address',
  'With this code you verify your email address:',
  'If you did not open an account, somebody typed your address by mistake: you need not do anything.',
);

export const passwordResetMail = codeMail(
  'Reset your password',
  'With this code you set a new password:',
  'If you did not ask for it, you need not do anything: your password stays as it is.',
);

export const loginCodeMail = codeMail(
  'Your login code',
  'With this code you finish logging in:',
  'If you are not logging in, somebody knows your password: change it.',
);

export const twoFactorCodeMail = codeMail(
  'Your code to turn two-factor on or off',
  'With this code you turn two-factor login on or off:',
  'If you did not ask for it, somebody is logged in to your account: set a new password.',
);
