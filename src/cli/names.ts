import { documentExtensions } from "../core/check-files.ts";
import { binaryExtensions, textExtensions } from "../manifest.ts";

/** Keystores of these names need a password: nothing is told of them unless they are named. */
const locked = [".p12", ".pfx"];
/** Of the names of files that are looked into where their folder was named. */
export const endings: readonly string[] = [
  ...documentExtensions,
  ...textExtensions,
  ...binaryExtensions.filter((ending) => !locked.includes(ending)),
];

/** Whether a file of this name is looked into, where its folder was named. */
export function hasOurName(name: string): boolean {
  const lower = name.toLowerCase();
  return endings.some((ending) => lower.endsWith(ending));
}
