// Globs that say what a file is for come with a folder's settings. Matching one goes back and forth between its
// wildcards, so their number is bounded.

/** Why a glob is not tried. */
export type GlobTrouble = "too-long" | "too-many-wildcards";

/** Of a glob, in UTF-16 code units. */
export const longestGlob = 1_000;
const mostWildcards = 4;
/** Within one name of the path. */
const mostInName = 3;
/** Of a path, in UTF-16 code units: where it is longer, more than two wildcards take too long. */
const longestPath = 1_000;

/** @returns `undefined`: it can be tried on this path, in some tenths of a second at worst */
export function globTrouble(glob: string, path: string): GlobTrouble | undefined {
  if (glob.length > longestGlob) return "too-long";
  const wildcards = wildcardsIn(glob);
  const most = path.length > longestPath ? 2 : mostWildcards;
  return wildcards > most || glob.split("/").some((name) => wildcardsIn(name) > mostInName)
    ? "too-many-wildcards"
    : undefined;
}

/** Runs of stars that no backslash escapes, and groups that repeat or exclude. */
function wildcardsIn(glob: string): number {
  return glob.match(/\\[^]|\*+|[+!](?=\()/g)?.filter((found) => !found.startsWith("\\")).length ?? 0;
}
