/** Waits for its turn; rejects with the signal's reason where that is aborted first. */
export type Turn = (signal: AbortSignal) => Promise<void>;

/**
 * Lets at most `most` begin within any `span` of milliseconds, in the order in which they came. Who gives up takes no
 * turn.
 */
export function createLimiter(most: number, span = 1000): Turn {
  /** When the last ones began, at most `most` of them. */
  const begun: number[] = [];
  const waiting = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;

  function serve(): void {
    timer = undefined;
    for (const begin of waiting) {
      const now = performance.now();
      const [oldest] = begun;
      if (begun.length === most && oldest !== undefined) {
        if (now < oldest + span) {
          timer = setTimeout(serve, Math.ceil(oldest + span - now));
          return;
        }
        begun.shift();
      }
      begun.push(now);
      waiting.delete(begin);
      begin();
    }
  }

  return (signal) =>
    new Promise((resolve, reject) => {
      const leave = () => {
        waiting.delete(begin);
        reject(signal.reason);
      };
      const begin = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener("abort", leave, { once: true });
      waiting.add(begin);
      if (timer === undefined) serve();
    });
}
