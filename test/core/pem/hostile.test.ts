// Texts that somebody made to keep whoever reads PEM busy: the work on them grows as they do.
// counted: its work.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { encode } from "../../../src/core/pem/base64.ts";
import { editPem, readPem } from "../../../src/core/pem/blocks.ts";
import { pemAt } from "../../../src/core/pem/embedded.ts";
import { hiddenIn } from "../../../src/core/pem/hidden.ts";
import { lostIn } from "../../../src/core/pem/lost.ts";
import { holdsPem } from "../../../src/core/telling.ts";
import { countWork, workOf } from "../work.ts";
import { certificatePem } from "./texts.ts";

const begin = "-----BEGIN CERTIFICATE-----\n";
const end = "-----END CERTIFICATE-----\n";
const mixed = "–BEGIN CERTIFICATE–\n";

/** By name: a text for each size. */
const texts: Readonly<Record<string, (count: number) => string>> = {
  dashes: (count) => "-".repeat(count * 20),
  "lines of dashes": (count) => "-----\n".repeat(count),
  "typographic dashes": (count) => "–".repeat(count * 20),
  "BEGIN on one line": (count) => "-----BEGIN ".repeat(count),
  "BEGIN and its label on one line": (count) => begin.trimEnd().repeat(count),
  "END and its label on one line": (count) => end.trimEnd().repeat(count),
  "END with blanks between on one line": (count) => `${end.trimEnd()}    `.repeat(count),
  "lines of BEGIN": (count) => begin.repeat(count),
  "lines of an unknown BEGIN": (count) => "-----BEGIN X-----\n".repeat(count),
  "lines of BEGIN, every one unknown": (count) =>
    Array.from({ length: count }, (_, index) => `-----BEGIN ${index}-----\n`).join(""),
  "lines of END": (count) => end.repeat(count),
  "lines of a typographic BEGIN before one END": (count) => mixed.repeat(count) + end,
  "lines of a typographic BEGIN before blanks and one END": (count) =>
    `${mixed.repeat(count)}${" ".repeat(count)}${end}`,
  "lines of a typographic BEGIN before base64": (count) => `${mixed.repeat(count)}${"A".repeat(count * 4)}\n${end}`,
  "END and BEGIN glued": (count) => (end.trimEnd() + begin).repeat(count),
  "blocks on one line each": (count) => `${begin.trimEnd()}${"A".repeat(32)}${end}`.repeat(count),
  "blocks that begin behind text": (count) => `x${begin}AAAA\n${end}`.repeat(count),
  "base64 on one line": (count) => `${begin}${"AAAA".repeat(count * 8)}\n${end}`,
  "bad base64 on one line": (count) => `${begin}${"AAA*".repeat(count * 8)}\n${end}`,
  "base64 with blanks": (count) => `${begin}${"A   ".repeat(count * 8)}\n${end}`,
  "base64 without END": (count) => `${begin}${"AAAA".repeat(count * 8)}`,
  "padding everywhere": (count) => `${begin}${"A=\n".repeat(count * 8)}${end}`,
  "empty lines": (count) => `${begin}${"\n".repeat(count * 8)}${end}`,
  "empty lines between": (count) => `${begin}${"AAAA\n\n".repeat(count)}${end}`,
  "lines of any length": (count) =>
    `${begin}${Array.from({ length: Math.floor(Math.sqrt(count)) * 4 }, (_, index) => "A".repeat(index)).join("\n")}\n${end}`,
  headers: (count) => begin + "A: b\n".repeat(count),
  "headers again and again": (count) => `${begin}A: b\n`.repeat(count),
  "END behind base64 again and again": (count) => `AAAA${end}`.repeat(count),
  "one word a line": (count) => "E\nB\n".repeat(count),
  comments: (count) => "#".repeat(count * 8),
  "half a marker": (count) => "# mtls:".repeat(count * 2),
  "a marker behind blanks": (count) => `#${" ".repeat(count * 8)}mtls`,
  "lines of markers": (count) => "# mtls: target=origin\n".repeat(count),
  "placeholders that never are": (count) => `${begin}${"$%<".repeat(count * 4)}\n${end}`,
  "blanks before BEGIN": (count) => " ".repeat(count * 8) + begin,
  "zero width spaces": (count) => "\u200b".repeat(count * 8),
  "hidden blocks": (count) => `> ${begin}> ${"AAAA".repeat(8)}\n> ${end}`.repeat(count),
  "hidden blocks on one line": (count) => `x${begin.trimEnd()}\\n${"AAAA".repeat(8)}\\n${end.trimEnd()}`.repeat(count),
  "starts of Base64": (count) => "MIIB////\n".repeat(count),
  "starts of Base64 on one line": (count) => "MIIB//// ".repeat(count),
  "starts of PEM in Base64": (count) => "LS0tLS1CRUdJTi x\n".repeat(count),
  "starts of PEM in Base64 on one line": (count) => "LS0tLS1CRUdJTi x ".repeat(count),
  "DER lengths that lie": (count) => `${begin}MIT/////\n`.repeat(count),
};

