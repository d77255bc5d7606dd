import { useEffect } from 'preact/hooks';

/** The title of the page, which screen readers tell when the address changes. */
export const useHeading = (title: string): void => {
  useEffect(() => {
    document.title = `${title} – Registrar console`;
  }, [title]);
};
