import { useEffect } from 'preact/hooks';
import { Redirect, Route, Router, Switch } from 'wouter-preact';
import { Loading, Problem } from '../pieces/states.js';
import { useStore } from '../pieces/store.js';
import { useAnswer } from '../pieces/use-answer.js';
import { SignIn } from '../session/sign-in.js';
import { accessToken, session, type Account } from '../session/tokens.js';
import { Header } from './header.js';
import { useHeading } from './heading.js';
import { LazyView } from './lazy-view.js';
import { loadAhead } from './load-view.js';
import { views, viewsFor } from './views.js';

const NothingHere = () => {
  useHeading('Nothing here');
  return (
    <section class="notice">
      <h1>Nothing here</h1>
      <p>The console has no such address.</p>
    </section>
  );
};

const NotForYou = ({ account }: { readonly account: Account }) => {
  useHeading('Not for this account');
  return (
    <section class="notice">
      <h1>Not for this account</h1>
      <p>{account.role === null ? 'This account has no role.' : `This address is not for the role ${account.role}.`} An admin can give another one.</p>
    </section>
  );
};

const Views = ({ account }: { readonly account: Account }) => {
  const open = viewsFor(account.role);
  const [first] = open;
  useEffect(() => loadAhead(viewsFor(account.role)), [account.role]);
  return (
    <Switch>
      {open.map((view) => (
        <Route key={view.path} path={view.path}>
          <LazyView key={view.path} view={view} />
        </Route>
      ))}
      {first === undefined ? null : <Route path="/sign-in"><Redirect to={first.path} replace /></Route>}
      {views.map(({ path }) => (
        <Route key={path} path={path}>
          <NotForYou account={account} />
        </Route>
      ))}
      <Route>
        <NothingHere />
      </Route>
    </Switch>
  );
};

const Main = () => {
  const known = useStore(session);
  const asked = useAnswer('session', accessToken);
  useEffect(() => {
    // A view that ends with its session leaves the focus nowhere.
    if (known.is === 'signed-out') document.querySelector<HTMLElement>('main')?.focus();
  }, [known.is]);
  if (known.is === 'signed-in') return <Views account={known.account} />;
  if (known.is === 'signed-out') return <SignIn />;
  return asked.error === undefined ? <Loading what="the session" /> : <Problem error={asked.error} retry={asked.reload} />;
};

export const App = () => (
  <Router base="/console">
    <a class="skip" href="#main">Skip to the content</a>
    <Header />
    <main id="main" tabIndex={-1}>
      <Main />
    </main>
  </Router>
);
