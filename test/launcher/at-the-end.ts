import { after } from "node:test";

type Work = () => Promise<void>;

let works: Work[] | undefined;

/** Several test files run in this process, one after the other. Returns what is to be called at their end. */
export function severalFiles(): Work {
  const own: Work[] = (works = []);
  return async () => {
    for (const work of own) await work();
  };
}

/** Ends what tests share, when the last test file of this process has ended. */
export function atTheEnd(work: Work): void {
  if (works === undefined) after(work);
  else works.push(work);
}