const [small, factor] = [400, 4];
/** In proportion to the size it is 4 times as much; comparing each with each makes it 16 times as much. */
const most = 6;

describe("the work on a hostile PEM text", { concurrency: false }, () => {
  countWork();

  const runs: Readonly<Record<string, (text: string) => unknown>> = {
    read: readPem,
    "typed at its start": (text) =>
      editPem(readPem(text), [
        { span: { start: 0, end: 1 }, text: "" },
        { span: { start: 0, end: 0 }, text: "-" },
      ]),
    "typed in its middle": (text) =>
      editPem(readPem(text), [{ span: { start: text.length >> 1, end: text.length >> 1 }, text: "\n" }]),
    "looked through": holdsPem,
    "searched for hidden blocks": hiddenIn,
    "hovered over": (text) => pemAt(text, text.length >> 1),
  };
  for (const [name, make] of Object.entries(texts)) {
    test(`grows no faster than the text: ${name}`, () => {
      const [one, another] = [make(small), make(small * factor)];
      for (const [how, run] of Object.entries(runs)) {
        run(one);
        const [less, more] = [workOf(() => run(one)), workOf(() => run(another))];
        assert.ok(more < less * most + 500, `${how}: ${less} becomes ${more}`);
      }
    });
  }

  test("is that of the chunks around an edit, not of the text", () => {
    const edited = (count: number): number => {
      const pem = readPem(certificatePem.repeat(count));
      const at = (pem.starts[count >> 1] ?? 0) + 100;
      return workOf(() => editPem(pem, [{ span: { start: at, end: at + 1 }, text: "A" }]));
    };
    edited(10);
    const [less, more] = [edited(100), edited(1_000)];
    // Every start behind the edit moves, and that is all.
    assert.ok(more < less + 2 * 1_000, `${less} becomes ${more}`);
  });
});

test("a body longer than any certificate is not read in all ways that its spaces may be meant", () => {
  const lost = (size: number): string | undefined => {
    const der = new Uint8Array(size).fill(0xfb);
    der.set([0x30, 0x83, (size - 5) >> 16, ((size - 5) >> 8) & 0xff, (size - 5) & 0xff]);
    const text = encode(der).replaceAll("+", " ");
    return lostIn(text, { start: 0, end: text.length }, 1)?.how;
  };
  assert.deepEqual([1_200, 90_000, 120_000].map(lost), ["plus", "plus", undefined]);
});

describe("a very large text", () => {
  for (const [name, text] of [
    ["20 million dashes", "-".repeat(20_000_000)],
    ["BEGIN 1,800,000 times on one line", "-----BEGIN ".repeat(1_800_000)],
    ["5 million characters of base64 on one line", `${begin}${"A".repeat(5_000_000)}\n${end}`],
    ["100,000 lines of BEGIN", begin.repeat(100_000)],
  ] as const) {
    test(`is read to its end: ${name}`, () => {
      const { chunks } = readPem(text);
      assert.equal(
        chunks.reduce((sum, chunk) => sum + chunk.text.length, 0),
        text.length,
      );
    });
  }
});
