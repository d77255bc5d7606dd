import { useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';

const NAME = '[A-Za-z][A-Za-z0-9]*-.+';

/** Asks for the name of a stream. */
const Streams = () => {
  const [, go] = useLocation();
  const [name, setName] = useState('');
  const open = (event: Event): void => {
    event.preventDefault();
    go(`/streams/${encodeURIComponent(name.trim())}`);
  };
  return (
    <>
      <h1>Streams</h1>
      <p>Every change is an event of a stream. A stream is named by what it is about and its id, such as <code>payment-…</code>, <code>coupon-…</code> or <code>mail-…</code>.</p>
      <form class="fields" onSubmit={open}>
        <label>
          Name of the stream
          <input value={name} required pattern={NAME} maxLength={400} title="A category, a dash and an id" onInput={({ currentTarget: { value } }) => setName(value)} />
        </label>
        <button type="submit">Open</button>
      </form>
    </>
  );
};

export default Streams;
