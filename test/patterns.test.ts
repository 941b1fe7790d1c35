// No regular expression of the source may take more than linear time, whatever a text was made for.
// alone: what is put together when a module is loaded is seen by a stand-in for RegExp.
import * as assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { patternsIn, patternsMadeBy, slownessOf } from "./patterns.ts";

const src = join(import.meta.dirname, "../src");
const files = globSync(join(src, "**/*.ts"))
  .toSorted()
  .map((file) => ({ file, path: relative(src, file).split(sep).join("/"), code: readFileSync(file, "utf8") }));

/** By file and the quantifier that is taken for slow: why it is not. */
const justified: Readonly<Record<string, string>> = {
  [String.raw`core/arn.ts __\w+__ \w+`]: "what would begin anew, two underscores, ends the first match",
  [String.raw`core/messages/format.ts \B(?=(\d{3})+$) (\d{3})+`]: "the text is a number",
};

function judged(path: string, patterns: ReturnType<typeof patternsIn>): string[] {
  return patterns.flatMap((pattern) =>
    slownessOf(pattern)
      .filter(({ loop }) => !excused(path, pattern.source, loop))
      .map(({ how, loop }) => `${path}: ${loop} in /${pattern.source}/${pattern.flags} (${how})`),
  );
}

function excused(path: string, source: string, loop: string): boolean {
  return Object.keys(justified).some((key) => {
    const [ofPath, part = "", ofLoop] = key.split(" ");
    return ofPath === path && source.includes(part) && ofLoop === loop;
  });
}

describe("regular expressions", () => {
  test("that the source writes take time in proportion to the text", () => {
    const all = files.map(({ path, code }) => ({ path, patterns: patternsIn(code) }));
    assert.ok(all.flatMap(({ patterns }) => patterns).length > 350);
    assert.deepEqual(
      all.flatMap(({ path, patterns }) => judged(path, patterns)),
      [],
    );
  });

  test("that are put together take time in proportion to the text", async () => {
    for (const { file, path, code } of files) {
      const written = code.match(/\bnew RegExp\(|\bRegExp\(/g)?.length ?? 0;
      if (written === 0) continue;
      const { href } = pathToFileURL(file);
      // First what it imports, which makes its own.
      await import(href);
      const made = await patternsMadeBy(() => import(`${href}?patterns`));
      assert.equal(made.length, written, `${path} puts patterns together other than while it is loaded`);
      assert.deepEqual(judged(path, made), []);
    }
  });

  test("are excused only as long as they are there", () => {
    const slow = new Set(
      files.flatMap(({ path, code }) =>
        patternsIn(code).flatMap((pattern) =>
          slownessOf(pattern).flatMap(({ loop }) =>
            Object.keys(justified).filter((key) => {
              const [ofPath, part = "", ofLoop] = key.split(" ");
              return ofPath === path && pattern.source.includes(part) && ofLoop === loop;
            }),
          ),
        ),
      ),
    );
    assert.deepEqual(
      Object.keys(justified).filter((key) => !slow.has(key)),
      [],
    );
  });
});

describe("the judgement of a pattern", () => {
  const of = ({ source, flags }: RegExp) => slownessOf({ source, flags }).map(({ how }) => how);

  test("knows searches that begin at each character of a run", () => {
    assert.deepEqual(of(/[ \t]*$/), ["starting"]);
    assert.deepEqual(of(/\/+$/), ["starting"]);
    assert.deepEqual(of(/(?<![ \t])[ \t]+$/), []);
    assert.deepEqual(of(/^[ \t]+/), []);
  });

  test("knows backtracking, be it exponential or not", () => {
    assert.deepEqual(of(/^(?:a|aa)*b/), ["backtracking"]);
    assert.deepEqual(of(/^(?:[ab]|bc)*d/), []);
    assert.deepEqual(of(/^a*a*b/), ["backtracking"]);
    assert.deepEqual(of(/^a*(?:=a*)?$/), []);
  });

  test("knows loops that read over their own beginning", () => {
    assert.deepEqual(of(/<!--[^]*?-->/), ["repeating"]);
    assert.deepEqual(of(/"(?:\\.|[^"\\])*"/), ["repeating"]);
    assert.deepEqual(of(/<!--[^]*?(?:-->|$)/), []);
    assert.deepEqual(of(/\{[^{}]*\}/), []);
    assert.deepEqual(of(/<!--[^]*?-->/y), []);
  });
});

describe("the search for patterns", () => {
  const sources = (code: string) => patternsIn(code).map(({ source }) => source);

  test("sees them wherever a value may begin", () => {
    assert.deepEqual(
      sources("const a = /b/g; f(/[/]/, x ? /c/ : /d/); if (!/e/.test(g)) return /h\\//; const i = () => /j/u;"),
      ["b", "[/]", "c", "d", "e", "h\\/", "j"],
    );
  });

  test("is not misled by comments, texts, divisions and templates in templates", () => {
    assert.deepEqual(sources("// = /a/\nconst b = '= /c/'; /* = /d/ */ const e = f / g / h;"), []);
    assert.deepEqual(sources("const a = `= /b/ ${c(`</p>${d.match(/e/)}`)} ${{ f: /g/ }} = /h/`; i(/j/);"), [
      "e",
      "g",
      "j",
    ]);
  });
});
