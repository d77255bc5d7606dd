import { useEffect, useState } from 'preact/hooks';

/** Grows every so often while the page is seen: the `version` of an answer that is asked for again. */
export const useTicks = (everyMs: number): number => {
  const [ticks, setTicks] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') setTicks((before) => before + 1);
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return ticks;
};
