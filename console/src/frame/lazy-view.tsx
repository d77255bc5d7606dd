import { useAnswer } from '../pieces/use-answer.js';
import { Loading, Problem } from '../pieces/states.js';
import { Boundary } from './boundary.js';
import { useHeading } from './heading.js';
import type { View } from './views.js';

/** A view whose program is fetched when it is first opened. */
export const LazyView = ({ view: { path, title, load } }: { readonly view: View }) => {
  useHeading(title);
  const { value, error, reload } = useAnswer(path, load);
  if (error !== undefined) return <Problem error={error} retry={reload} />;
  if (value === undefined) return <Loading what={title} />;
  const Content = value.default;
  return (
    <Boundary>
      <Content />
    </Boundary>
  );
};
