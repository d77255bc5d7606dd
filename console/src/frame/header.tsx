import { useState } from 'preact/hooks';
import { Link, useRoute } from 'wouter-preact';
import { messageOf } from '../api/problems.js';
import { useStore } from '../pieces/store.js';
import { signOut } from '../session/session.js';
import { session, type Account } from '../session/tokens.js';
import { Settings } from './settings-bar.js';
import { viewsFor } from './views.js';

const NavigationLink = ({ to, title }: { readonly to: string; readonly title: string }) => {
  const [isHere] = useRoute(to === '/' ? '/' : `${to}/*?`);
  return (
    <li>
      <Link href={to} aria-current={isHere ? 'page' : undefined}>
        {title}
      </Link>
    </li>
  );
};

const SignedIn = ({ account }: { readonly account: Account }) => {
  const [failure, setFailure] = useState('');
  const leave = (): void => {
    setFailure('');
    signOut().catch((error: unknown) => setFailure(`You are still signed in: ${messageOf(error)}`));
  };
  return (
    <div class="account">
      <span>
        {account.name} <small>{account.role ?? 'no role'}</small>
      </span>
      <button type="button" onClick={leave}>
        Sign out
      </button>
      <span role="alert">{failure}</span>
    </div>
  );
};

export const Header = () => {
  const known = useStore(session);
  return (
    <header>
      <span class="brand">Registrar</span>
      {known.is === 'signed-in' ? (
        <nav aria-label="Views">
          <ul>
            {viewsFor(known.account.role).map(({ title, link }) => (link === undefined ? null : <NavigationLink key={link} to={link} title={title} />))}
          </ul>
        </nav>
      ) : null}
      <Settings />
      {known.is === 'signed-in' ? <SignedIn account={known.account} /> : null}
    </header>
  );
};
