import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { advice } from "../launcher/advice.ts";
import { projectFolder } from "../launcher/places.ts";
import { idsInCatalogue, renderCatalogue } from "./catalogue.ts";
import { renderExamples } from "./examples.ts";
import { fixMarks, renderReadme } from "./readme.ts";
import { readRules } from "./rules.ts";
import { renderSchema } from "./schema.ts";
import { readManifest, renderPackage, renderStrings } from "./settings.ts";

/** A file that is written from others, wholly or in parts. */
export interface Derived {
  /** In the project, with `/`. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** All that `npm run generate` writes, as it stands and as it should. */
export async function derive(): Promise<readonly Derived[]> {
  const rules = await readRules();
  const read = (path: string) => readFileSync(join(projectFolder, path), "utf8");
  const [cataloguePath, examplesPath, packagePath, stringsPath, schemaPath, readmePath] = [
    "src/core/rules/catalogue.ts",
    "src/cli/examples.ts",
    "package.json",
    "package.nls.json",
    "syntaxes/mtls-check.schema.json",
    "README.md",
  ] as const;
  const catalogue = format(renderCatalogue(rules, read(cataloguePath)), cataloguePath);
  const examples = format(renderExamples(rules.map(({ card }) => card.id)), examplesPath);
  const manifest = renderPackage(read(packagePath), rules);
  const strings = renderStrings(read(stringsPath), rules);
  const schema = renderSchema(manifest, strings);
  const places = new Map(idsInCatalogue(catalogue).map((id, place) => [id, place]));
  const listed = rules.toSorted((one, other) => (places.get(one.card.id) ?? 0) - (places.get(other.card.id) ?? 0));
  const goldens = globSync("test/rules/*/*/*.findings.txt", { cwd: projectFolder }).map(read);
  const readme = renderReadme(read(readmePath), readManifest(manifest, strings), listed, fixMarks(goldens));
  return [
    { path: cataloguePath, before: read(cataloguePath), after: catalogue },
    { path: examplesPath, before: read(examplesPath), after: examples },
    { path: packagePath, before: read(packagePath), after: manifest },
    { path: stringsPath, before: read(stringsPath), after: strings },
    { path: schemaPath, before: existsSync(join(projectFolder, schemaPath)) ? read(schemaPath) : "", after: schema },
    { path: readmePath, before: read(readmePath), after: readme },
  ];
}

/** Writes what is stale. */
export async function generate(): Promise<readonly string[]> {
  const stale = (await derive()).filter(({ before, after }) => before !== after);
  for (const { path, after } of stale) writeFileSync(join(projectFolder, path), after);
  return stale.map(({ path }) => path);
}

/** As `npm run format` would leave it. */
export function format(code: string, path: string): string {
  const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [biome, "check", "--write", `--stdin-file-path=${path}`],
    {
      cwd: projectFolder,
      input: code,
      encoding: "utf8",
    },
  );
  if (status !== 0) throw advice(`${path} cannot be formatted: ${stderr.trim()}`);
  return stdout;
}
