import * as assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

test("the sandbox shares nothing with the extension: a mistake must not pass both", () => {
  const files = globSync(join(import.meta.dirname, "*.ts"));
  const imports = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, name = ""]) => name),
  );
  assert.ok(files.length > 15 && imports.length > 60, `${files.length} files, ${imports.length} imports`);
  assert.deepEqual(
    imports.filter(
      (name) => !/^(?:\.\/[\w.-]+\.ts|node:[\w/]+|@aws-sdk\/[\w-]+|@peculiar\/x509|reflect-metadata)$/.test(name),
    ),
    [],
  );
});
