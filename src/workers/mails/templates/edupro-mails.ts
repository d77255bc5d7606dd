import { codeMail } from './code-mails.js';

export const eduproWelcomeMail = codeMail(
  'Welcome to EduPro',
  'Your EduPro account is ready: log in with your email address and your password. With this OTP you confirm that the address is yours:',
  'If you did not open an account, somebody typed your address by mistake: you need not do anything.',
);

export const eduproPasswordResetMail = codeMail(
  'EduPro password reset OTP',
  'With this OTP you set a new password for your EduPro account:',
  'If you did not ask for it, you need not do anything: your password stays as it is.',
);
