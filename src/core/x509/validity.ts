import type { Time } from "./model.ts";

/** Where a time stands in a validity, in few words; `left` and `ago` are lengths of time. */
export type Validity =
  | { readonly code: "validity:end-unreadable" }
  | { readonly code: "validity:expired"; readonly args: { readonly ago: Duration } }
  | { readonly code: "validity:start-unreadable" }
  | { readonly code: "validity:never" }
  | { readonly code: "validity:not-yet"; readonly args: { readonly starts: Date; readonly left: Duration } }
  | { readonly code: "validity:endless" }
  | { readonly code: "validity:expires"; readonly args: { readonly left: Duration } };

/** A length of time, as in `3 days`. */
export type Duration =
  | { readonly code: "duration:less-than-a-minute" }
  | {
      readonly code: `duration:${"minutes" | "hours" | "days" | "months" | "years"}`;
      readonly args: { readonly count: number };
    };

const minute = 60_000;
const hour = 60 * minute;
export const day = 24 * hour;
const month = 30.44 * day;
const year = 365.25 * day;

/** A length of time in the unit that says it best: short ones are rounded down, so that no more time is promised. */
export function durationOf(milliseconds: number): Duration {
  const count = (unit: number) => ({ count: Math.floor(milliseconds / unit) });
  if (milliseconds < minute) return { code: "duration:less-than-a-minute" };
  if (milliseconds < hour) return { code: "duration:minutes", args: count(minute) };
  if (milliseconds < day) return { code: "duration:hours", args: count(hour) };
  if (milliseconds < 2 * month) return { code: "duration:days", args: count(day) };
  return milliseconds < 2 * year
    ? { code: "duration:months", args: { count: Math.round(milliseconds / month) } }
    : { code: "duration:years", args: count(year) };
}

/** RFC 5280 section 4.1.2.5: 99991231235959Z is said of what has no end. */
const endless = 253_402_300_799_000;

/** Dates in certificates are whole seconds, and the last one belongs to the validity (RFC 5280 section 4.1.2.5). */
export function secondOf(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}

/** Whether a moment is over, or so many days away at most: what every warning that something expires soon goes by. */
export function isWithinDays(at: number, days: number, now: Date): boolean {
  return at <= now.getTime() + days * day;
}

/** Of a certificate, or of what a service says about one. */
export function validityOf(
  { notBefore, notAfter }: { readonly [end in "notBefore" | "notAfter"]: Pick<Time, "at"> },
  now: Date,
): Validity {
  const [from, until, at] = [notBefore.at, notAfter.at, now.getTime()];
  if (until === undefined) return { code: "validity:end-unreadable" };
  if (until < secondOf(at)) return { code: "validity:expired", args: { ago: durationOf(at - until) } };
  if (from === undefined) return { code: "validity:start-unreadable" };
  if (until < from) return { code: "validity:never" };
  if (at < from) return { code: "validity:not-yet", args: { starts: new Date(from), left: durationOf(from - at) } };
  return until === endless
    ? { code: "validity:endless" }
    : { code: "validity:expires", args: { left: durationOf(Math.max(0, until - at)) } };
}
