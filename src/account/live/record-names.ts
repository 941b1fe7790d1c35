// How the files are called in which records are kept: each has its own, so that no window writes what another one does.
import type { DoneChange } from "./records.ts";

export type Sort = "wait" | "undo" | "telling";

export function isNameOf(sort: Sort, name: string): boolean {
  return name.startsWith(`${sort}.`) && name.endsWith(".json");
}

export function nameOf(sort: Exclude<Sort, "telling">, change: DoneChange): string {
  return named(sort, change);
}

/** @param turn the how manieth window it is that tells the end */
export function tellingName(change: DoneChange, turn: number): string {
  return named("telling", change, turn);
}

/** `undefined`: of another change. */
export function turnOf(name: string, change: DoneChange): number | undefined {
  const turn = Number(/\.(\d{1,9})\.json$/.exec(name)?.[1]);
  return tellingName(change, turn) === name ? turn : undefined;
}

function named(sort: Sort, { account, kind, id, at }: DoneChange, ...more: readonly number[]): string {
  // Names of files that every system takes: ARNs may be longer, and differ at the end.
  const parts = [sort, account, kind, id, at, ...more].map((part) =>
    encodeURIComponent(part).replaceAll("*", "%2A").slice(-120),
  );
  return `${parts.join(".")}.json`;
}
