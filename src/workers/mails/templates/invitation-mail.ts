import { mailTemplate } from './template.js';
import { greetingOf, shownName } from './typed-text.js';

export interface InvitationFacts {
  readonly name: string;
  readonly organization: string;
}

const template = mailTemplate<{ readonly greeting: string; readonly organization: string }>({
  subject: 'You were invited to <% if (it.organization === "") { %>an organization<% } else { %><%= it.organization %><% } %>',
  text: `<%= it.greeting %>

you were asked to join <% if (it.organization === "") { %>an organization<% } else { %>this organization:

    <%= it.organization %>

<% } %>

The invitation waits among your organizations: accept it there, or decline it.
If you do not know who asks, you need not do anything.`,
  html: `<p><%= it.greeting %></p>
<p>you were asked to join <% if (it.organization === "") { %>an organization.</p><% } else { %>this organization:</p>
<p style="font-size:20px;font-weight:bold"><%= it.organization %></p><% } %>
<p>The invitation waits among your organizations: accept it there, or decline it. If you do not know who asks, you need not do anything.</p>`,
});

/** The name of an organization is shown like that of a person: strangers chose both. */
export const invitationMail = ({ name, organization }: InvitationFacts) => template({ greeting: greetingOf(name), organization: shownName(organization) });
