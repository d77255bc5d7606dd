import { useState } from 'preact/hooks';
import { browserPins } from '../verification/browser-pins.js';
import { readKey } from '../verification/signed-note.js';

/** The keys that this browser trusts, for an auditor who has them from the contract or the first mail. */
export const TrustedKeys = ({ onChange }: { readonly onChange: () => void }) => {
  const pins = browserPins();
  const [text, setText] = useState(pins.read()?.vkeys.join('\n') ?? '');
  const [told, setTold] = useState('');
  const trust = async (): Promise<void> => {
    const vkeys = text.split(/\s+/).filter((part) => part !== '');
    const keys = await Promise.all(vkeys.map(readKey));
    if (vkeys.length === 0 || keys.includes(undefined)) {
      setTold('A key is one line, name+id+key, as an auditor gets it.');
      return;
    }
    pins.write({ vkeys, checkpoint: pins.read()?.checkpoint ?? null, by: 'told' });
    setTold('This browser trusts these keys now.');
    onChange();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void trust();
      }}
    >
      <label>
        Keys that this browser trusts, one a line
        <textarea class="id" rows={2} spellcheck={false} value={text} onInput={({ currentTarget }) => setText(currentTarget.value)} />
      </label>
      <button type="submit">Trust these keys</button> <span role="status">{told}</span>
    </form>
  );
};
