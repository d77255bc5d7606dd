import { useAnswer } from '../pieces/use-answer.js';
import { Loading, Problem } from '../pieces/states.js';
import { Boundary } from './boundary.js';
import { useHeading } from './heading.js';
import { loadView } from './load-view.js';
import type { View } from './views.js';

/** A view whose program is fetched when it is first opened. */
export const LazyView = ({ view }: { readonly view: View }) => {
  const { path, title } = view;
  useHeading(title);
  const { value, error, reload } = useAnswer(path, () => loadView(view));
  if (error !== undefined) return <Problem error={error} retry={reload} />;
  if (value === undefined) return <Loading what={title} />;
  const Content = value.default;
  return (
    <Boundary>
      <Content />
    </Boundary>
  );
};
