// The grammar that colours PEM, run line by line as an editor does.
import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { boundaryAt } from "../../../src/core/pem/boundary.ts";
import { certificatePem, keyPem, otherPem } from "./texts.ts";

interface Pattern {
  readonly include?: string;
  readonly name?: string;
  readonly contentName?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Captures;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly Pattern[];
}
type Captures = Readonly<Record<string, { readonly name: string }>>;
interface Grammar {
  readonly scopeName: string;
  readonly patterns: readonly Pattern[];
  readonly repository: Readonly<Record<string, Pattern>>;
}
interface Configuration {
  readonly comments: { readonly lineComment: string };
  readonly wordPattern: string;
  readonly folding: { readonly markers: { readonly start: string; readonly end: string } };
}

const read = (name: string): string => readFileSync(join(import.meta.dirname, "../../../syntaxes", name), "utf8");
const grammar: Grammar = JSON.parse(read("pem.tmLanguage.json"));
const configuration: Configuration = JSON.parse(read("pem.language-configuration.json"));

function compile(source: string): RegExp {
  return new RegExp(
    source.replaceAll(/\\x\{([0-9a-f]+)\}/g, (_, code: string) => `\\u${code.padStart(4, "0")}`),
    "dg",
  );
}

const all = Object.values(grammar.repository);
const resolve = (patterns: readonly Pattern[]): readonly Pattern[] =>
  patterns.map((pattern) =>
    pattern.include === undefined
      ? pattern
      : (grammar.repository[pattern.include.slice(1)] ?? assert.fail(pattern.include)),
  );

/** The parts of a text that have a scope of their own, with the innermost one. */
function scopesOf(text: string): readonly (readonly [scope: string, text: string])[] {
  const found: [string, string][] = [];
  let open: { readonly pattern: Pattern; readonly end: RegExp } | undefined;
  for (const line of text.split(/\r\n?|\n/)) {
    const scopes: string[] = Array.from<string>({ length: line.length }).fill("");
    const paint = (from: number, to: number, scope: string | undefined): void => {
      if (scope !== undefined) scopes.fill(scope, from, to);
    };
    const paintMatch = (match: RegExpExecArray, captures: Captures = {}): void => {
      match.indices?.forEach((range, index) => {
        if (range !== undefined) paint(range[0], range[1], captures[String(index)]?.name);
      });
    };
    for (let at = 0; at <= line.length; ) {
      const candidates = resolve(open === undefined ? grammar.patterns : (open.pattern.patterns ?? []));
      const expressions = [
        ...(open === undefined ? [] : [open.end]),
        ...candidates.map(({ match, begin }) => compile(match ?? begin ?? "")),
      ];
      const matches = expressions.map((expression) => {
        expression.lastIndex = at;
        return expression.exec(line);
      });
      const first = Math.min(...matches.map((match) => match?.index ?? Infinity));
      const index = matches.findIndex((match) => match?.index === first);
      const match = matches[index];
      paint(at, Math.min(first, line.length), open?.pattern.contentName);
      if (match === undefined || match === null) break;
      const end = match.index + match[0].length;
      const pattern = candidates[index - (open === undefined ? 0 : 1)];
      if (pattern === undefined) {
        paintMatch(match, open?.pattern.endCaptures);
        open = undefined;
      } else {
        paint(match.index, end, pattern.name);
        paintMatch(match, pattern.captures ?? pattern.beginCaptures);
        if (pattern.end !== undefined) {
          const said = match[3] ?? "";
          open = { pattern, end: compile(pattern.end.replace("\\3", said.replaceAll(/[^\w ]/g, "\\$&"))) };
        } else assert.ok(end > at, "a match of nothing");
      }
      at = end;
    }
    for (let from = 0; from < line.length; ) {
      let to = from;
      while (to < line.length && scopes[to] === scopes[from]) to++;
      if (scopes[from] !== "") found.push([scopes[from] ?? "", line.slice(from, to)]);
      from = to;
    }
  }
  return found;
}

