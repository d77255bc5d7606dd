import { mailTemplate } from './template.js';

export interface CheckpointFacts {
  readonly size: string;
  readonly note: string;
  readonly vkey: string;
}

/** A checkpoint for whoever keeps it out of reach of those who own the server. */
export const checkpointMail = mailTemplate<CheckpointFacts>({
  subject: 'Audit checkpoint of <%= it.size %> events',
  text: `Keep this mail. With it you can show later that none of the first <%= it.size %> events of payments and coupons was changed, dropped or moved.

Save the lines between the two rules as a file, and give it to the verifier:
    registrar audit verify EXPORT --key VKEY --checkpoint FILE

--------
<%= it.note %>--------

The key that signed it:
    <%= it.vkey %>`,
  html: `<p>Keep this mail. With it you can show later that none of the first <%= it.size %> events of payments and coupons was changed, dropped or moved.</p>
<p>Save these lines as a file, and give it to the verifier: <code>registrar audit verify EXPORT --key VKEY --checkpoint FILE</code></p>
<pre><%= it.note %></pre>
<p>The key that signed it: <code><%= it.vkey %></code></p>`,
});
