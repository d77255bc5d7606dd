import t from 'tap';
import { mailTemplateDecider, usableTemplate } from '../../src/domain/mail-template/decider.js';
import { defaultWords } from '../../src/domain/mail-template/defaults.js';
import type { MailTemplateEvent, MailTemplateId } from '../../src/domain/mail-template/events.js';
import { templateIds, templateKinds, variablesOf } from '../../src/domain/mail-template/kinds.js';
import { fillTemplate, readTemplate } from '../../src/domain/mail-template/template.js';
import { growsTooFast } from '../fixtures/growth.js';
import { given } from './decider-specification.js';

const at = '2026-03-01T12:00:00.000Z';
const words = { subject: 'Pembayaran {{courseName}}', htmlContent: '<p>Halo {{username}}</p>' };
const changeWith = (over: Partial<typeof words> = {}) =>
  ({ type: 'ChangeMailTemplate', data: { templateId: 'payment-confirmation', ...words, ...over, changedBy: 'ada', at } }) as const;
const changed = (over: Partial<typeof words> = {}): MailTemplateEvent =>
  ({ type: 'MailTemplateChanged', data: { templateId: 'payment-confirmation', ...words, ...over, changedBy: 'ada', changedAt: at } });

const before = (...events: readonly MailTemplateEvent[]) => given(mailTemplateDecider, events);

t.test('new words are recorded, and the same words once', async () => {
  before().when(changeWith()).then([changed()]);
  before(changed()).when(changeWith()).thenNothing();
  before(changed()).when(changeWith({ subject: 'Lain' })).then([changed({ subject: 'Lain' })]);
  before(changed(), changed({ subject: 'Lain' })).when(changeWith()).then([changed()]);
  before().when(changeWith(defaultWords['payment-confirmation'])).thenNothing();
});

t.test('words that can not be sent are refused, with the field and the reason', async () => {
  before().when(changeWith({ subject: ' ' })).thenRefused('mail-template-invalid', { field: 'subject', problem: 'must not be blank' });
  before().when(changeWith({ htmlContent: '<p>{{name}}</p>' })).thenRefused('mail-template-invalid', {
    field: 'htmlContent',
    problem: '{{name}} is unknown; allowed are {{username}}, {{courseName}}, {{amount}}, {{transactionId}}, {{date}}',
  });
});

const problemIn = (htmlContent: string, templateId: MailTemplateId = 'payment-confirmation'): string | undefined => {
  const reading = readTemplate(templateId, { subject: 'A subject', htmlContent });
  return reading.ok ? undefined : reading.problem;
};

t.test('what a template must not hold', async (t) => {
  const refused: readonly (readonly [html: string, problem: RegExp])[] = [
    ['<p>{{username</p>', /^\{\{ is not closed by \}\}$/],
    ['<p>{{username {{date}}</p>', /is not closed/],
    ['<p>{{}}</p>', /^\{\{\}\} is unknown/],
    ['<p>{{constructor}}</p>', /is unknown/],
    ['<p>{{packageName}}</p>', /is unknown/],
    ['<p>{{user<b>name</b>}}</p>', /is unknown/],
    ['<p>a</p><script>alert(1)</script>', /^<script> is not allowed/],
    ['<p>a</p><SCRIPT SRC=//evil.example></SCRIPT>', /^<script> is not allowed/],
    ['<p>a</p><scr\0ipt>alert(1)</script>', /no control characters/],
    ['<p onclick="x()">a</p>', /^the attribute onclick is not allowed/],
    ['<img src=x onerror=alert(1)>a', /onerror|src must be/],
    ['<img/src="https://a.example/x"/onerror="x">a', /onerror/],
    ['<a href="javascript:alert(1)">a</a>', /^href must be a link/],
    ['<a href="&#106;avascript:alert(1)">a</a>', /^href must be a link/],
    ['<a href="java\nscript:alert(1)">a</a>', /^href must be a link/],
    ['<a href=" data:text/html,x">a</a>', /^href must be a link/],
    ['<a href="{{username}}">a</a>', /variable may not stand in the attribute href/],
    ['<p style="color:{{username}}">a</p>', /variable may not stand in the attribute style/],
    ['<p class={{username}}>a</p>', /variable may not stand in the attribute class/],
    ['<p style="background:url(https://a.example)">a</p>', /^a style must not load/],
    ['<p style="width:expression(alert(1))">a</p>', /^a style must not load/],
    ['<p style="background:u\\72l(x)">a</p>', /^a style must not load/],
    ['<style>@import "x";</style><p>a</p>', /^a style must not load/],
    ['<style>p{color:{{date}}}</style><p>a</p>', /variable may not stand in a style/],
    ['<iframe src="https://a.example"></iframe>a', /^<iframe> is not allowed/],
    ['<form action="https://a.example">a</form>', /^<form> is not allowed/],
    ['<svg><script>1</script></svg>a', /^<svg> is not allowed/],
    ['<base href="https://a.example">a', /^<base> is not allowed/],
    ['<link rel="stylesheet" href="https://a.example">a', /^<link> is not allowed/],
    ['<meta http-equiv="refresh" content="0;url=https://a.example">a', /^http-equiv may only be/],
    ['<p>a\u0000</p>', /no control characters/],
    ['<p>a\u0085</p>', /no control characters/],
    ['<p></p>', /^there is no text/],
    ['', /^there is no text/],
    ['<div>'.repeat(101) + 'a', /100 deep/],
    ['a'.repeat(50_001), /^must be at most 50000 characters/],
  ];
  for (const [html, problem] of refused) t.match(problemIn(html) ?? 'it was accepted', problem, html.slice(0, 60));
  t.equal(problemIn('<p>{{packageName}}</p>', 'enrollment-confirmation'), undefined);
  t.equal(problemIn('<p>\r\n\ta</p>'), undefined);
});

