import * as assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { hasTellingWord } from "../../src/core/telling.ts";
import { decode } from "../../src/node/files.ts";
import { readText } from "./checking.ts";

describe("a telling word", () => {
  test("stands in every document that is recognised", () => {
    const files = globSync(join(import.meta.dirname, "../rules/*/*/{bad,good}-*.json*"));
    assert.ok(files.length > 200);
    for (const file of files) {
      const { text } = decode(readFileSync(file));
      assert.ok(readText(text).config === undefined || hasTellingWord(text), file);
    }
  });

  const telling = ['{"Origins": 1}', '"TargetOriginId"', "CustomOriginConfig", "x S3OriginConfig", "VpcOriginConfig,", "OriginProtocolPolicy:", "{OriginMtlsConfig}", "(OriginMtls)", "Origin Origins", "OriginalOrigin OriginMtls"];
  for (const text of telling) test(`is in ${text}`, () => assert.ok(hasTellingWord(text)));

  const others = ["", "Origin", "Origins1", "origins", "original", "AccessControlAllowOrigins", "OriginId", "xOrigins", "OriginMtlsConfigs", "CustomOrigin Config", `${"a".repeat(50)}Origins${"b".repeat(50)}`, "OriginOriginOrigin"];
  for (const text of others) test(`is not in ${JSON.stringify(text.slice(0, 40))}`, () => assert.ok(!hasTellingWord(text)));
});
