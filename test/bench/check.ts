// The command line, as users have it: its start beyond Node's own, and a large folder beside bare reading and parsing.
import { spawnSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createCa, keysOf } from "../core/x509/pki.ts";
import { removeFolder, temporaryFolder } from "../launcher/folders.ts";
import { runScript } from "../launcher/npm.ts";
import { projectFolder } from "../launcher/places.ts";
import { parseBare } from "./bare-files.ts";
import { configOfSize } from "./config.ts";
import { asked, type Figure, tell } from "./figures.ts";
import { median } from "./measure.ts";
import { otherYamlOfSize, templateOfSize } from "./template.ts";

const { json, brief } = asked();
/** In milliseconds beyond Node's own. */
const mostStart = 60;
const mostRatio = 1.5;
/** In bytes. */
const mostMemory = 400_000_000;

const program = join(projectFolder, "dist/cli/mtls-check.js");
const fileCount = brief ? 1_000 : 10_000;
/** Of each file, in characters: 100 MB in all. */
const fileSize = 10_000;

const built = await runScript("build:check");
if (built.exitCode !== 0) throw new Error(built.output);

// --- the start

interface Starts {
  readonly help: number;
  readonly file: number;
}

async function starts(folder: string): Promise<Starts> {
  const empty = join(folder, "empty.mjs");
  const small = join(folder, "small.json");
  await writeFile(empty, "");
  await writeFile(small, JSON.stringify({ OriginProtocolPolicy: "https-only", OriginMtlsConfig: {} }));
  const time = (args: readonly string[]) => {
    const started = performance.now();
    spawnSync(process.execPath, args, { stdio: "ignore" });
    return performance.now() - started;
  };
  const turns = Array.from({ length: brief ? 7 : 31 }, () => {
    const bare = time([empty]);
    return { help: time([program, "--help"]) - bare, file: time([program, small]) - bare };
  });
  return { help: median(turns.map(({ help }) => help)), file: median(turns.map(({ file }) => file)) };
}

// --- a large folder

/** Of a hundred files: what is in a repository, and what is ours. */
function textOf(place: number, authorities: readonly string[]): readonly [ending: string, text: string] {
  const share = place % 100;
  if (share < 40) return [".json", otherJson(place)];
  if (share < 50) return [".yaml", otherYamlOfSize(fileSize, "AWS::S3::Bucket")];
  if (share < 65) return [".yaml", templateOfSize(fileSize, 1)];
  if (share < 90) return [".json", configOfSize(fileSize)];
  return [".pem", authorities.map((_, index) => authorities[(place + index) % authorities.length]).join("")];
}

function otherJson(place: number): string {
  const packages = Array.from({ length: 80 }, (_, index) => [
    `node_modules/package-${place}-${index}`,
    { version: "1.0.0", resolved: "https://registry.example/package", license: "MIT", engines: { node: ">=20" } },
  ]);
  return JSON.stringify(
    { name: `project-${place}`, lockfileVersion: 3, packages: Object.fromEntries(packages) },
    null,
    2,
  );
}

async function largeFolder(folder: string): Promise<readonly string[]> {
  const keys = [0, 1, 2, 3].map((index) => keysOf("p256", index));
  const authorities = Array.from({ length: 16 }, (_, index) => {
    const pair = keys[index % keys.length];
    if (pair === undefined) throw new Error("There is no key.");
    return createCa({ subject: `CN=Bench CA ${index},O=Example,C=US`, keys: pair }).pem;
  });
  const files: string[] = [];
  for (let place = 0; place < fileCount; place++) {
    const [ending, text] = textOf(place, authorities);
    const within = join(folder, `part-${Math.floor(place / 200)}`);
    if (place % 200 === 0) await mkdir(within, { recursive: true });
    const file = join(within, `file-${place}${ending}`);
    await writeFile(file, text);
    files.push(file);
  }
  return files;
}

interface Large {
  readonly ratios: readonly number[];
  /** In milliseconds. */
  readonly ours: number;
  readonly bare: number;
  /** In bytes. */
  readonly memory: number;
  readonly bytes: number;
}

async function large(folder: string): Promise<Large> {
  const files = await largeFolder(folder);
  const sizes = await Promise.all(files.map(async (file) => (await readFile(file)).length));
  const threads = Math.min(availableParallelism(), 4);
  const output = join(folder, "..", "usage.json");
  // What the process itself says when it ends: the most that it ever held.
  const most = `String(process.resourceUsage().maxRSS)`;
  const tell = join(folder, "..", "tell.cjs");
  await writeFile(
    tell,
    `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(output)}, ${most}))`,
  );
  const turns: { readonly ours: number; readonly bare: number; readonly memory: number }[] = [];
  for (let turn = 0; turn < 2; turn++) {
    const before = performance.now();
    await parseBare(files, threads);
    const between = performance.now();
    const run = spawnSync(process.execPath, ["--require", tell, program, folder, "--format", "json", "--no-config"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    if (run.status !== 0 && run.status !== 1) throw new Error(`Exit code ${run.status}: ${run.stderr}`);
    const memory = Number(await readFile(output, "utf8")) * 1024;
    turns.push({ bare: between - before, ours: performance.now() - between, memory });
  }
  return {
    ratios: turns.map(({ ours, bare }) => ours / bare),
    ours: median(turns.map(({ ours }) => ours)),
    bare: median(turns.map(({ bare }) => bare)),
    memory: Math.max(...turns.map(({ memory }) => memory)),
    bytes: sizes.reduce((sum, size) => sum + size, 0),
  };
}

const folder = await temporaryFolder("bench-check");
try {
  const start = await starts(folder);
  const many = join(folder, "many");
  await mkdir(many);
  const found = await large(many);
  const ratio = median(found.ratios);
  const figures: readonly Figure[] = [
    { id: "check-start", text: "mtls-check --help, beyond Node's own start, in ms", value: start.help },
    { id: "check-one-file", text: "mtls-check of one small file, beyond Node's own start, in ms", value: start.file },
    { id: "check-folder", text: `mtls-check of ${fileCount} files ÷ bare reading and parsing`, value: ratio },
    {
      id: "check-memory",
      text: `mtls-check of ${fileCount} files, most memory, in MB`,
      value: found.memory / 1_000_000,
    },
  ];
  if (json) tell(figures);
  else {
    const isMet = [start.help <= mostStart, ratio <= mostRatio, found.memory <= mostMemory];
    const mark = (met: boolean | undefined) => (met === true ? "✓" : "✗");
    console.log(`${mark(isMet[0])} start: ${start.help.toFixed(0)} ms beyond Node's own (≤ ${mostStart})`);
    console.log(`  one small file: ${start.file.toFixed(0)} ms beyond Node's own start`);
    const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(0)} MB`;
    const [ours, bare] = [found.ours, found.bare].map((time) => `${(time / 1000).toFixed(1)} s`);
    const folderOf = `${fileCount} files, ${megabytes(found.bytes)}`;
    console.log(`${mark(isMet[1])} ${folderOf}: ${ours} ÷ bare ${bare} = ${ratio.toFixed(2)} (≤ ${mostRatio})`);
    console.log(`${mark(isMet[2])} most memory: ${megabytes(found.memory)} (≤ ${megabytes(mostMemory)})`);
    process.exitCode = isMet.every(Boolean) ? 0 : 1;
  }
} finally {
  await removeFolder(folder);
}
