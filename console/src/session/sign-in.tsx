import { useEffect, useRef, useState } from 'preact/hooks';
import { messageOf } from '../api/problems.js';
import { useHeading } from '../frame/heading.js';
import { needsCode, signIn } from './session.js';

/** Asks for address and password, and for the code from the mail where the account has a second factor. */
export const SignIn = () => {
  useHeading('Sign in');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const codeField = useRef<HTMLInputElement>(null);
  useEffect(() => codeField.current?.focus(), [asksCode]);
  const submit = async (): Promise<void> => {
    setIsBusy(true);
    setFailure('');
    try {
      await signIn({ email, password, ...(asksCode ? { otp: code.trim() } : {}) });
    } catch (error) {
      setIsBusy(false);
      if (needsCode(error) && !asksCode) setAsksCode(true);
      else setFailure(messageOf(error));
    }
  };
  return (
    <section class="sign-in">
      <h1>Sign in</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <label>
          Email
          <input type="email" name="email" autocomplete="username" required value={email} readOnly={asksCode} onInput={({ currentTarget }) => setEmail(currentTarget.value)} />
        </label>
        <label>
          Password
          <input type="password" name="password" autocomplete="current-password" required value={password} readOnly={asksCode} onInput={({ currentTarget }) => setPassword(currentTarget.value)} />
        </label>
        {asksCode ? (
          <label>
            Code from the mail
            <input ref={codeField} name="otp" autocomplete="one-time-code" inputMode="numeric" required value={code} onInput={({ currentTarget }) => setCode(currentTarget.value)} />
          </label>
        ) : null}
        {asksCode ? <p role="status">A code was mailed to this address.</p> : null}
        <p role="alert" class="failure">
          {failure}
        </p>
        <div class="actions">
          <button type="submit" class="main" disabled={isBusy}>
            {isBusy ? 'Signing in …' : 'Sign in'}
          </button>
          {asksCode ? (
            <button type="button" onClick={() => setAsksCode(false)}>
              Another account
            </button>
          ) : null}
        </div>
      </form>
    </section>
  );
};
