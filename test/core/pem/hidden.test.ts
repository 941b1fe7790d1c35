// Blocks that no reader of PEM sees: what is told of them, and what is not.
import * as assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { suite, test } from "node:test";
import { renderIn } from "../../../src/core/fixes.ts";
import { readPem } from "../../../src/core/pem/blocks.ts";
import { hiddenIn } from "../../../src/core/pem/hidden.ts";
import { read } from "../../../src/core/read.ts";
import { check } from "../../../src/core/rules/check.ts";
import { applyEdits } from "../../../src/core/text.ts";
import { editBundle, readBundle } from "../../../src/core/x509/bundle/bundle.ts";
import { hiddenPieces } from "../../../src/core/x509/bundle/hidden.ts";
import { context, onFault } from "../checking.ts";
import { many, rootPem } from "../truststore/stores.ts";
import { createCa } from "../x509/pki.ts";

const one = rootPem();
const both = one + rootPem({ subject: "CN=Other", issuer: "CN=Other" });
const lines = (text: string, change: (line: string, place: number) => string) =>
  `${text.trimEnd().split("\n").map(change).join("\n")}\n`;
const escaped = (text: string, lineEnd = "\\n") => text.replaceAll("\n", lineEnd);
const mended = (text: string) => {
  const found = hiddenIn(text);
  const edits = found.flatMap(({ mending }) => mending?.edit ?? []);
  return edits.length < found.length ? undefined : applyEdits(text, edits);
};
const [begin, end] = ["-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"];
const body = (text: string) => text.split("\n").slice(1, -2).join("\n");
const numbered = (text: string) => lines(text, (line, place) => `${String(place + 1).padStart(6)}\t${line}`);
/** What line ends become in logs, tables and lists. */
const separators = [
  ["half of URL encoding", "%0A"],
  ["CRLF in URL encoding, encoded twice", "%250D%250A"],
  ["escapes of nginx", "\\x0A"],
  ["octal escapes", "\\012"],
  ["escapes of rsyslog", "#012"],
  ["^M", "^M"],
  ["^J", "^J"],
  ["^M^J", "^M^J"],
  ["bars", "|"],
  ["semicolons", ";"],
  ["commas", ", "],
  ["underscores", "_"],
  ["tildes", "~"],
  ["stars", "*"],
  ["arrows", "↵"],
  ["pictures", "␤"],
  ["tags in HTML", "&lt;br&gt;"],
  ["tags in HTML, encoded twice", "&amp;lt;br /&amp;gt;"],
  ["words", " [LF] "],
  ["marks of a list", '", "'],
  ["NEL", "\u0085"],
  ["LINE SEPARATOR", "\u2028"],
  ["PARAGRAPH SEPARATOR", "\u2029"],
  ["VT", "\v"],
  ["FF", "\f"],
  ["escapes of OOXML", "_x000D_"],
] as const;
const inBase64 = (text: string) => Buffer.from(text).toString("base64");

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
      assert.equal(hiddenIn(text)[0]?.how, how);
      assert.equal(mended(text), both);
    });
  }

  test("is told of, and not mended, where something else stands around it", () => {
    for (const text of [`{"ca": "${escaped(one)}"}`, `CA="${escaped(one)}"`, `+${escaped(one)} and so on`]) {
      const [hidden] = hiddenIn(text);
      assert.ok(hidden !== undefined && hidden.mending === undefined, text.slice(0, 40));
    }
    const key = `-----BEGIN PRIVATE KEY-----\\n${"A".repeat(64)}\\n-----END PRIVATE KEY-----\\n`;
    assert.equal(mended(escaped(one) + key), undefined, "whose key cannot be read is not written anew");
  });

  test("is none where it is but spoken of, commented out, cut off, or no certificate", () => {
    for (const text of [
      "A certificate begins with -----BEGIN CERTIFICATE----- and ends with -----END CERTIFICATE-----.",
      'Write "-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\\n".',
      lines(one, (line) => `# ${line}`),
      lines(one, (line) => `// ${line}`),
      escaped(one).slice(0, 300),
      escaped(one).replaceAll("CERTIFICATE", "THING"),
      "",
    ]) {
      assert.deepEqual(hiddenPieces(readBundle(text)), [], text.slice(0, 60));
    }
  });

  test("is what is left of a body without its beginning, and no hash", () => {
    const own = createCa().pem.trimEnd().split("\n").slice(1, -1);
    const tail = own.slice(3).join("\n");
    const found = (text: string) => hiddenPieces(readBundle(text)).map(({ hidden }) => [hidden.how, hidden.mending]);
    const inLine = tail.replaceAll("\n", "");
    const columns = tail.replaceAll("\n", "").replace(/.{76}/g, "$&\n");
    const cut = tail.slice(40);
    const middle = own.slice(3, 6).join("\n");
    for (const text of [tail, inLine, columns, cut, middle, tail.replaceAll("\n", "\r\n"), tail.replace(/^/gm, "\t")])
      for (const whole of [`${text}\n${one}`, `${one}${text}\n${one}`, `${one}${text}`, `# a\n${text}\n# b\n${one}`])
        assert.deepEqual(found(whole), [["remains", undefined]], whole);
    const digest = createHash("sha384").update("a").digest("base64");
    const hex = createHash("sha512").update("a").digest("hex");
    for (const text of [
      `${digest}\n`,
      `${digest}\nRoot\n`,
      `${hex}\n${hex}\n`,
      `${hex.toUpperCase()}\n${hex}\n`,
      lines(tail, (line) => `# ${line}`),
      `-----BEGIN SIGNATURE-----\n${tail}\n`,
      `/opt/Certs1/${"a/B2".repeat(14)}\n/opt/Certs2/${"a/B2".repeat(14)}\n`,
      `${"abcdefghij".repeat(7)}\n${"klmnopqrst".repeat(7)}\n`,
    ])
      assert.deepEqual(found(`${one}${text}${one}`), [], text);
  });

  test("is told of where it is a private key alone", () => {
    const key = `-----BEGIN PRIVATE KEY-----\n${"A".repeat(64)}\n-----END PRIVATE KEY-----\n`;
    for (const text of [
      `"${escaped(key)}"`,
      lines(key, (line) => `> ${line}`),
      encodeURIComponent(key),
      inBase64(key),
    ]) {
      const ids = (given: string) =>
        check(read({ text: given, syntax: "pem", name: "clients.pem" }), context, onFault).map(({ rule }) => rule.id);
      assert.equal(hiddenPieces(readBundle(text)).length, 1, text.slice(0, 60));
      assert.deepEqual(ids(`# mtls: target=alb\n${text}\n`), ["bundle/private-key"], text.slice(0, 60));
      // By itself it is where it belongs.
      assert.deepEqual(ids(text), [], text.slice(0, 60));
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
      "signs for line ends": `-----BEGIN CERTIFICATE-----${"|MIIB".repeat(25_000)}-----END CERTIFICATE-----`,
      "many with signs for line ends": many(
        30,
        () => `-----BEGIN CERTIFICATE-----${"|".repeat(9_000)}${"MIIB".repeat(20_000)}-----END CERTIFICATE-----`,
      ),
      "blanks before": `${" ".repeat(200_000)}"-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----`,
      "quotation marks behind": `"${escaped(one)}${'"'.repeat(200_000)}x`,
      "blocks on one line": many(3_000, () => `"${escaped(one)}" and `),
      "starts of Base64 on one line": many(100_000, () => "MIIB x "),
      "starts of Base64": many(100_000, () => "MIIB////\n"),
      "starts of PEM in Base64": many(100_000, () => "LS0tLS1CRUdJTi x "),
      "starts of URLs": many(50_000, () => "-----BEGIN%20CERTIFICATE-----%0AMIIB"),
      "lines of PEM in Base64": many(50_000, () => "LS0tLS1CRUdJTi\n"),
      "certificates without boundaries": many(3_000, () => body(one)),
      "ends of bodies": many(20_000, () => `${"Ab1/x".repeat(13)}=\n`),
      "hashes in hexadecimal": many(30_000, () => `${"0123456789abcdef".repeat(4)}\n`),
      "a body that goes on and on": many(50_000, () => `${"Ab1/x".repeat(13)}\n`),
      "one that goes on and on": `MII/${"/".repeat(3_000_000)}`,
      blocks: many(3_000, () => `"${escaped(one)}"\n`),
    })) {
      const start = process.cpuUsage();
      hiddenIn(text);
      const { user, system } = process.cpuUsage(start);
      assert.ok(user + system < 3_000_000, `${name}: ${user + system} µs`);
    }
  });
});

