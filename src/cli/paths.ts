import { sep } from "node:path";

export function withSlashes(path: string): string {
  return path.split(sep).join("/");
}

/** The same order on every machine. */
export function byPath({ path: a }: { readonly path: string }, { path: b }: { readonly path: string }): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
