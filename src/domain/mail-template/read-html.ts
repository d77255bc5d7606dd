import { Parser } from 'htmlparser2';
import { LINES, PARAGRAPHS, problemOfAttribute, problemOfElement, problemOfStyle, UNREAD, VOID_ELEMENTS } from './allowed-html.js';
import { piecesOf, type Piece } from './placeholders.js';

export interface ReadHtml {
  /** Written anew from what was read, so that a mail program sees nothing that the check did not. Variables are to be escaped. */
  readonly html: readonly Piece[];
  /** What a reader without HTML gets, before blanks are put in order. */
  readonly text: readonly Piece[];
  /** The place in `html` before the end of the body. */
  readonly bodyEnd: number;
}

export type HtmlReading = Readonly<{ ok: true; read: ReadHtml }> | Readonly<{ ok: false; problem: string }>;

const DEEPEST = 100;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

const escaped = (text: string): readonly Piece[] => piecesOf(text).map((piece) => (typeof piece === 'string' ? escapeHtml(piece) : piece));

class HtmlReader {
  readonly html: Piece[] = ['<!DOCTYPE html>'];
  readonly text: Piece[] = [];
  problem: string | undefined;
  bodyEnd = -1;
  readonly #open: { readonly name: string; readonly href: string | undefined }[] = [];
  /** The parser gives a text in parts. */
  #heard = '';

  opened(name: string, attributes: Readonly<Record<string, string>>): void {
    this.flush();
    this.#note(problemOfElement(name));
    this.html.push(`<${name}`);
    for (const [attribute, value] of Object.entries(attributes)) {
      this.#note(problemOfAttribute(attribute, value));
      this.html.push(` ${attribute}="`, ...escaped(value), '"');
    }
    this.html.push('>');
    this.#open.push({ name, href: attributes['href'] });
    if (this.#open.length > DEEPEST) this.#note(`elements stand at most ${DEEPEST} deep in one another`);
    this.#breakLine(name);
    if (name === 'li') this.text.push('- ');
    if (name === 'img') this.text.push(...piecesOf(attributes['alt'] ?? ''));
  }

  closed(name: string): void {
    this.flush();
    const href = this.#open.pop()?.href;
    if (VOID_ELEMENTS.has(name)) return;
    if (name === 'body') this.bodyEnd = this.html.length;
    this.html.push(`</${name}>`);
    if (href !== undefined && !href.startsWith('#')) this.text.push(` (${href})`);
    if (name === 'td' || name === 'th') this.text.push(' ');
    else this.#breakLine(name);
  }

  heard(text: string): void {
    this.#heard += text;
  }

  flush(): void {
    const text = this.#heard;
    if (text === '') return;
    this.#heard = '';
    const within = this.#open.at(-1)?.name;
    if (within === 'style') {
      this.#note(problemOfStyle(text));
      this.html.push(text);
      return;
    }
    this.html.push(...escaped(text));
    const isRead = within === undefined || !UNREAD.has(within);
    if (isRead && !(this.#isAtLineStart() && text.trim() === '')) this.text.push(...piecesOf(text.replaceAll(/\s+/g, ' ')));
  }

  #breakLine(name: string): void {
    if (PARAGRAPHS.has(name)) this.text.push('\n\n');
    else if (LINES.has(name) && !this.#isAtLineStart()) this.text.push('\n');
  }

  #isAtLineStart(): boolean {
    const last = this.text.at(-1);
    return typeof last === 'string' && last.endsWith('\n');
  }

  #note(problem: string | undefined): void {
    this.problem ??= problem;
  }
}

/** Reads a template's HTML; one that holds anything else than what mails may hold is refused. Comments are left out. */
export const readHtml = (source: string): HtmlReading => {
  const reader = new HtmlReader();
  const parser = new Parser({
    onopentag: (name, attributes) => reader.opened(name, attributes),
    onclosetag: (name) => reader.closed(name),
    ontext: (text) => reader.heard(text),
  });
  parser.end(source);
  reader.flush();
  const { html, text, bodyEnd, problem } = reader;
  if (problem !== undefined) return { ok: false, problem };
  if (text.every((piece) => typeof piece === 'string' && piece.trim() === '')) return { ok: false, problem: 'there is no text in it' };
  return { ok: true, read: { html, text, bodyEnd: bodyEnd === -1 ? html.length : bodyEnd } };
};