suite("a block that nobody reads beside one that is read", () => {
  const trimmed = one.trimEnd();
  const forms: Readonly<Record<string, readonly [how: string, text: string, after?: string]>> = {
    "in an answer to a mail": ["prefix", lines(one, (line) => `> ${line}`)],
    "in a mail, one line of which lost its mark": [
      "prefix",
      lines(one, (line, place) => (place === 3 ? line : `> ${line}`)),
    ],
    "in a diff": ["prefix", lines(one, (line) => `+${line}`)],
    "in a list": ["prefix", `• ${one}`],
    "in a list of YAML": ["prefix", lines(one, (line, place) => (place === 0 ? `- ${line}` : `  ${line}`))],
    "in a table": ["prefix", lines(one, (line) => `| ${line}`)],
    "with numbers of lines": ["prefix", numbered(one)],
    "in the log of a container": ["prefix", lines(one, (line) => `proxy_1  | ${line}`)],
    "behind a label": ["prefix", `Issuing CA: ${one}`, `# Issuing CA:\n${one}`],
    "behind a comment without a line end": ["prefix", `# Issuing CA (2026)${one}`, `# Issuing CA (2026)\n${one}`],
    "with text behind its BEGIN": ["other", one.replace("\n", " # the root\n"), `# the root\n${one}`],
    "between tags": ["prefix", `<ca>${trimmed}</ca>\n`],
    "in quotation marks": ["quotes", `"${trimmed}"\n`],
    "with a quotation mark before it alone": ["quotes", `'${one}`],
    "in single lines that are put together": [
      "escapes",
      lines(one, (line) => `"${line}\\n" +`).replace(/ \+\n$/, "\n"),
    ],
    "with line ends of a string": ["escapes", `${escaped(one)}\n`],
    "without dashes": ["boundaries", one.replaceAll("-----", "")],
    "with other signs than dashes": ["boundaries", one.replaceAll("-----", "=====")],
    "without END": ["prefix", lines(`${begin}\n${body(one)}`, (line) => `> ${line}`)],
    "without boundaries": ["bare", `${body(one)}\n`],
    "without boundaries, on one line": ["bare", `${body(one).replaceAll("\n", "")}\n`],
    "without boundaries, behind a label": ["bare", `ca: ${body(one).replaceAll("\n", "")}\n`, `# ca:\n${one}`],
    "without boundaries, in an answer to a mail": ["prefix", lines(`${body(one)}\n`, (line) => `> ${line}`)],
    "in HTML": ["html", one.replaceAll("\n", "<br>\n")],
    "in HTML, on one line": ["html", `${one.replaceAll("\n", "&#10;").replaceAll("+", "&#43;")}\n`],
    "as cat -A prints it": ["dollars", one.replaceAll("\n", "$\n")],
    "as cat -A prints it, with CRLF": ["dollars", one.replaceAll("\n", "^M$\n")],
    ...Object.fromEntries(
      separators.map(([name, separator]) => [
        `with ${name} for line ends`,
        ["separated", `${one.trimEnd().replaceAll("\n", separator)}${separator}\n`] as const,
      ]),
    ),
    "with several signs for line ends": ["separated", one.replaceAll("\n", "|").replace("|", ";").replace(/\|$/, "\n")],
    "with a sign for line ends, behind a label": ["separated", `ca: ${escaped(one, "%0A")}\n`, `# ca:\n${one}`],
    "with a sign in each of its lines": ["separated", one.replaceAll("\n", " +\n | ").replace(/ \+\n \| $/, "\n")],
    "URL-encoded": ["url", `${encodeURIComponent(one)}\n`],
    "URL-encoded, as in a header of AWS": ["url", `${encodeURI(one.trimEnd())}\n`],
    "URL-encoded, as in a form": ["url", `${encodeURIComponent(one).replaceAll("%20", "+")}\n`],
    "URL-encoded, behind the name of a header": ["url", `Client: ${encodeURIComponent(one)}\n`, `# Client:\n${one}`],
    "in Base64": ["base64", `${inBase64(one)}\n`],
    "in Base64, behind a label": ["base64", `tls.crt: ${inBase64(one)}\n`, `# tls.crt:\n${one}`],
    "in lines of Base64": ["base64", `${inBase64(`# ours\n${one}`).replace(/.{76}/g, "$&\n")}\n`, `# ours\n${one}`],
  };
  for (const [name, [how, text, after = one]] of Object.entries(forms)) {
    for (const [place, above, below] of [
      ["above", "", both],
      ["between", both, both],
      ["below", both, ""],
    ] as const) {
      test(`is told of, and mended by itself: ${name}, ${place}`, () => {
        const whole = above + text + below;
        const facts = read({ text: whole, syntax: "pem", name: "clients.pem" });
        const problems = check(facts, context, onFault).filter(({ rule }) => rule.id === "pem/unread");
        assert.deepEqual(
          problems.map(({ severity }) => severity),
          ["error"],
        );
        const [found, another] = hiddenPieces(readBundle(whole));
        assert.equal(another, undefined);
        assert.equal(found?.hidden.how, how);
        assert.equal(applyEdits(whole, renderIn(facts, problems[0]?.fixes?.[0]?.changes ?? [])), above + after + below);
      });
    }
  }

  test("is told of, and not mended, where nothing proves what it is or other text stands around it", () => {
    const ids = new Set(["pem/unread", "bundle/private-key"]);
    const key = `-----BEGIN PRIVATE KEY-----\n${"A".repeat(160)}\n-----END PRIVATE KEY-----\n`;
    const randomKey = one.replaceAll("CERTIFICATE", "PRIVATE KEY");
    for (const text of [
      `key: ${key}`,
      lines(key, (line) => `> ${line}`),
      `Look at ${trimmed} please\n`,
      `ca = "${escaped(one)}"\n`,
      lines(one.replace("MII", "M!I"), (line) => `> ${line}`),
      `> ${begin}\n> ${"A".repeat(64)}\n`,
      `${inBase64(one + key)}\n`,
      // A script may end without a line end, and Base64 without padding.
      ...["", "\n", "\n\n"].map((more) => `base64 -d <<END\n${inBase64(key + more)}\nEND`),
      `${body(one).slice(0, 200)}\n`,
      `${escaped(randomKey, "\\x0A")}\n`,
      `${escaped(randomKey, "\u2028")}\n`,
      `${escaped(randomKey, "|").replace(/-----END.*/, "")}\n`,
      `${escaped(one.replace("MII", "MIJ"), "%0A")}\n`,
      `${escaped(one.replace(/\n(.{9})./, "\n$1"), "|")}\n`,
      `${escaped(one, "\u0085").slice(0, 300)}\n`,
    ]) {
      const facts = read({ text: both + text, syntax: "pem", name: "clients.pem" });
      const [found, another] = check(facts, context, onFault).filter(({ rule }) => ids.has(rule.id));
      assert.ok(found !== undefined && another === undefined, text.slice(0, 60));
      assert.deepEqual(found.fixes ?? [], [], text.slice(0, 60));
    }
  });

  test("stands behind the END of another, on its line", () => {
    const text = `${both.trimEnd()}, ${one}`;
    const facts = read({ text, syntax: "pem", name: "clients.pem" });
    const found = check(facts, context, onFault).find(({ rule }) => rule.id === "pem/unread");
    assert.equal(applyEdits(text, renderIn(facts, found?.fixes?.[0]?.changes ?? [])), both + one);
  });

  test("is none where it is commented out, spoken of, or something else", () => {
    const der = Buffer.from(body(one), "base64");
    const shown = (bytes: Buffer) => bytes.toString("latin1").replaceAll("\n", ".");
    const dump = (line: (bytes: Buffer, at: number) => string) =>
      Array.from({ length: Math.ceil(one.length / 16) }, (_, row) =>
        line(Buffer.from(one).subarray(row * 16, row * 16 + 16), row * 16),
      ).join("\n");
    for (const text of [
      lines(one, (line) => `# ${line}`),
      lines(one, (line) => `#${line}`),
      lines(one, (line) => `; ${line}`),
      `<!-- ${trimmed} -->\n`,
      `# "${escaped(one)}" is the old one\n`,
      `# ca: ${inBase64(one)}\n`,
      `# ca: ${encodeURIComponent(one)}\n`,
      `# ${body(one).replaceAll("\n", "")}\n`,
      lines(one, (line) => line.replace(/^-----/, "# -----")),
      `A block begins with ${begin} and ends with ${end}.\n`,
      `A block begins with ${begin}, then ${"MIIBszCCAVmgAwIBAgIUQ"}, and ends with ${end}.\n`,
      `${begin}|${body(one).slice(0, 64)}|...|${body(one).slice(-64)}|${end}\n`,
      `${begin} ${der.toString("hex").slice(0, 300)} ${end}\n`,
      `${begin};${"X".repeat(64)};${"X".repeat(64)};${"X".repeat(64)};${"X".repeat(64)};${end}\n`,
      `# ${escaped(one, "%0A")}\n`,
      `// was: ${escaped(one, "\u2028")}\n`,
      "-----BEGIN PRIVATE KEY----- and -----END PRIVATE KEY----- stand around a key, which is not for you.\n",
      `-----BEGIN PRIVATE KEY-----|${body(one).slice(0, 64)}|…|-----END PRIVATE KEY-----\n`,
      `${begin}|{{ .Values.ca }}|${body(one).slice(0, 640).replaceAll("\n", "|")}|${end}\n`,
      "MII is what the Base64 of a certificate begins with.\nMIIB\n",
      `${dump((bytes, at) => `${at.toString(16).padStart(8, "0")}: ${bytes.toString("hex")}  ${shown(bytes)}`)}\n`,
      `Bag Attributes\n    localKeyID: ${der.subarray(0, 20).toString("hex")}\nsubject=CN = Root\n`,
      `Modulus:\n    ${(der.toString("hex").match(/../g) ?? []).join(":")}\n`,
      `${inBase64("A note about -----BEGIN CERTIFICATE----- and more of it.")}\n`,
      `${body(one).slice(0, 60)}\n`,
    ]) {
      assert.deepEqual(hiddenPieces(readBundle(both + text + both)), [], text.slice(0, 60));
    }
  });

  test("is found after an edit as in the text read anew", () => {
    let bundle = readBundle(both + one);
    for (const edit of [
      { span: { start: one.length, end: one.length }, text: "> " },
      { span: { start: one.length, end: one.length + 2 }, text: "" },
      { span: { start: 0, end: 0 }, text: "ca: " },
      { span: { start: 2, end: 2 }, text: "#" },
      { span: { start: 0, end: 5 }, text: "" },
    ]) {
      const text = applyEdits(bundle.pem.text, [edit]);
      bundle = editBundle(bundle, [edit]);
      assert.deepEqual(hiddenPieces(bundle), hiddenPieces(readBundle(text)), text.slice(0, 20));
    }
    assert.deepEqual(hiddenPieces(bundle), []);
  });
});
