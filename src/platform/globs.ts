import picomatch from "picomatch";
import { type GlobTrouble, globTrouble } from "../core/truststore/purpose-glob.ts";
import { readUse, type Use } from "../core/truststore/use.ts";

/** Why a glob says nothing. */
export type IgnoredGlob = GlobTrouble | "not-understood";

/**
 * What a setting says a file is for: the last glob that fits it wins.
 * @param purposes `mtls.purposes`: globs, and what is said of the files that fit them
 * @param path with `/`
 * @param onIgnored told of each glob that is not tried, and why, each time that it is met
 */
export function useSaid(
  purposes: readonly (readonly [string, unknown])[],
  path: string,
  onIgnored: (glob: string, trouble: IgnoredGlob) => void,
): Use {
  const said = purposes.findLast(([glob]) => fits(glob, path, onIgnored))?.[1];
  return readUse(Array.isArray(said) ? said.map(String).join() : String(said ?? ""));
}

function fits(glob: string, path: string, onIgnored: (glob: string, trouble: IgnoredGlob) => void): boolean {
  const trouble = globTrouble(glob, path) ?? matcherOf(glob);
  if (typeof trouble === "function") return trouble(path);
  onIgnored(glob, trouble);
  return false;
}

type Matcher = (path: string) => boolean;

/** By glob: every check of a file asks for them. */
const matchers = new Map<string, Matcher | "not-understood">();

export function matcherOf(glob: string): Matcher | "not-understood" {
  const known = matchers.get(glob);
  if (known !== undefined) return known;
  const made = newMatcher(glob);
  if (matchers.size >= 1_000) matchers.clear();
  matchers.set(glob, made);
  return made;
}

function newMatcher(glob: string): Matcher | "not-understood" {
  try {
    return picomatch(glob, { dot: true });
  } catch {
    return "not-understood";
  }
}
