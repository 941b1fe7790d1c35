/**
 * A time that a user entered: a date, or a date and a time of it, in UTC. `undefined`: it is none.
 */
export function readTime(text: string): Date | undefined {
  const [, date, time = "00:00", seconds = "00"] =
    /^\s*(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{2}:\d{2})(?::(\d{2})(?:\.0+)?)?)?\s*(?:(?:Z|UTC)\s*)?$/i.exec(text) ?? [];
  const at = date === undefined ? undefined : new Date(`${date}T${time}:${seconds}Z`);
  // The 31st of February would be another day.
  return at === undefined || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== date ? undefined : at;
}