t.test('a subject is one line of at most 200 characters', async (t) => {
  const refused = [['', /blank/], ['a\nBcc: x@example.org', /one line/], ['a'.repeat(201), /at most 200/], ['{{date', /not closed/], ['{{price}}', /is unknown/]] as const;
  for (const [subject, problem] of refused) {
    const reading = readTemplate('payment-confirmation', { subject, htmlContent: '<p>a</p>' });
    t.match(reading, { ok: false, field: 'subject', problem }, subject.slice(0, 20));
  }
});

const fill = (over: Partial<typeof words>, values: Readonly<Record<string, string>>) => {
  const reading = readTemplate('payment-confirmation', { ...words, ...over });
  if (!reading.ok) throw new Error(reading.problem);
  return fillTemplate(reading.template, values);
};

t.test('values are text, wherever they stand, and no template of their own', async (t) => {
  const evil = `"><script>alert('1')</script>{{date}}<%= 1 %>\${1}`;
  const { html, text, subject } = fill({ subject: '{{ username }}!', htmlContent: `<p title="{{username}}">Halo {{ username }}</p><img alt='{{username}}' src=https://a.example/x.png>` }, { username: evil, date: 'HEUTE' });
  const escaped = '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;{{date}}&lt;%= 1 %&gt;${1}';
  t.equal(html, `<!DOCTYPE html><p title="${escaped}">Halo ${escaped}</p><img alt="${escaped}" src="https://a.example/x.png">`);
  t.equal(subject, `${evil}!`);
  t.match(text, `Halo ${evil}`);
  t.notMatch(`${html}${text}${subject}`, 'HEUTE');
});

t.test('a value never breaks a line of the subject', async (t) => {
  t.equal(fill({ subject: 'Halo {{username}}' }, { username: 'Budi\r\nBcc: all@example.org\u2028\0x' }).subject, 'Halo Budi Bcc: all@example.org x');
  t.equal(fill({ subject: 'Halo {{username}}' }, {}).subject, 'Halo', 'a value that is absent is empty');
  t.equal(fill({ subject: 'Halo {{username}}' }, Object.create({ username: 'inherited' }) as Record<string, string>).subject, 'Halo');
});

t.test('the HTML is written anew, without comments, and its text is made from it', async (t) => {
  const htmlContent = `<!DOCTYPE html><html><head><title>T {{date}}</title><style>@media print{p{color:red}}</style></head>
<body><!-- {{date}} --><h1>Pembayaran &amp; lain</h1><p>Halo   {{username}},<br>baris &lt;dua&gt;<ul><li>satu<li>dua</ul>
<table><tr><td>Kelas</td><td>{{courseName}}</td></tr></table><a href="https://a.example/?a=1&amp;b=2">Buka</a></body></html>`;
  const { html, text } = fill({ htmlContent }, { username: 'Budi', courseName: 'C & D', date: 'kini' });
  t.notMatch(html, '<!--');
  t.match(html, '<title>T kini</title><style>@media print{p{color:red}}</style>');
  t.match(html, '<h1>Pembayaran &amp; lain</h1>');
  t.match(html, '<a href="https://a.example/?a=1&amp;b=2">Buka</a></body></html>');
  t.equal(text, 'Pembayaran & lain\n\nHalo Budi,\nbaris <dua>\n\n- satu\n- dua\n\nKelas C & D\n\nBuka (https://a.example/?a=1&b=2)\n');
});

t.test('what stands below comes before the end of the body', async (t) => {
  const reading = readTemplate('payment-confirmation', { subject: 'a', htmlContent: '<html><body><p>a</p></body></html>' });
  if (!reading.ok) throw new Error(reading.problem);
  const { html, text } = fillTemplate(reading.template, {}, { lines: ['<b>'], link: { words: 'Buka', url: 'https://a.example/?a&b' } });
  t.match(html, /<p>a<\/p><div [^>]*><p>&lt;b&gt;<\/p>\n<p><a href="https:\/\/a\.example\/\?a&amp;b">Buka<\/a><\/p><\/div><\/body><\/html>$/);
  t.equal(text, 'a\n\n<b>\nBuka: https://a.example/?a&b\n');
});

t.test('the first words can be sent, name every variable and stay where stored ones are allowed no more', async (t) => {
  for (const id of templateIds) {
    const reading = readTemplate(id, defaultWords[id]);
    t.equal(reading.ok, true, id);
    if (!reading.ok) continue;
    const { html, text } = fillTemplate(reading.template, templateKinds[id].examples);
    for (const variable of variablesOf(id)) {
      const value = templateKinds[id].examples[variable] ?? 'missing';
      t.match(html, value);
      t.match(text, value);
    }
    t.notMatch(`${html}${text}`, /\{\{|undefined/);
    t.same(usableTemplate(id, { words: { subject: 'a', htmlContent: '<script>1</script>' } }), reading.template);
  }
});

t.test('issue 9.3: the work of reading a hostile template grows like its length', async (t) => {
  const parts = ['<b id=1>', '</p>', '<p ', '{{', '{{a', '&#x', '<!--', '<a href="', '<li>', '<div><p>', '}}{{date}}'];
  t.same(growsTooFast(problemIn, parts, ['']), []);
});
