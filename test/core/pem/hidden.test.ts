// Blocks that no reader of PEM sees: what is told of them, and what is not.
import * as assert from "node:assert/strict";
import { suite, test } from "node:test";
import { renderIn } from "../../../src/core/fixes.ts";
import { readPem } from "../../../src/core/pem/blocks.ts";
import { hiddenBlockIn } from "../../../src/core/pem/hidden.ts";
import { read } from "../../../src/core/read.ts";
import { check } from "../../../src/core/rules/check.ts";
import { applyEdits } from "../../../src/core/text.ts";
import { context, onFault } from "../checking.ts";
import { many, rootPem } from "../truststore/stores.ts";

const one = rootPem();
const both = one + rootPem({ subject: "CN=Other", issuer: "CN=Other" });
const lines = (text: string, change: (line: string, place: number) => string) =>
  `${text.trimEnd().split("\n").map(change).join("\n")}\n`;
const escaped = (text: string, lineEnd = "\\n") => text.replaceAll("\n", lineEnd);
const mended = (text: string) => {
  const hidden = hiddenBlockIn(text);
  return hidden?.edits && applyEdits(text, hidden.edits);
};

suite("a block that nobody reads", () => {
  for (const [name, how, text] of [
    ["on one line", "escapes", escaped(both)],
    ["on one line, with CRLF", "escapes", escaped(both, "\\r\\n")],
    ["on one line, escaped twice", "escapes", `"${escaped(both, "\\\\n")}"`],
    [
      "one line each",
      "escapes",
      both
        .replace(/-----END CERTIFICATE-----\n/g, "-----END CERTIFICATE-----#")
        .replaceAll("\n", "\\n")
        .replaceAll("#", "\n"),
    ],
    ["in quotation marks, escaped", "escapes", `"${escaped(both)}"`],
    ["in quotation marks", "quotes", both.replace(/-----BEGIN[^]*?-----END CERTIFICATE-----/g, '"$&"')],
    ["in lines that are put together", "quotes", lines(both, (line) => `  '${line}' +`)],
    ["in a diff", "prefix", lines(both, (line) => `+${line}`)],
    ["in an answer to a mail", "prefix", lines(both, (line) => `> ${line}`)],
    ["in CRLF, in a diff", "prefix", lines(both, (line) => `+${line}\r`)],
  ] as const) {
    test(`is told of, and mended without a guess: ${name}`, () => {
      assert.equal(readPem(text).chunks.flatMap(({ block }) => block ?? []).length, 0, "is read");
      assert.equal(hiddenBlockIn(text)?.how, how);
      assert.equal(mended(text), both);
    });
  }

  test("is told of, and not mended, where something else stands around it", () => {
    for (const text of [`{"ca": "${escaped(one)}"}`, `CA="${escaped(one)}"`, `+${escaped(one)} and so on`]) {
      const hidden = hiddenBlockIn(text);
      assert.ok(hidden !== undefined && hidden.edits === undefined, text.slice(0, 40));
    }
    const key = `-----BEGIN PRIVATE KEY-----\\n${"A".repeat(64)}\\n-----END PRIVATE KEY-----\\n`;
    assert.equal(hiddenBlockIn(escaped(one) + key)?.edits, undefined, "whose key cannot be read is not written anew");
  });

  test("is none where it is but spoken of, commented out, cut off, or no certificate", () => {
    for (const text of [
      "A certificate begins with -----BEGIN CERTIFICATE----- and ends with -----END CERTIFICATE-----.",
      'Write "-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\\n".',
      lines(one, (line) => `# ${line}`),
      lines(one, (line) => `// ${line}`),
      escaped(one).slice(0, 300),
      `"-----BEGIN PRIVATE KEY-----\\n${"A".repeat(64)}\\n-----END PRIVATE KEY-----\\n"`,
      escaped(one).replaceAll("CERTIFICATE", "THING"),
      "",
    ]) {
      assert.equal(hiddenBlockIn(text), undefined, text.slice(0, 60));
    }
  });

  test("is an error where somebody says what the file is for, and mended by no safe fix", () => {
    const facts = (text: string) => read({ text, syntax: "pem", name: "clients.pem" });
    const found = (text: string) => check(facts(text), context, onFault).filter(({ rule }) => rule.id === "pem/unread");
    assert.deepEqual(
      found(escaped(one)).map(({ severity }) => severity),
      ["warning"],
    );
    const text = `# mtls: target=alb\n${escaped(one)}\n`;
    const [problem] = found(text);
    assert.equal(problem?.severity, "error");
    assert.deepEqual(
      problem.fixes?.map(({ safe }) => safe),
      [false],
    );
    assert.equal(
      applyEdits(text, renderIn(facts(text), problem.fixes?.[0]?.changes ?? [])),
      `# mtls: target=alb\n${one}`,
    );
    assert.deepEqual(found(one), []);
  });

  test("costs no more than its text, whatever that holds", () => {
    for (const [name, text] of Object.entries({
      "BEGIN without END": many(20_000, () => "x-----BEGIN CERTIFICATE-----"),
      backslashes: `"-----BEGIN CERTIFICATE-----${"\\".repeat(100_000)}-----END CERTIFICATE-----"`,
      "blanks before": `${" ".repeat(200_000)}"-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----`,
      "quotation marks behind": `"${escaped(one)}${'"'.repeat(200_000)}x`,
      blocks: many(3_000, () => `"${escaped(one)}"\n`),
    })) {
      const start = process.cpuUsage();
      hiddenBlockIn(text);
      const { user, system } = process.cpuUsage(start);
      assert.ok(user + system < 3_000_000, `${name}: ${user + system} µs`);
    }
  });
});
