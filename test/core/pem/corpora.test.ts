// Real PEM that nobody here wrote, beside the project and no part of it: what OpenSSL takes is sound, what it refuses
// is not.
import * as assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { decode } from "../../../src/core/encoding.ts";
import type { Damage } from "../../../src/core/pem/block.ts";
import { readPem } from "../../../src/core/pem/blocks.ts";
import { blocksOf } from "./texts.ts";

const folder = join(import.meta.dirname, "../../../../shared/corpora");
const skip = existsSync(folder) ? false : "corpora: ../shared/corpora is not here";

/** Every damage in real files, with the reason why it is right. */
const justified: readonly {
  readonly file: RegExp;
  readonly damage: readonly Damage["kind"][];
  readonly because: string;
}[] = [
  {
    file: /04-test_pem_reading_data\/cert-blankline\.pem$/,
    damage: ["blank-line"],
    because: "OpenSSL's own tests expect it to be refused",
  },
  { file: /04-test_pem_reading_data\/cert-(comment|junk)\.pem$/, damage: ["character"], because: "the same" },
  {
    file: /04-test_pem_reading_data\/cert-(early|extra|misaligned)pad\.pem$/,
    damage: ["padding"],
    because: "the same",
  },
  {
    file: /zlint.*\/subCertLocalityNameDoesNotNeedToAppear\.pem$/,
    damage: ["blank-line"],
    because: "OpenSSL cannot read it: an empty line before END",
  },
  {
    file: /encoding__pem__pem_test\.go\.L316\.pem$/,
    damage: ["no-end", "no-end", "no-end", "doubled"],
    because: "Go's test of blocks without END",
  },
  {
    file: /parse_certificate_unittest\/subject_t61string_actual\.pem$/,
    damage: ["glued"],
    because: "OpenSSL cannot read it: a colon behind END",
  },
];

test("OpenSSL's odd layouts are sound where it takes them, and damaged where it does not", { skip }, (context) => {
  const rows: readonly { readonly file: string; readonly accept: boolean }[] = readFileSync(
    join(folder, "truth/openssl-pem-reading-expected.jsonl"),
    "utf8",
  )
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  let compared = 0;
  for (const { file, accept } of rows) {
    if (!existsSync(join(folder, file))) continue;
    const blocks = blocksOf(decode(readFileSync(join(folder, file))).text).filter(
      ({ kind }) => kind === "certificate" || kind === "request",
    );
    if (blocks.length === 0) continue;
    compared++;
    assert.equal(
      blocks.every(({ damage }) => damage.length === 0),
      accept,
      file,
    );
    if (accept)
      assert.ok(
        blocks.every(({ bytes }) => bytes !== undefined),
        file,
      );
  }
  assert.ok(compared > 20);
  context.diagnostic(`${compared} layouts`);
});

test("real files are damaged only where somebody damaged them", { skip }, (context) => {
  const files = globSync("{certs,bundles}/**/*.{pem,crt,cer,key,csr,txt}", { cwd: folder }).sort();
  assert.ok(files.length > 1_000);
  const counts = new Map<string, number>();
  for (const file of files) {
    const { text } = decode(readFileSync(join(folder, file)));
    const { chunks } = readPem(text);
    assert.equal(chunks.map((chunk) => chunk.text).join(""), text);
    const damage = chunks.flatMap(({ block }) => block?.damage.map(({ kind }) => kind) ?? []);
    for (const { block } of chunks) if (block !== undefined) counts.set(block.kind, (counts.get(block.kind) ?? 0) + 1);
    if (damage.length > 0) assert.deepEqual(damage, justified.find((one) => one.file.test(file))?.damage, file);
  }
  context.diagnostic(`${files.length} files: ${[...counts].map(([kind, count]) => `${count} ${kind}`).join(", ")}`);
});
