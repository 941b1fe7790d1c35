// What each format makes of one report. GOLDENS=write writes the files anew: read the difference before it is kept.
import * as assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { renderGithub } from "../../../src/cli/formats/github.ts";
import { renderJson } from "../../../src/cli/formats/json.ts";
import { renderJunit } from "../../../src/cli/formats/junit.ts";
import { renderSarif } from "../../../src/cli/formats/sarif.ts";
import { renderText } from "../../../src/cli/formats/text.ts";
import { cleanReport, sampleReport } from "./sample-report.ts";

const version = "1.2.3";

const goldens: Readonly<Record<string, Iterable<string>>> = {
  "text.golden.txt": renderText(sampleReport, { isColored: false, width: undefined }),
  "text-colored-narrow.golden.txt": renderText(sampleReport, { isColored: true, width: 40 }),
  "text-clean.golden.txt": renderText(cleanReport, { isColored: false, width: 80 }),
  "json.golden.json": renderJson(sampleReport, { version }),
  "json-clean.golden.json": renderJson(cleanReport, { version }),
  "sarif.golden.sarif": renderSarif(sampleReport, { version }),
  "sarif-clean.golden.sarif": renderSarif(cleanReport, { version }),
  "github.golden.txt": renderGithub(sampleReport),
  "github-clean.golden.txt": renderGithub(cleanReport),
  "junit.golden.xml": renderJunit(sampleReport, { version, threshold: "warning" }),
  "junit-clean.golden.xml": renderJunit(cleanReport, { version, threshold: "info" }),
};

describe("a format", () => {
  for (const [name, chunks] of Object.entries(goldens))
    test(`writes ${name}`, () => {
      const path = join(import.meta.dirname, name);
      const written = [...chunks].join("");
      if (process.env["GOLDENS"] === "write") writeFileSync(path, written);
      assert.ok(existsSync(path), `${name} is missing: GOLDENS=write writes it.`);
      assert.equal(written, readFileSync(path, "utf8"));
    });
});
