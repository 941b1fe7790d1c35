// How the files are called in which records are kept: each has its own, so that no window writes what another one does.
import type { DoneChange, Resource } from "./records.ts";

export type Sort = "wait" | "undo" | "telling" | "history" | "lease" | "review";

export function isNameOf(sort: Sort, name: string): boolean {
  return name.startsWith(`${sort}.`) && name.endsWith(".json");
}

export function nameOf(sort: Exclude<Sort, "telling" | "lease" | "review">, change: DoneChange): string {
  return named(sort, change, change.at);
}

/** When a change was sent that has a file of this name. */
export function timeIn(name: string): number {
  return Number(/\.(\d{1,16})\.json$/.exec(name)?.[1] ?? 0);
}

export function leaseName(resource: Resource): string {
  return named("lease", resource);
}

/** @param key tells it from those of all windows */
export function reviewName(key: string): string {
  return `review.${encodeURIComponent(key).replaceAll("*", "%2A").slice(-180)}.json`;
}

/** @param turn the how manieth window it is that tells the end */
export function tellingName(change: DoneChange, turn: number): string {
  return named("telling", change, change.at, turn);
}

/** `undefined`: of another change. */
export function turnOf(name: string, change: DoneChange): number | undefined {
  const turn = Number(/\.(\d{1,9})\.json$/.exec(name)?.[1]);
  return tellingName(change, turn) === name ? turn : undefined;
}

function named(sort: Sort, { account, kind, id }: Resource, ...more: readonly number[]): string {
  // Names of files that every system takes: ARNs may be longer, and differ at the end.
  const parts = [sort, account, kind, id, ...more].map((part) =>
    encodeURIComponent(part).replaceAll("*", "%2A").slice(-120),
  );
  return `${parts.join(".")}.json`;
}
