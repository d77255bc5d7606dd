import { mailTemplate } from './template.js';

export interface EnrollmentFacts {
  readonly name: string;
  readonly course: string;
}

export const enrollmentMail = mailTemplate<EnrollmentFacts>({
  subject: 'You are enrolled: <%= it.course %>',
  text: `Hello <%= it.name %>,

you are enrolled in this course:

    <%= it.course %>


You can start at once. Enjoy it!`,
  html: `<p>Hello <%= it.name %>,</p>
<p>you are enrolled in this course:</p>
<p style="font-size:20px;font-weight:bold"><%= it.course %></p>
<p>You can start at once. Enjoy it!</p>`,
});