const scopedAs = (text: string, scope: string): readonly string[] =>
  scopesOf(text).flatMap(([name, part]) => (name === scope ? [part] : []));

describe("the grammar", () => {
  test("is one, and all it includes is there", () => {
    assert.equal(grammar.scopeName, "source.pem");
    assert.ok(all.length > 5);
    for (const pattern of [...grammar.patterns, ...all.flatMap(({ patterns = [] }) => patterns)])
      assert.ok(pattern.include !== undefined && grammar.repository[pattern.include.slice(1)] !== undefined);
    const scopes = all.flatMap(({ name, contentName, captures = {}, beginCaptures = {}, endCaptures = {} }) => [
      name,
      contentName,
      ...[captures, beginCaptures, endCaptures].flatMap((each) => Object.values(each).map((one) => one.name)),
    ]);
    for (const scope of scopes) if (scope !== undefined) assert.match(scope, /^[a-z.0-9-]+\.pem$/);
    for (const { match, begin, end } of all)
      for (const source of [match, begin, end]) if (source !== undefined) compile(source);
  });

  test("tells boundaries, labels and base64 apart", () => {
    const text = certificatePem.replaceAll("\n", "\r\n");
    assert.deepEqual(scopedAs(text, "keyword.control.begin.pem"), ["BEGIN"]);
    assert.deepEqual(scopedAs(text, "keyword.control.end.pem"), ["END"]);
    assert.deepEqual(scopedAs(text, "entity.name.type.label.pem"), ["CERTIFICATE", "CERTIFICATE"]);
    assert.equal(
      scopedAs(text, "string.unquoted.base64.pem").join(""),
      certificatePem.split("\n").slice(1, -2).join("").replace(/=+$/, ""),
    );
    assert.deepEqual(scopedAs(text, "punctuation.definition.padding.pem"), ["="]);
  });

  test("shows the body of a private key as something else", () => {
    for (const label of [
      "PRIVATE KEY",
      "ENCRYPTED PRIVATE KEY",
      "RSA PRIVATE KEY",
      "OPENSSH PRIVATE KEY",
      "ML-DSA-65 PRIVATE KEY",
      "PGP PRIVATE KEY BLOCK",
    ]) {
      const text = keyPem.replaceAll("PRIVATE KEY", label);
      assert.deepEqual(scopedAs(text, "constant.other.private-key.pem"), [keyPem.split("\n")[1]]);
      assert.deepEqual(scopedAs(text, "entity.name.type.label.private-key.pem"), [label, label]);
      assert.deepEqual(scopedAs(text, "string.unquoted.base64.pem"), []);
    }
  });

  test("knows headers, and what is filled in later", () => {
    const text =
      "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n${rest}\n-----END RSA PRIVATE KEY-----";
    assert.deepEqual(scopedAs(text, "support.type.property-name.header.pem"), ["Proc-Type", "DEK-Info"]);
    assert.deepEqual(scopedAs(text, "variable.other.placeholder.pem"), ["${rest}"]);
    assert.deepEqual(
      scopesOf("-----BEGIN X509 CRL-----\n{{ .Values.crl }}\n-----END X509 CRL-----").filter(([scope]) =>
        scope.startsWith("invalid"),
      ),
      [],
    );
  });

  test("leaves what stands around blocks plain, but for comments and markers", () => {
    for (const line of [
      "Certificate:",
      "    Data:",
      "        Version: 3 (0x2)",
      "        30:45:02:21",
      "subject=/CN=a",
      "Bag Attributes",
      "",
      "see -----BEGIN CERTIFICATE----- there",
      '"-----BEGIN CERTIFICATE-----"',
      "-----",
      "--- a key ---",
    ])
      assert.deepEqual(scopesOf(line), []);
    assert.deepEqual(scopesOf("# a -----BEGIN CERTIFICATE-----"), [
      ["comment.line.number-sign.pem", "# a -----BEGIN CERTIFICATE-----"],
    ]);
    for (const line of ["# mtls: target=origin", "// MTLS: target = origin", ";mtls:target=origin"]) {
      assert.deepEqual(scopedAs(line, "constant.language.target.pem"), ["origin"]);
      assert.equal(scopedAs(line, "keyword.other.marker.pem").length, 1);
    }
  });

  test("goes on behind blocks, wherever these end", () => {
    const labels = (text: string): number => scopedAs(text, "entity.name.type.label.pem").length;
    assert.equal(labels(certificatePem + otherPem), 4);
    assert.equal(labels(certificatePem.trimEnd() + otherPem), 4);
    assert.equal(labels(`  ${certificatePem.replace(/-----END.*\n/, "")}  ${otherPem}`), 3);
    assert.equal(labels(keyPem.replace(/-----END.*\n/, "") + otherPem), 2);
  });

  const invalid = [
    "----BEGIN CERTIFICATE----",
    "—–BEGIN CERTIFICATE-----",
    "-----BEGIN CERTIFICATE------",
    "-----BEGINCERTIFICATE-----",
    "----- END CERTIFICATE -----",
    "-----begin certificate-----",
    "–END X509 CRL–",
    "-----END CERTIFICATE----",
  ];
  for (const line of invalid) {
    test(`marks what is no boundary, as reading does: ${line}`, () => {
      assert.deepEqual(scopesOf(line), [["invalid.illegal.dashes.pem", line]]);
      assert.deepEqual(scopedAs(`-----BEGIN CERTIFICATE-----\n${line}`, "invalid.illegal.dashes.pem"), [line]);
      assert.notEqual(boundaryAt(line, 0)?.fault, undefined);
    });
  }

  test("marks an END that ends nothing, and what is no base64", () => {
    assert.deepEqual(scopedAs("-----END CERTIFICATE-----", "invalid.illegal.boundary.pem"), [
      "-----END CERTIFICATE-----",
    ]);
    assert.deepEqual(
      scopedAs("-----BEGIN CERTIFICATE-----\nAA*A\n-----END CERTIFCATE-----", "invalid.illegal.boundary.pem"),
      ["-----END CERTIFCATE-----"],
    );
    assert.deepEqual(
      scopedAs("-----BEGIN CERTIFICATE-----\nAA*§A\n-----END CERTIFICATE-----", "invalid.illegal.character.pem"),
      ["*§"],
    );
  });
});

