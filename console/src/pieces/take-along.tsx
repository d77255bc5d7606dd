import { useState } from 'preact/hooks';
import { csvOf, tabbed, type Cell } from './csv.js';

export const download = (name: string, type: string, content: BlobPart): void => {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
};

/** A button that copies a text and says so. */
export const Copy = ({ text, label }: { readonly text: () => string; readonly label: string }) => {
  const [told, setTold] = useState('');
  const copy = (): void => {
    const copying = navigator.clipboard?.writeText(text()) ?? Promise.reject(new Error('no clipboard'));
    copying.then(() => setTold('Copied'), () => setTold('This browser does not let the page copy'));
  };
  return (
    <>
      <button type="button" onClick={copy}>
        {label}
      </button>
      <span role="status" class="quiet">
        {told}
      </span>
    </>
  );
};

/** Lets a table be copied into a spreadsheet, or downloaded. */
export const TakeAlong = ({ name, rows }: { readonly name: string; readonly rows: () => readonly (readonly Cell[])[] }) => (
  <div class="tools">
    <Copy text={() => tabbed(rows())} label={`Copy ${name}`} />
    <button type="button" onClick={() => download(`${name.replaceAll(/\W+/g, '-')}.csv`, 'text/csv;charset=utf-8', csvOf(rows()))}>
      Download {name} (CSV)
    </button>
  </div>
);
