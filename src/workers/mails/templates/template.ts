import { Eta } from 'eta';
import { inHeader } from './typed-text.js';

/** The sources of a mail, in Eta: `it` holds the facts. HTML escapes them. */
export interface TemplateSource {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const plain = new Eta({ autoEscape: false });
const escaping = new Eta({ autoEscape: true });

/** Why the mail came, below each, in the language of the mail. */
const FEET = {
  en: 'You get this mail because of your account at Registrar.',
  id: 'Anda menerima email ini karena akun Anda di OmahTI Academy.',
} as const;

// Colours have names: nothing else in a mail with a code looks like six digits.
const layout = escaping.compile(`<!doctype html>
<html lang="<%= it.language %>">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title><%= it.subject %></title></head>
<body style="margin:0;padding:24px;background:whitesmoke;font-family:Arial,Helvetica,sans-serif;color:black">
<div style="max-width:560px;margin:0 auto;padding:24px;background:white;border-radius:8px">
<%~ it.body %>
<p style="margin-top:32px;font-size:12px;color:dimgray"><%= it.foot %></p>
</div>
</body>
</html>
`);

const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

export const mailTemplate = <Facts extends object>(source: TemplateSource, language: keyof typeof FEET = 'en'): ((facts: Facts) => RenderedMail) => {
  const subjectOf = plain.compile(source.subject);
  const textOf = plain.compile(source.text);
  const bodyOf = escaping.compile(source.html);
  const foot = FEET[language];
  return (facts) => {
    const subject = inHeader(oneLine(subjectOf.call(plain, facts)));
    const body = bodyOf.call(escaping, facts);
    return { subject, text: `${textOf.call(plain, facts).trim()}\n\n--\n${foot}\n`, html: layout.call(escaping, { subject, body, language, foot }) };
  };
};
