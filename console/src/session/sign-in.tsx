import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { messageOf } from '../api/problems.js';
import { useHeading } from '../frame/heading.js';
import { needsCode, signIn } from './session.js';

interface Entry {
  readonly label: string;
  readonly field: JSX.IntrinsicElements['input'];
  readonly value: string;
  readonly onValue: (value: string) => void;
}

const LabelledField = ({ label, field, value, onValue }: Entry) => (
  <label>
    {label}
    <input {...field} required value={value} onInput={({ currentTarget }) => onValue(currentTarget.value)} />
  </label>
);

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
        <LabelledField label="Email" field={{ type: 'email', name: 'email', autocomplete: 'username', readOnly: asksCode }} value={email} onValue={setEmail} />
        <LabelledField label="Password" field={{ type: 'password', name: 'password', autocomplete: 'current-password', readOnly: asksCode }} value={password} onValue={setPassword} />
        {asksCode ? <LabelledField label="Code from the mail" field={{ ref: codeField, name: 'otp', autocomplete: 'one-time-code', inputMode: 'numeric' }} value={code} onValue={setCode} /> : null}
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
