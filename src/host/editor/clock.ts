import type { Clock } from "../../account/live/tools.ts";

export const systemClock: Clock = {
  now: () => Date.now(),
  every: (milliseconds, work) => {
    const timer = setInterval(work, milliseconds);
    return () => clearInterval(timer);
  },
};
