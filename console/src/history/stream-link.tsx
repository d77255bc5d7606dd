import { Link } from 'wouter-preact';

/** Leads to the view of a stream, at a revision of it. */
export const StreamLink = ({ stream, revision }: { readonly stream: string; readonly revision: number }) => (
  <Link class="id" href={`/streams/${encodeURIComponent(stream)}?revision=${revision}`}>
    {stream}
  </Link>
);
