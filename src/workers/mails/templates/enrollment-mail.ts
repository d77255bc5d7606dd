import { mailTemplate } from './template.js';
import { greetingOf, hasLink } from './typed-text.js';

export interface EnrollmentFacts {
  readonly name: string;
  readonly course: string;
}

const template = mailTemplate<{ readonly greeting: string; readonly course: string; readonly isPlain: boolean }>({
  subject: 'You are enrolled<% if (it.isPlain) { %>: <%= it.course %><% } %>',
  text: `<%= it.greeting %>

you are enrolled in this course:

    <%= it.course %>


You can start at once. Enjoy it!`,
  html: `<p><%= it.greeting %></p>
<p>you are enrolled in this course:</p>
<p style="font-size:20px;font-weight:bold"><%= it.course %></p>
<p>You can start at once. Enjoy it!</p>`,
});

export const enrollmentMail = ({ name, course }: EnrollmentFacts) => template({ greeting: greetingOf(name), course, isPlain: !hasLink(course) });
