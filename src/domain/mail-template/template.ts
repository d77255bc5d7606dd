import { CONTROL } from '../kernel/web-url.js';
import type { MailTemplateId } from './events.js';
import { valueOf, variablesOf, type TemplateValues } from './kinds.js';
import { piecesOf, problemOfPlaces, type Piece } from './placeholders.js';
import { escapeHtml, readHtml, type ReadHtml } from './read-html.js';

export const LONGEST_SUBJECT = 200;
export const LONGEST_HTML = 50_000;

export interface TemplateWords {
  readonly subject: string;
  readonly htmlContent: string;
}

/** The field of the words that is wrong, and how. */
export interface TemplateProblem {
  readonly field: keyof TemplateWords;
  readonly problem: string;
}

export interface ReadTemplate {
  readonly subject: readonly Piece[];
  readonly body: ReadHtml;
}

export type TemplateReading = Readonly<{ ok: true; template: ReadTemplate }> | Readonly<{ ok: false } & TemplateProblem>;

const BROKEN_LINE = new RegExp(`[${CONTROL}]`, 'u');

/** Newlines and tabs are none of them. */
const CONTROL_IN_HTML = new RegExp(String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]`);

const problemOfSubject = (subject: string, variables: readonly string[]): string | undefined => {
  if (subject.trim() === '') return 'must not be blank';
  if (subject.length > LONGEST_SUBJECT) return `must be at most ${LONGEST_SUBJECT} characters`;
  if (BROKEN_LINE.test(subject)) return 'must be one line';
  return problemOfPlaces(subject, variables);
};

/** Reads the words that an admin gave. Nothing in them is ever carried out: variables are replaced, all else is text and allowed HTML. */
export const readTemplate = (templateId: MailTemplateId, { subject, htmlContent }: TemplateWords): TemplateReading => {
  const variables = variablesOf(templateId);
  const inSubject = problemOfSubject(subject, variables);
  if (inSubject !== undefined) return { ok: false, field: 'subject', problem: inSubject };
  const wrong = (problem: string): TemplateReading => ({ ok: false, field: 'htmlContent', problem });
  if (htmlContent.length > LONGEST_HTML) return wrong(`must be at most ${LONGEST_HTML} characters`);
  if (CONTROL_IN_HTML.test(htmlContent)) return wrong('must have no control characters but newlines and tabs');
  const inHtml = problemOfPlaces(htmlContent, variables);
  if (inHtml !== undefined) return wrong(inHtml);
  const reading = readHtml(htmlContent);
  return reading.ok ? { ok: true, template: { subject: piecesOf(subject.trim()), body: reading.read } } : wrong(reading.problem);
};

/** What is said below the template's words: lines of text, then a link. */
export interface Afterword {
  readonly lines: readonly string[];
  readonly link: Readonly<{ words: string; url: string }>;
}

const filled = (pieces: readonly Piece[], values: TemplateValues, inPlace: (value: string) => string = (value) => value): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : inPlace(valueOf(values, piece.variable)))).join('');

const inOrder = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replaceAll(/[ \t]+/g, ' ').trim())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();

const afterwordHtml = ({ lines, link }: Afterword): string => {
  const said = lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n');
  return `<div style="max-width:560px;margin:0 auto;padding:0 24px 24px">${said}\n<p><a href="${escapeHtml(link.url)}">${escapeHtml(link.words)}</a></p></div>`;
};

const afterwordText = ({ lines, link }: Afterword): string => `\n\n${[...lines, `${link.words}: ${link.url}`].join('\n')}`;

export const fillTemplate = ({ subject, body }: ReadTemplate, values: TemplateValues, afterword?: Afterword) => {
  const { html, text, bodyEnd } = body;
  const inHtml = (pieces: readonly Piece[]): string => filled(pieces, values, escapeHtml);
  const [afterHtml, afterText] = afterword === undefined ? ['', ''] : [afterwordHtml(afterword), afterwordText(afterword)];
  return {
    subject: filled(subject, values).replaceAll(/\s+/g, ' ').trim(),
    html: `${inHtml(html.slice(0, bodyEnd))}${afterHtml}${inHtml(html.slice(bodyEnd))}`,
    text: `${inOrder(filled(text, values))}${afterText}\n`,
  };
};
