/** A day, which begins in UTC, or a time with its zone: `2027-01-01`, `2027-01-01T09:00:00Z`, `…T09:00+09:00`. */
const iso = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** @returns `undefined`: it is none */
export function readTime(text: string): Date | undefined {
  const day = iso.exec(text)?.[1];
  if (day === undefined) return undefined;
  const [time, start] = [new Date(text), new Date(day)];
  // The 30th of February would be one of March.
  const isDay = !Number.isNaN(start.getTime()) && start.toISOString().startsWith(day);
  return isDay && !Number.isNaN(time.getTime()) ? time : undefined;
}
