import type { TargetWords } from "./target-words.ts";
import { distributionWords } from "./targets/distribution/words.ts";

/** Without a connection: by the kind of its target. A new kind of target is one line here. */
const words: Readonly<Record<string, (id: string, name: () => string | undefined) => TargetWords>> = {
  distribution: distributionWords,
};

/**
 * @param name that people gave it
 * @returns `undefined`: of a kind that is not known here
 */
export function wordsOf(kind: string, id: string, name?: string): TargetWords | undefined {
  return Object.hasOwn(words, kind) ? words[kind]?.(id, () => name) : undefined;
}
