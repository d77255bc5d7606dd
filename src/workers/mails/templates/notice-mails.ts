import { mailTemplate } from './template.js';

export interface NoticeFacts {
  readonly link: string;
  readonly goodUntil: string;
}

// The new address is not named: whoever changed it could have chosen it to be read here.
const noticeMail = (subject: string, happened: string) =>
  mailTemplate<NoticeFacts>({
    subject,
    text: `${happened}

If it was you, you need not do anything.

If it was not you, take the account back with this link, until <%= it.goodUntil %>:

    <%= it.link %>

It ends every session, makes the password void, and mails you a code for a new one.`,
    html: `<p>${happened}</p>
<p>If it was you, you need not do anything.</p>
<p>If it was not you, <a href="<%= it.link %>">take the account back</a>, until <%= it.goodUntil %>. It ends every session, makes the password void, and mails you a code for a new one.</p>`,
  });

export const addressChangedMail = noticeMail(
  'The email address of your account is another one',
  'Another email address was given for your account, in place of this one.',
);

export const passwordChangedMail = noticeMail('Your password was changed', 'The password of your account was changed.');

export const twoFactorDisabledMail = noticeMail(
  'Two-factor login was turned off',
  'Two-factor login of your account was turned off: a login needs no code from a mail any more.',
);

export const identityLinkedMail = noticeMail(
  'Your account can now be logged in to with Google',
  'A Google account with your email address was linked to your account: from now on it logs in to it.',
);

export const wrongPasswordsMail = mailTemplate<object>({
  subject: 'Wrong passwords were given for your account',
  text: `Many wrong passwords were given for your account within an hour. None of them was right.

Your account is not locked. Where you have logged in before you can log in as ever; elsewhere it may take up to half an hour,
or a new password with a code from a mail.

If the tries were yours, or your password is long and used nowhere else, you need not do anything. Else choose another one.`,
  html: `<p>Many wrong passwords were given for your account within an hour. None of them was right.</p>
<p>Your account is not locked. Where you have logged in before you can log in as ever; elsewhere it may take up to half an hour, or a new password with a code from a mail.</p>
<p>If the tries were yours, or your password is long and used nowhere else, you need not do anything. Else choose another one.</p>`,
});
