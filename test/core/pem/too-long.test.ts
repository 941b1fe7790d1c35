// What is longer than any block is not read: it is said, and what stands around it is read as ever.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { editPem, readPem } from "../../../src/core/pem/blocks.ts";
import { longestBody } from "../../../src/core/pem/open-body.ts";
import { read } from "../../../src/core/read.ts";
import { check } from "../../../src/core/rules/check.ts";
import type { Context } from "../../../src/core/rules/rule.ts";
import { context, onFault } from "../checking.ts";
import { certificatePem } from "./texts.ts";

const begin = "-----BEGIN CERTIFICATE-----\n";
const end = "-----END CERTIFICATE-----\n";
const line = `${"A".repeat(64)}\n`;
const beyond = line.repeat(Math.ceil(longestBody / line.length));

const kindsOf = (text: string) =>
  readPem(text).chunks.flatMap(({ block }) => (block === undefined ? [] : [block.damage.map(({ kind }) => kind)]));
const problemsIn = (text: string, how: Context = context) =>
  check(read({ text, syntax: "pem", name: "" }), how, onFault);

describe("a PEM block that is longer than any", () => {
  test("is not read, and said to be so; what stands around it is read", () => {
    const text = certificatePem + begin + beyond + end + certificatePem;
    assert.deepEqual(kindsOf(text), [[], ["too-long"], []]);
    assert.deepEqual(
      readPem(text).chunks.map(({ block }) => block?.bytes === undefined),
      [false, true, false],
    );
    assert.deepEqual(
      problemsIn(begin + beyond + end).map(({ rule, severity }) => [rule.id, severity]),
      [["pem/base64", "warning"]],
    );
  });

  test("is read where it is a CRL, which may be as long as one likes", () => {
    const crl = (begin + beyond + end).replaceAll("CERTIFICATE", "X509 CRL");
    assert.deepEqual(kindsOf(crl), [[]]);
    assert.ok((readPem(crl).chunks[0]?.block?.bytes?.length ?? 0) > longestBody / 2);
  });

  test("goes to the next boundary where its END is missing", () => {
    const text = begin + beyond + certificatePem;
    assert.deepEqual(kindsOf(text), [["no-end", "too-long"], []]);
    assert.equal(readPem(text).starts[1], (begin + beyond).length);
    assert.deepEqual(kindsOf(begin + (beyond + line).trimEnd() + certificatePem), [["too-long", "run-on"], []]);
  });

  test("is nothing to be said of where it is a private key, or filled in later", () => {
    const key = "-----BEGIN PRIVATE KEY-----\n";
    assert.deepEqual(kindsOf(key + beyond + key.replace("BEGIN", "END")), [[]]);
    assert.deepEqual(kindsOf(key + beyond + certificatePem), [["no-end"], []]);
    assert.deepEqual(kindsOf(`${begin}\${body}\n${beyond}${end}`), [[]]);
  });

  test("is read as soon as it is short enough, and what is below a BEGIN without a body is no body", () => {
    const whole = begin + beyond + end;
    const gone = { span: { start: begin.length, end: begin.length + 2 * line.length }, text: "" };
    const edited = editPem(readPem(whole), [gone]);
    assert.equal(edited.text.length, whole.length - 2 * line.length);
    assert.deepEqual(edited.chunks, readPem(edited.text).chunks);
    assert.deepEqual(kindsOf(edited.text), [[]]);
    assert.deepEqual(kindsOf(`${begin}${"some words and more\n".repeat(longestBody / 10)}`), [["no-end"]]);
  });
});

test("a line that is longer than any pattern can look at ends no judgement of a trust store", () => {
  const store = { ...context, purpose: "trust-store", targets: ["cloudfront"] } as const;
  for (const text of ["A".repeat(8_000_000), `# ${"A".repeat(8_000_000)}`])
    assert.ok(problemsIn(`${certificatePem}${text}\n${certificatePem}`, store).length > 0);
});

describe("of text above a block that has more lines than anybody keeps", () => {
  const store = { ...context, purpose: "trust-store", targets: ["cloudfront", "alb"] } as const;
  const textProblems = (text: string) => problemsIn(text, store).filter(({ rule }) => rule.id === "trust-store/text");

  for (const [name, ...kinds] of [
    ["words", "some words\n"],
    ["comments with a hyphen", "# a-b\n"],
    ["blank lines", "\n"],
    ["words behind blank lines and comments", "\n", "# a-b\n", "some words\n"],
  ] as const) {
    test(`the same is said, and nothing is removed: ${name}`, () => {
      const [few = [], many = []] = [3_000, 20_000].map((count) =>
        textProblems(certificatePem + kinds.map((line) => line.repeat(count)).join("") + certificatePem),
      );
      assert.equal(few.length, kinds.length);
      assert.ok(few.every(({ fixes }) => fixes?.length === 1));
      assert.deepEqual(
        many.map(({ reason }) => reason),
        few.map(({ reason }) => reason),
      );
      assert.equal(many[0]?.at.start, few[0]?.at.start);
      assert.ok(many.every(({ fixes = [] }) => fixes.length === 0));
    });
  }

  test("blank lines at either end of a file are between nothing", () => {
    const blank = "\n".repeat(20_000);
    assert.deepEqual(textProblems(blank + certificatePem + blank), []);
  });
});