describe("the language configuration", () => {
  test("folds blocks, and knows comments", () => {
    const { start, end } = configuration.folding.markers;
    assert.equal(configuration.comments.lineComment, "#");
    for (const line of ["-----BEGIN CERTIFICATE-----", "  -----BEGIN PRIVATE KEY-----"])
      assert.ok(new RegExp(start).test(line) && !new RegExp(end).test(line));
    for (const line of ["-----END CERTIFICATE-----", "\t-----END X509 CRL-----"])
      assert.ok(new RegExp(end).test(line) && !new RegExp(start).test(line));
    for (const line of ["", "MIIB", "# -----BEGIN CERTIFICATE-----"])
      assert.ok(!new RegExp(start).test(line) && !new RegExp(end).test(line));
  });

  test("takes a line of base64, and a label, for one word each", () => {
    const words = (line: string): readonly string[] =>
      [...line.matchAll(new RegExp(configuration.wordPattern, "g"))].map(([word]) => word);
    assert.deepEqual(words("MII+a/9=="), ["MII+a/9=="]);
    assert.deepEqual(words("-----BEGIN CERTIFICATE-----"), ["BEGIN", "CERTIFICATE"]);
    assert.deepEqual(words("# mtls: target=origin"), ["mtls", "target=origin"]);
  });
});
