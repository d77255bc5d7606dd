import { mailTemplate } from './template.js';
import { greetingOf } from './typed-text.js';

export interface ReceiptFacts {
  readonly name: string;
  readonly paidAt: string;
  readonly method: string;
  readonly lines: readonly { readonly title: string; readonly listPrice: string }[];
  readonly subtotal: string;
  readonly discount: string | null;
  readonly couponCode: string | null;
  readonly total: string;
}

// The invoice's number is not repeated here: it comes with the invoice.
const template = mailTemplate<Omit<ReceiptFacts, 'name'> & { readonly greeting: string }>({
  subject: 'Your receipt: <%= it.total %>',
  text: `<%= it.greeting %>

thank you for your purchase. We received your payment on <%= it.paidAt %> (<%= it.method %>).

<% for (const line of it.lines) { %>
- <%= line.title %>: <%= line.listPrice %>

<% } %>

Subtotal: <%= it.subtotal %>

<% if (it.discount !== null) { %>
Discount<% if (it.couponCode !== null) { %> (<%= it.couponCode %>)<% } %>: -<%= it.discount %>

<% } %>
Total: <%= it.total %>


You find the invoice in your account.`,
  html: `<p><%= it.greeting %></p>
<p>thank you for your purchase. We received your payment on <%= it.paidAt %> (<%= it.method %>).</p>
<table style="width:100%;border-collapse:collapse">
<% for (const line of it.lines) { %>
<tr><td style="padding:4px 0"><%= line.title %></td><td style="padding:4px 0;text-align:right"><%= line.listPrice %></td></tr>
<% } %>
<tr><td style="padding:4px 0;border-top:1px solid silver">Subtotal</td><td style="padding:4px 0;border-top:1px solid silver;text-align:right"><%= it.subtotal %></td></tr>
<% if (it.discount !== null) { %>
<tr><td style="padding:4px 0">Discount<% if (it.couponCode !== null) { %> (<%= it.couponCode %>)<% } %></td><td style="padding:4px 0;text-align:right">-<%= it.discount %></td></tr>
<% } %>
<tr><td style="padding:4px 0;font-weight:bold">Total</td><td style="padding:4px 0;text-align:right;font-weight:bold"><%= it.total %></td></tr>
</table>
<p>You find the invoice in your account.</p>`,
});

export const receiptMail = ({ name, ...facts }: ReceiptFacts) => template({ ...facts, greeting: greetingOf(name) });
