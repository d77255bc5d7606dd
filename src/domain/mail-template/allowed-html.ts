import { isWebUrl } from '../kernel/web-url.js';

// What mail programs show and nothing more: no scripts, no forms, nothing that is fetched but pictures.

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const ELEMENTS = words(
  'html head title meta style body div p span a img br hr h1 h2 h3 h4 h5 h6 table caption colgroup col thead tbody tfoot tr th td ul ol li dl dt dd ' +
    'strong b em i u s small sub sup blockquote pre code center font section header footer main article address figure figcaption',
);
export const VOID_ELEMENTS = words('meta img br hr col');
/** Each begins a line of the text part. */
export const LINES = words('div tr li dt dd caption section header footer main article address figure figcaption br hr');
/** Each has an empty line around it. */
export const PARAGRAPHS = words('p h1 h2 h3 h4 h5 h6 table ul ol dl blockquote pre');
/** Their content is no text of the mail. */
export const UNREAD = words('title style');

const ATTRIBUTES = words(
  'style class id lang dir title alt href src target rel width height align valign bgcolor color face size border cellpadding cellspacing ' +
    'colspan rowspan scope span start type role charset name content http-equiv xmlns',
);
const KINDS_OF_META = words('content-type x-ua-compatible');
/** What a reader sees of an attribute: a variable may stand there. */
const READ_ATTRIBUTES = words('alt title');

/** Backslashes can spell all the others. */
const LOADING_STYLE = /\\|@import|url\s*\(|expression\s*\(|javascript:|behavior\s*:|-moz-binding|<\//i;

const isLink = (url: string): boolean => isWebUrl(url) || /^mailto:[^\s]+$/i.test(url) || /^#[\w-]*$/.test(url);

const short = (text: string): string => (text.length > 50 ? `${text.slice(0, 50)}...` : text);

export const problemOfElement = (name: string): string | undefined => (ELEMENTS.has(name) ? undefined : `<${short(name)}> is not allowed in a mail`);

export const problemOfStyle = (css: string): string | undefined => {
  if (css.includes('{{')) return 'a variable may not stand in a style';
  return LOADING_STYLE.test(css) ? 'a style must not load or run anything' : undefined;
};

export const problemOfAttribute = (name: string, value: string): string | undefined => {
  if (!ATTRIBUTES.has(name)) return `the attribute ${short(name)} is not allowed in a mail`;
  if (value.includes('{{') && !READ_ATTRIBUTES.has(name)) return `a variable may not stand in the attribute ${name}`;
  switch (name) {
    case 'style':
      return problemOfStyle(value);
    case 'href':
      return isLink(value.trim()) ? undefined : 'href must be a link of http, https or mailto';
    case 'src':
      return isWebUrl(value.trim()) ? undefined : 'src must be a URL of http or https';
    case 'http-equiv':
      return KINDS_OF_META.has(value.trim().toLowerCase()) ? undefined : 'http-equiv may only be content-type';
    default:
      return undefined;
  }
};
