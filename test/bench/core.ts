import { parseTree } from "jsonc-parser";
import { read, reread } from "../../src/core/read.ts";
import { check } from "../../src/core/rules/check.ts";
import { hasTellingWord } from "../../src/core/telling.ts";
import { context, onFault } from "../core/checking.ts";
import { configOf, configOfSize } from "./config.ts";
import { compare, type Ratio, timeAlone } from "./measure.ts";

function readAndCheck(text: string): number {
  return check(read({ text, syntax: "json", name: "config.json" }), context, onFault).length;
}

function unrelated(word: string): string {
  const item = { name: `${word} of things`, url: "https://example.com/path", tags: ["one", "two"], count: 12345 };
  return JSON.stringify(Array.from({ length: Math.ceil(5e6 / (JSON.stringify(item).length + 1)) }, () => item));
}

export function coreRatios(): Ratio[] {
  const large = configOfSize(1e6);
  const hundred = configOf(100);
  const without = unrelated("Summary");
  const within = unrelated("Origin");
  const absent = "OriginMtlsConfigX";

  const at = hundred.indexOf("origin-50.example.com");
  let facts = read({ text: hundred, syntax: "json", name: "config.json" });
  let typed = false;
  /** A character typed, and the next time taken back. */
  const edit = (): number => {
    facts = reread(facts, [
      typed ? { span: { start: at, end: at + 1 }, text: "" } : { span: { start: at, end: at }, text: "x" },
    ]);
    typed = !typed;
    return check(facts, context, onFault).length;
  };

  return [
    compare(
      { id: "config-read", name: "read and check 1 MB / parseTree of jsonc-parser", target: 1.5 },
      () => readAndCheck(large),
      () => parseTree(large),
      51,
      timeAlone,
    ),
    compare(
      { id: "telling-without", name: "5 MB that are not ours, without our word / one indexOf", target: 10 },
      () => hasTellingWord(without),
      () => without.indexOf(absent),
    ),
    compare(
      { id: "telling-within", name: '5 MB that are not ours, with "Origin" within / one indexOf', target: 10 },
      () => hasTellingWord(within),
      () => within.indexOf(absent),
    ),
    compare(
      {
        id: "config-edit-of-read",
        name: "one character in 100 origins / reading them all",
        target: 0.1,
        against: "ourselves",
      },
      edit,
      () => readAndCheck(hundred),
      41,
    ),
    // The same against what only a library does: reading them all may become faster without any harm to this.
    compare(
      { id: "config-edit", name: "one character in 100 origins / parseTree of jsonc-parser" },
      edit,
      () => parseTree(hundred),
      41,
    ),
  ].flat();
}
