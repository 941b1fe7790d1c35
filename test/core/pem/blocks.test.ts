// PEM as people and tools write it, and as it is when something went wrong.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Block, BlockKind, Damage } from "../../../src/core/pem/block.ts";
import { placeOfBytes, readPem, writePem } from "../../../src/core/pem/blocks.ts";
import { holds } from "../../randomly.ts";
import {
  blocksOf,
  certificateBytes,
  certificatePem,
  damageIn,
  der,
  keyPem,
  otherBytes,
  otherPem,
  repaired,
} from "./texts.ts";

const begin = "-----BEGIN CERTIFICATE-----";
const end = "-----END CERTIFICATE-----";
const lines = certificatePem.split("\n").slice(1, -2);
const body = lines.join("\n");
const only = (text: string): Block => {
  const [block, another] = blocksOf(text);
  assert.equal(another, undefined);
  return block ?? assert.fail("no block");
};
const wrapped = (columns: number): string =>
  lines
    .join("")
    .replace(new RegExp(`.{${columns}}`, "g"), "$&\n")
    .trimEnd();

describe("a sound text", () => {
  const both: Readonly<Record<string, string>> = {
    "as it is written": certificatePem + otherPem,
    "with a byte order mark": `\ufeff${certificatePem}${otherPem}`,
    "with a byte order mark at each file it was put together from": `\ufeff${certificatePem}\ufeff${otherPem}`,
    "with CRLF": (certificatePem + otherPem).replaceAll("\n", "\r\n"),
    "with CR": (certificatePem + otherPem).replaceAll("\n", "\r"),
    "with both line ends": certificatePem.replaceAll("\n", "\r\n") + otherPem,
    "without a final line end": (certificatePem + otherPem).trimEnd(),
    "with empty lines between": `\n\n${certificatePem}\n \n${otherPem}\n\n`,
    "with text dumps": `Certificate:\n    Data:\n        Version: 3 (0x2)\n    Signature:\n        30:45:02:21:00:e2\n${certificatePem}subject=/CN=b\nissuer=/C=US/O=a\n${otherPem}`,
    "of a PKCS#12": `Bag Attributes\n    localKeyID: 01 00 00 00\n    friendlyName: a--b\nKey Attributes: <No Attributes>\n${certificatePem}Bag Attributes: <Empty Attributes>\n${otherPem}`,
    "with comments": `# -----BEGIN CERTIFICATE----- is how it begins\n${certificatePem}; ----\n# Second CA\n===========\n-----------\n${otherPem}# end`,
    "with indentation": (certificatePem + otherPem).replaceAll(/^(?=.)/gm, "    "),
    "with indented bodies": (certificatePem + otherPem).replaceAll(/^(?=[^-\n])/gm, "\t  "),
    "with blanks at the line ends": (certificatePem + otherPem).replaceAll("\n", "  \t\n"),
    "with blanks within the lines": (certificatePem + otherPem).replaceAll(/^([^-]{9})/gm, "$1 "),
    "with the base64 on one line": `${begin}\n${lines.join("")}\n${end}\n${otherPem}`,
    "with one column": `${begin}\n${wrapped(1)}\n${end}\n${otherPem}`,
    "with three columns": `${begin}\r\n${wrapped(3).replaceAll("\n", "\r\n")}\r\n${end}\r\n${otherPem}`,
    "with 76 columns": `${begin}\n${wrapped(76)}\n${end}\n${otherPem}`,
    "with headers": `${begin}\nX-Origin: a\n  b\nX-Other: c\n\n${body}\n${end}\n${otherPem}`,
    "with an empty line for the headers there are not": `${begin}\n\n${body}\n${end}\n${otherPem}`,
    "within a PGP message": `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n- -----BEGIN CERTIFICATE-----\n${certificatePem}${otherPem}-----BEGIN PGP SIGNATURE-----\nVersion: 1\n\niQ!=\n-----END PGP SIGNATURE-----\n`,
  };
  for (const [name, text] of Object.entries(both)) {
    test(`gives every block: ${name}`, () => {
      const found = blocksOf(text).filter(({ kind }) => kind === "certificate");
      assert.deepEqual(
        found.map(({ bytes }) => bytes),
        [certificateBytes, otherBytes],
      );
      assert.deepEqual(damageIn(text), []);
      for (const { chunks, starts } of [readPem(text)]) {
        chunks.forEach(({ block }, index) => {
          const of = (span: Block["begin"]) =>
            span && text.slice((starts[index] ?? 0) + span.start, (starts[index] ?? 0) + span.end);
          if (block?.kind !== "certificate") return;
          assert.equal(of(block.begin), begin);
          assert.equal(of(block.end), end);
          assert.ok(of(block.span)?.startsWith(begin) === true && of(block.span)?.endsWith(end) === true);
          assert.ok(!(of(block.body) ?? "-").includes("-----"));
        });
      }
    });
  }

  const kinds: readonly (readonly [string, BlockKind])[] = [
    ["CERTIFICATE", "certificate"],
    ["X509 CERTIFICATE", "certificate"],
    ["TRUSTED CERTIFICATE", "trusted-certificate"],
    ["CERTIFICATE REQUEST", "request"],
    ["NEW CERTIFICATE REQUEST", "request"],
    ["PKCS7", "pkcs7"],
    ["PKCS #7 SIGNED DATA", "pkcs7"],
    ["CMS", "pkcs7"],
    ["X509 CRL", "crl"],
    ["PUBLIC KEY", "public-key"],
    ["RSA PUBLIC KEY", "public-key"],
    ["PRIVATE KEY", "private-key"],
    ["ENCRYPTED PRIVATE KEY", "private-key"],
    ["RSA PRIVATE KEY", "private-key"],
    ["EC PRIVATE KEY", "private-key"],
    ["DSA PRIVATE KEY", "private-key"],
    ["OPENSSH PRIVATE KEY", "private-key"],
    ["ANY PRIVATE KEY", "private-key"],
    ["ML-DSA-65 PRIVATE KEY", "private-key"],
    ["PGP PRIVATE KEY BLOCK", "private-key"],
    ["PGP PUBLIC KEY BLOCK", "other"],
    ["EC PARAMETERS", "other"],
    ["DH PARAMETERS", "other"],
    ["SSH-THING", "other"],
    ["Mixed Case", "other"],
  ];
  for (const [label, kind] of kinds) {
    test(`knows ${label}`, () => {
      const block = only(writePem(label, certificateBytes));
      assert.deepEqual([block.label, block.kind, block.damage], [label, kind, []]);
      assert.deepEqual(block.bytes, kind === "private-key" || kind === "other" ? undefined : certificateBytes);
    });
  }

  test("keeps a trusted certificate with what it is trusted for", () => {
    const bytes = Uint8Array.from([...certificateBytes, ...der(20)]);
    assert.deepEqual(only(writePem("TRUSTED CERTIFICATE", bytes)).bytes, bytes);
  });

  test("says nothing of a body that is not decoded", () => {
    const bodies = [
      "",
      "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nbm90IGEga2V5",
      "not base64 at all: §!\n\n\n===a",
      "Version: GnuPG v2\n\nabc\n=abcd",
    ];
    for (const label of ["PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "PGP MESSAGE", "SOMETHING"]) {
      for (const inner of bodies) {
        const block = only(`-----BEGIN ${label}-----\n${inner}\n-----END ${label}-----\n`);
        assert.deepEqual([block.damage, block.bytes, block.placeholder], [[], undefined, false]);
      }
    }
    const ssh2 = only(
      "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: a\nbm90IGEga2V5\n---- END SSH2 ENCRYPTED PRIVATE KEY ----\n",
    );
    assert.deepEqual([ssh2.kind, ssh2.damage], ["private-key", []]);
  });

  test("keeps nothing of a private key but where it is", () => {
    const block = only(keyPem);
    assert.ok(!JSON.stringify(block).includes("bm90"));
    assert.equal(keyPem.slice(block.body.start, block.body.end), `${keyPem.split("\n")[1]}\n`);
  });

  for (const inner of [
    "${tls_certificate}",
    "{{ .Values.certificate | b64dec }}",
    "<%= @certificate %>",
    `%{ for line in lines }${lines[0] ?? ""}%{ endfor }`,
    `${body}\n\${rest}`,
  ]) {
    test(`says nothing of ${inner.slice(0, 30)}, which is filled in later`, () => {
      for (const label of ["CERTIFICATE", "PRIVATE KEY"]) {
        const block = only(`-----BEGIN ${label}-----\n${inner}\n-----END ${label}-----\n`);
        assert.deepEqual([block.placeholder, block.damage, block.bytes], [true, [], undefined]);
        assert.deepEqual(only(`-----BEGIN ${label}-----\n${inner}\n`).damage, []);
      }
    });
  }

  test("is cut without gaps", () => {
    const { chunks, starts, text } = readPem(`a\n${certificatePem}b\n\n${otherPem}c\n`);
    assert.equal(chunks.map((chunk) => chunk.text).join(""), text);
    assert.deepEqual(starts, [0, 2 + certificatePem.length, 2 + certificatePem.length + 3 + otherPem.length]);
    assert.equal(chunks.at(-1)?.block, undefined);
    assert.deepEqual(readPem("").chunks, []);
  });
});

describe("what only mentions PEM", () => {
  const texts = [
    "BEGIN CERTIFICATE",
    "The file starts with BEGIN CERTIFICATE and ends with END CERTIFICATE.",
    "Look for -----BEGIN CERTIFICATE----- in it.",
    "-----BEGIN CERTIFICATE----- starts it,\n-----END CERTIFICATE----- ends it.",
    "sed -n '/-----BEGIN CERTIFICATE-----/,/-----END CERTIFICATE-----/p'",
    'echo "-----BEGIN CERTIFICATE-----"\necho "-----END CERTIFICATE-----"',
    `cert = "-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n"\n`,
    `cert = "-----BEGIN CERTIFICATE-----\\n${lines.join("\\n")}\\n-----END CERTIFICATE-----\\n"\n`,
    `const cert = \`-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\`;\n`,
    `# -----BEGIN CERTIFICATE-----\n# ${lines.join("\n# ")}\n# -----END CERTIFICATE-----\n`,
    "-----BEGIN MESSAGE-----\n\t// Animal: Gopher\n\t//\n\t// dGVzdA==\n\t// -----END MESSAGE-----\n",
    `+-----BEGIN CERTIFICATE-----\n+${lines.join("\n+")}\n+-----END CERTIFICATE-----\n`,
    `> -----BEGIN CERTIFICATE-----\n> -----END CERTIFICATE-----\n`,
    "- BEGIN CERTIFICATE\n- END CERTIFICATE\n",
    "-- BEGIN\n-- END\nBEGIN TRANSACTION;\nEND;\nEND--\n",
    "--- BEGIN CERTIFICATES ---\n--- END CERTIFICATES ---\n",
    "----- begin the certificate -----\n-----begin of log-----",
    "---- begin certificate ----\n--- Certificate ---\n",
    "------------------------------ BEGIN CERTIFICATE ------------------------------\n",
    "-----BEGIN OF REPORT-----\n\nall is well\n",
    "all is well\n-----END OF REPORT-----\n",
    "---- BEGIN SSH2 PUBLIC KEY ----\nAAAAB3Nza\n",
    "-----BEGIN-----\n-----END-----\n-----\n-----BEGIN CERTIFICATE\u2026-----",
    "– Begin\n— END —\n-----\n=====\n",
    "<!-- BEGIN CERTIFICATE -->\n<!-- END CERTIFICATE -->\n",
  ];
  for (const text of texts) {
    test(`is no block: ${JSON.stringify(text.slice(0, 60))}`, () => {
      assert.deepEqual(blocksOf(text), []);
      assert.deepEqual(
        blocksOf(`${text}\n${otherPem}`).map(({ bytes }) => bytes),
        [otherBytes],
      );
    });
  }

  test("does not end a block, which a string may have around it", () => {
    for (const quote of ['"', "'", "`", '"""', "';", "'))"])
      assert.deepEqual(damageIn(`x = """\n${certificatePem.trimEnd()}${quote}\n`), []);
  });
});

describe("damage", () => {
  type Case = readonly [
    name: string,
    text: string,
    damage: readonly (readonly [kind: Damage["kind"], at: string, repair: "repair" | "none"])[],
  ];
  const at = (index: number, replace: (line: string) => string): string =>
    lines.map((line, place) => (place === index ? replace(line) : line)).join("\n");
  const block = (inner: string, first = begin, last = end): string => `${first}\n${inner}\n${last}\n`;
  const short = der(33);
  const unpadded = (size: number): string => Buffer.from(der(size)).toString("base64").replaceAll("=", "");

  const cases: readonly Case[] = [
    ["END is missing, all is there", `${begin}\n${body}\n`, [["no-end", begin, "repair"]]],
    [
      "END is missing, all is there without a line end",
      `${begin}\r\n${lines.join("\r\n")}`,
      [["no-end", begin, "repair"]],
    ],
    ["END is missing, and something else", `${begin}\n${lines.slice(0, -1).join("\n")}\n`, [["no-end", begin, "none"]]],
    ["END and everything is missing before another label", `${begin}\n${keyPem}`, [["no-end", begin, "none"]]],
    ["END is missing before another block", `${begin}\n${body}\n${otherPem}`, [["no-end", begin, "repair"]]],
    ["END is missing before text", `${begin}\n${body}\n\nsubject=CN\n\n${otherPem}`, [["no-end", begin, "repair"]]],
    [
      "END is missing before text without an empty line",
      `${begin}\n${body}\nsubject=CN\n${otherPem}`,
      [["no-end", begin, "repair"]],
    ],
    [
      "END of a key is missing",
      keyPem.replace(/-----END.*\n/, ""),
      [["no-end", "-----BEGIN PRIVATE KEY-----", "none"]],
    ],
    ["BEGIN is missing, all is there", `${body}\n${end}\n`, [["no-begin", end, "repair"]]],
    ["BEGIN is missing behind text", `subject=CN\nx\n${body}\n${end}\n${otherPem}`, [["no-begin", end, "repair"]]],
    ["BEGIN and something else is missing", `${lines.slice(1).join("\n")}\n${end}\n`, [["no-begin", end, "none"]]],
    [
      "labels differ",
      block(body, begin, "-----END X509 CRL-----"),
      [["label-mismatch", "-----END X509 CRL-----", "none"]],
    ],
    [
      "labels differ by an alias",
      block(body, begin, "-----END X509 CERTIFICATE-----"),
      [["label-mismatch", "-----END X509 CERTIFICATE-----", "none"]],
    ],
    [
      "END has a slip",
      block(body, begin, "-----END CERTIFCATE-----"),
      [["label-mismatch", "-----END CERTIFCATE-----", "repair"]],
    ],
    [
      "BEGIN has a slip",
      block(body, "-----BEGIN CERTIFICATTE-----"),
      [["label-mismatch", "-----BEGIN CERTIFICATTE-----", "repair"]],
    ],
    [
      "END is of another, unknown label",
      block(body, begin, "-----END SOMETHING-----"),
      [["label-mismatch", "-----END SOMETHING-----", "none"]],
    ],
    ["four dashes before BEGIN", block(body, "----BEGIN CERTIFICATE-----"), [["dashes", "----", "repair"]]],
    ["four dashes behind BEGIN", block(body, "-----BEGIN CERTIFICATE----"), [["dashes", "----", "repair"]]],
    ["six dashes before END", block(body, begin, "------END CERTIFICATE-----"), [["dashes", "------", "repair"]]],
    ["six dashes behind END", block(body, begin, "-----END CERTIFICATE------"), [["dashes", "------", "repair"]]],
    [
      "four dashes everywhere",
      block(body, "----BEGIN CERTIFICATE----", "----END CERTIFICATE----"),
      [
        ["dashes", "----BEGIN CERTIFICATE----", "repair"],
        ["dashes", "----END CERTIFICATE----", "repair"],
      ],
    ],
    ["no dashes behind BEGIN", block(body, "-----BEGIN CERTIFICATE"), [["dashes", "-----BEGIN CERTIFICATE", "repair"]]],
    [
      "no dashes before END",
      block(body, begin, "END CERTIFICATE-----"),
      [["dashes", "END CERTIFICATE-----", "repair"]],
    ],
    ["an em dash and an en dash", block(body, "—–BEGIN CERTIFICATE-----"), [["dashes", "—–", "repair"]]],
    ...[0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xad].map((code): Case => {
      const five = String.fromCharCode(code).repeat(5);
      return [
        `dashes U+${code.toString(16)}`,
        block(body, begin, `${five}END CERTIFICATE${five}`),
        [["dashes", `${five}END CERTIFICATE${five}`, "repair"]],
      ];
    }),
    ["no space", block(body, "-----BEGINCERTIFICATE-----"), [["dashes", "-----BEGINCERTIFICATE-----", "repair"]]],
    [
      "two spaces",
      block(body, begin, "-----END  CERTIFICATE-----"),
      [["dashes", "-----END  CERTIFICATE-----", "repair"]],
    ],
    [
      "spaces inside the dashes",
      block(body, "----- BEGIN CERTIFICATE -----"),
      [["dashes", "----- BEGIN CERTIFICATE -----", "repair"]],
    ],
    [
      "a tab in the label",
      block(body, "-----BEGIN\tCERTIFICATE-----"),
      [["dashes", "-----BEGIN\tCERTIFICATE-----", "repair"]],
    ],
    [
      "a no-break space",
      block(body, "-----BEGIN\u00a0CERTIFICATE-----"),
      [["dashes", "-----BEGIN\u00a0CERTIFICATE-----", "repair"]],
    ],
    ["a zero width space in front", block(body, `\u200b${begin}`), [["dashes", `\u200b${begin}`, "repair"]]],
    ["a no-break space behind", block(body, begin, `${end}\u00a0`), [["dashes", `${end}\u00a0`, "repair"]]],
    [
      "small letters",
      block(body, begin.toLowerCase(), end.toLowerCase()),
      [
        ["dashes", begin.toLowerCase(), "repair"],
        ["dashes", end.toLowerCase(), "repair"],
      ],
    ],
    [
      "a label in small letters",
      block(body, "-----BEGIN certificate-----"),
      [["dashes", "-----BEGIN certificate-----", "repair"]],
    ],
    [
      "damaged dashes of a label that only the open block says",
      block("x", "-----BEGIN MINE-----", "----END MINE-----"),
      [["dashes", "----", "repair"]],
    ],
    ["END and BEGIN on one line", certificatePem.trimEnd() + otherPem, [["glued", end, "repair"]]],
    ["END and BEGIN on one line with a blank", `${certificatePem.trimEnd()} ${otherPem}`, [["glued", end, "repair"]]],
    [
      "END and BEGIN on one line share their dashes",
      certificatePem.trimEnd() + otherPem.slice(5),
      [
        ["glued", end, "repair"],
        ["dashes", begin.slice(5), "repair"],
      ],
    ],
    [
      "END and BEGIN on one line with nine dashes",
      certificatePem.trimEnd() + otherPem.slice(1),
      [
        ["glued", end, "repair"],
        ["dashes", "----", "repair"],
      ],
    ],
    ["END at the end of the last line", `${begin}\n${body}${end}\n`, [["glued", end, "repair"]]],
    [
      "everything on one line",
      `${begin}${lines.join("")}${end}`,
      [
        ["glued", begin, "repair"],
        ["glued", end, "repair"],
      ],
    ],
    [
      "everything on one line with blanks",
      `${begin} ${lines.join(" ")} ${end}\n`,
      [
        ["glued", begin, "repair"],
        ["glued", end, "repair"],
      ],
    ],
    ["text behind END", `${begin}\n${body}\n${end} of a\n${otherPem}`, [["glued", end, "none"]]],
    ["a bad character", block(at(1, (line) => `${line.slice(0, 7)}*${line.slice(8)}`)), [["character", "*", "none"]]],
    [
      "bad characters side by side",
      block(at(2, (line) => `${line.slice(0, 7)}§!${line.slice(9)}`)),
      [["character", "§!", "none"]],
    ],
    [
      "bad characters apart",
      block(at(0, (line) => `_${line.slice(1, 9)}-${line.slice(10)}`)),
      [
        ["character", "_", "none"],
        ["character", "-", "none"],
      ],
    ],
    ["a no-break space in the body", block(at(1, (line) => `\u00a0${line}`)), [["character", "\u00a0", "repair"]]],
    [
      "a zero width space and a byte order mark in the body",
      block(at(1, (line) => `${line.slice(0, 9)}\u200b${line.slice(9)}\ufeff`)),
      [
        ["character", "\u200b", "repair"],
        ["character", "\ufeff", "repair"],
      ],
    ],
    ["a comment in the body", block(at(1, (line) => `${line}\n# a comment`)), [["character", "# a comment", "none"]]],
    [
      "a comment in the body that is mostly base64",
      block(at(1, (line) => `# ${line}`)),
      [["character", `# ${lines[1] ?? ""}`, "none"]],
    ],
    ["a header without an empty line behind it", block(`Subject: CN\n${body}`), [["character", "Subject: CN", "none"]]],
    ["line ends that are escaped", block(at(0, (line) => `${line}\\n`)), [["lost", "\\n", "repair"]]],
    ["an empty line within", block(at(1, (line) => `${line}\n`)), [["blank-line", "\n", "repair"]]],
    ["empty lines within", block(at(1, (line) => `${line}\n \n`)), [["blank-line", " \n\n", "repair"]]],
    ["lines that end in CR CR LF", block(body).replaceAll("\n", "\r\r\n"), [["line-ends", "\r\n", "repair"]]],
    ["an empty line behind each", block(body.replaceAll("\n", "\n\n")), [["blank-line", "\n", "repair"]]],
    ["an empty line before END", block(`${body}\n`), [["blank-line", "\n", "repair"]]],
    ["two empty lines behind BEGIN", block(`\n\n${body}`), [["blank-line", "\n\n", "repair"]]],
    [
      "an empty line behind BEGIN, and no regular lines behind it",
      block(`\n${lines.join("")}`),
      [["blank-line", "\n", "repair"]],
    ],
    ["an empty body", block(""), [["empty", begin, "none"]]],
    ["no body", `${begin}\n${end}\n`, [["empty", begin, "none"]]],
    ["empty lines for a body", block("\n\n\n"), [["empty", begin, "none"]]],
    ["padding in the middle", block(at(1, (line) => `==${line.slice(2)}`)), [["padding", "==", "none"]]],
    ["one padding is missing", block(unpadded(200)), [["padding", unpadded(200).at(-1) ?? "", "repair"]]],
    ["both paddings are missing", block(unpadded(199)), [["padding", unpadded(199).at(-1) ?? "", "repair"]]],
    ["one of two paddings", block(`${unpadded(199)}=`), [["padding", "=", "repair"]]],
    ["too much padding", block(`${unpadded(200)}===`), [["padding", "===", "repair"]]],
    ["padding that is not needed", block(`${Buffer.from(short).toString("base64")}==`), [["padding", "==", "repair"]]],
    ["padding on a line of its own that is not enough", block(`${unpadded(199)}\n=`), [["padding", "=", "repair"]]],
    ["a character is missing", block(at(1, (line) => line.slice(1))), [["length", lines[1]?.slice(1) ?? "", "none"]]],
    ["a character too many", block(at(2, (line) => `A${line}`)), [["length", `A${lines[2] ?? ""}`, "none"]]],
    [
      "a character of the first line is missing",
      block(at(0, (line) => line.slice(1))),
      [["length", lines[0]?.slice(1) ?? "", "none"]],
    ],
    [
      "a character of the last line and its padding are missing",
      block(body.replace(/..=$/, "")),
      [["length", lines.at(-1)?.replace(/..=$/, "") ?? "", "none"]],
    ],
    [
      "padding is missing, or more than that",
      block(body.replace(/.=$/, "")),
      [["padding", lines.at(-1)?.replace(/.=$/, "") ?? "", "none"]],
    ],
  ];
  test("is a boundary that is there twice: the empty one goes", () => {
    for (const [text, marked] of [
      [`# one\n${begin}\n \n${otherPem}`, begin],
      [`# one\n${otherPem}${end}\n`, end],
      [`# one\n${otherPem}\n${end}`, end],
    ] as const) {
      assert.deepEqual(damageIn(text), [{ kind: "doubled", at: marked, hasRepair: true }]);
      assert.equal(repaired(text).trimEnd(), `# one\n${otherPem}`.trimEnd());
    }
    // What was between may be what is missing.
    assert.deepEqual(damageIn(`${begin}\n${keyPem}`), [{ kind: "no-end", at: begin, hasRepair: false }]);
    assert.deepEqual(damageIn(`${begin}\nMIIB\n${otherPem}`), [{ kind: "no-end", at: begin, hasRepair: false }]);
  });

  test("is a block that was cut off where the next BEGIN begins, of which none is lost", () => {
    const cut = `${begin}\n${lines.slice(0, 3).join("\n").slice(0, -9)}`;
    const last = cut.slice(cut.lastIndexOf("\n") + 1);
    const missing = (at: string, hasRepair = false) => ({ kind: "run-on" as const, at, hasRepair });
    const otherLabel = otherPem.replaceAll("CERTIFICATE", "TRUSTED CERTIFICATE");
    for (const gap of ["", " ", "\t ", "\ufeff", "\\n", "\\r\\n"])
      for (const next of [otherPem, otherLabel, keyPem, otherPem.replaceAll("CERTIFICATE", "CA CERTIFICATE")]) {
        const text = certificatePem + cut + gap + next;
        assert.deepEqual(damageIn(text), [missing(last)], JSON.stringify([gap, next]));
        assert.equal(blocksOf(text).length, 3);
        assert.deepEqual(blocksOf(text)[2], blocksOf(next)[0], "as it is by itself");
      }
    assert.deepEqual(damageIn(cut + cut + otherPem), [missing(last), missing(last)]);
    assert.deepEqual(damageIn(`${begin}\nMII${otherPem}`), [missing("MII")]);
    assert.deepEqual(damageIn((cut + otherPem).replaceAll("\n", "\r\n")), [missing(last)]);
    // One line of it is too short.
    const odd = `${begin}\n${lines[0]}\nMIIB\n${lines.slice(1, 3).join("\n")}`;
    assert.deepEqual(damageIn(odd + otherPem), [missing(lines[2] ?? "")]);
    const [{ begin: _, ...ofKey } = only(keyPem)] = blocksOf(keyPem.replace("\n-----END PRIVATE KEY-----\n", otherPem));
    assert.deepEqual([ofKey.kind, ofKey.bytes, ofKey.damage[0]?.kind], ["private-key", undefined, "run-on"]);
    for (const gap of ["", "  "]) {
      const whole = `${begin}\n${body}${gap}${otherPem}`;
      assert.deepEqual(damageIn(whole), [missing(lines.at(-1) ?? "", true)]);
      assert.equal(repaired(whole), certificatePem + otherPem);
    }
  });

  test("is a line end as a string has it behind END, and all of it goes", () => {
    for (const escape of ["\\n", "\\r\\n", "\\n\\n", "\\\\n", "\\n "])
      for (const [text, after] of [
        [`${certificatePem.trimEnd()}${escape}\n${otherPem}`, certificatePem + otherPem],
        [`${certificatePem.trimEnd()}${escape}${otherPem}`, certificatePem + otherPem],
        [`${otherPem}${certificatePem.trimEnd()}${escape}`, otherPem + certificatePem.trimEnd()],
      ] as const) {
        assert.deepEqual(damageIn(text), [{ kind: "glued", at: end, hasRepair: true }], JSON.stringify(text));
        assert.equal(blocksOf(text).length, 2);
        assert.equal(repaired(text), after);
      }
  });

  test("is a body that ends before words, and no further than the next BEGIN, whatever that stands behind", () => {
    for (const words of ["Issuing CA ", "Issuing CA: ", "# "]) {
      const text = `${begin}\n${body}\n${words}${otherPem}`;
      assert.deepEqual(damageIn(text), [{ kind: "no-end", at: begin, hasRepair: true }], words);
    }
  });

  test("of a body without END or BEGIN is in all of its lines, of which none is taken for a comment", () => {
    const odd = [...lines.slice(0, 2), "MIIBabcd+/", ...lines.slice(2)].join("\n");
    const open = `${begin}\n${odd}\n# next\n${otherPem}`;
    assert.equal(open.slice(0, only(open.slice(0, -otherPem.length)).span.end), `${begin}\n${odd}`);
    const lone = `# first\n${odd.replace("MIIBabcd+/", `${"YWJjZGVm".repeat(6)}=*`)}\n${end}\n`;
    assert.equal(lone.slice(only(lone).span.start).trimEnd(), lone.slice("# first\n".length).trimEnd());
    const key = keyPem.replace(/\n-----END.*\n/, `\nshort\n\n${"bm90IGEga2V5".repeat(5)}\nbm9=\n`);
    assert.equal(only(key).span.end, key.length - 1);
  });

  for (const [name, text, damage] of cases) {
    test(`is told where it is: ${name}`, () => {
      assert.deepEqual(
        damageIn(text),
        damage.map(([kind, marked, repair]) => ({ kind, at: marked, hasRepair: repair === "repair" })),
      );
      // The block behind it is there, whatever happened.
      assert.deepEqual(blocksOf(`${text}\n${otherPem}`).at(-1)?.bytes, otherBytes);
      assert.deepEqual(
        damageIn(`${text}\n${otherPem}`)
          .slice(0, damage.length)
          .map(({ kind }) => kind),
        damage.map(([kind]) => kind),
      );
    });

    if (damage.every(([, , repair]) => repair === "repair")) {
      test(`is mended without a guess: ${name}`, () => {
        const whole = repaired(text);
        assert.deepEqual(damageIn(whole), []);
        const bytes = blocksOf(whole).map((one) => one.bytes);
        assert.deepEqual(
          blocksOf(text).map((one) => one.bytes),
          bytes,
        );
        assert.equal(repaired(whole), whole);
        if (text.includes("\r\n")) assert.doesNotMatch(whole, /[^\r]\n/);
      });
    } else {
      test(`of the body leaves no bytes: ${name}`, () => {
        const unsure: readonly Damage["kind"][] = ["character", "length", "empty", "padding"];
        for (const one of blocksOf(text))
          if (one.damage.some(({ kind, repair }) => unsure.includes(kind) && repair === undefined))
            assert.equal(one.bytes, undefined);
      });
    }
  }

  test("is bounded in one body", () => {
    assert.equal(damageIn(`${begin}\n${"AAAA*".repeat(5_000)}\n${end}\n`).length, 20);
  });

  test("never makes a certificate of what may be a private key", () => {
    const mixed = [
      keyPem.replace("BEGIN PRIVATE KEY", "BEGIN CERTIFICATE"),
      keyPem.replace("END PRIVATE KEY", "END CERTIFICATE"),
      keyPem.replace("BEGIN PRIVATE KEY", "BEGIN PRIVAT KEY"),
      keyPem.replace(/-----BEGIN.*\n/, ""),
    ];
    for (const text of mixed) {
      const one = only(text);
      assert.deepEqual([one.kind, one.bytes], ["private-key", undefined]);
      assert.equal(one.damage.length, 1);
    }
  });

  test("shows a block that has but one boundary with its body", () => {
    const open = only(`${begin}\n${body}\n\ntext\n`);
    assert.equal(open.span.end, begin.length + 1 + body.length);
    assert.deepEqual([open.end, open.bytes], [undefined, certificateBytes]);
    const text = `text\n\n${body}\n${end}\n`;
    const lone = only(text);
    assert.equal(text.slice(lone.span.start, lone.span.end), `${body}\n${end}`);
    assert.deepEqual([lone.begin, lone.bytes, lone.label], [undefined, certificateBytes, "CERTIFICATE"]);
  });
});

describe("markers", () => {
  const targetsOf = (text: string): readonly (readonly [string, string])[] =>
    readPem(text).chunks.flatMap(({ markers }, index) =>
      markers.map((marker): [string, string] => [
        marker.target,
        text.slice(
          (readPem(text).starts[index] ?? 0) + marker.at.start,
          (readPem(text).starts[index] ?? 0) + marker.at.end,
        ),
      ]),
    );

  for (const line of [
    "# mtls: target=origin",
    "#mtls:target=origin",
    "// MTLS : Target = origin",
    "; mtls: target=origin",
    "\t#  mtls:\ttarget =origin  ",
  ]) {
    test(`are read: ${JSON.stringify(line)}`, () => {
      for (const text of [
        `${line}\n${certificatePem}`,
        `${certificatePem}${line}`,
        `\ufeff${line}\r\n${certificatePem}`,
        `${certificatePem}text\n${line}\n${otherPem}`,
      ])
        assert.deepEqual(targetsOf(text), [["origin", line.trim()]]);
    });
  }

  for (const line of [
    "mtls: target=origin",
    "# mtls target=origin",
    "# mtls: target=",
    "# mtls: target=origin or so",
    "x # mtls: target=origin",
    "# mtls: targets=origin",
    "% mtls: target=origin",
  ]) {
    test(`are not read: ${line}`, () => assert.deepEqual(targetsOf(`${line}\n${certificatePem}`), []));
  }

  test("may say something else, and stand there twice", () => {
    assert.deepEqual(
      targetsOf(`# mtls: target=trust-store\n# mtls: target=b\n${certificatePem}`).map(([target]) => target),
      ["trust-store", "b"],
    );
  });
});

describe("bytes and characters", () => {
  test("are written as OpenSSL writes them", () => {
    assert.equal(
      writePem("CERTIFICATE", Uint8Array.from([1, 2, 3, 4])),
      "-----BEGIN CERTIFICATE-----\nAQIDBA==\n-----END CERTIFICATE-----\n",
    );
    assert.ok(
      writePem("X", der(500))
        .split("\n")
        .slice(1, -3)
        .every((line) => line.length === 64),
    );
  });

  test("are read as they were written", () => {
    holds(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 400 }),
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.integer({ min: 1, max: 90 }),
        (bytes, lineEnd, columns) => {
          const base64 = Buffer.from(bytes).toString("base64");
          assert.equal(writePem("CMS", bytes).split("\n").slice(1, -2).join(""), base64);
          const text = [
            "-----BEGIN CMS-----",
            ...(base64.match(new RegExp(`.{1,${columns}}`, "g")) ?? []),
            "-----END CMS-----",
            "",
          ].join(lineEnd);
          assert.deepEqual(only(text).bytes, bytes);
          assert.deepEqual(damageIn(text), []);
        },
      ),
    );
  });

  test("have their places", () => {
    for (const text of [
      certificatePem,
      `text\n${certificatePem.replaceAll("\n", "\r\n")}`,
      `${begin}\nA-Header: Value\n\n${body}\n${end}`,
      `${begin}\n${wrapped(5)}\n${end}`,
    ]) {
      const found = only(text);
      const bytes = found.bytes ?? assert.fail();
      for (const [start, stop] of [
        [0, 1],
        [0, 3],
        [1, 2],
        [47, 49],
        [48, 96],
        [100, 100],
        [199, 200],
        [0, 200],
      ] as const) {
        const place = placeOfBytes(text, found, start, stop);
        const said = text.slice(place.start, place.end).replaceAll(/\s/g, "");
        const first = Math.floor((start * 4) / 3);
        assert.equal(
          said,
          Buffer.from(bytes)
            .toString("base64")
            .slice(first, Math.max(first + 1, Math.ceil((stop * 4) / 3))),
          `${start}–${stop}`,
        );
      }
    }
  });

  test("that are not there have the place of the last", () => {
    const place = placeOfBytes(certificatePem, only(certificatePem), 300, 310);
    assert.equal(certificatePem.slice(place.start, place.end), certificatePem.slice(place.end - 1, place.end));
    assert.ok(place.end <= certificatePem.indexOf(end));
  });
});
