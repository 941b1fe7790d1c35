import { spawn } from "node:child_process";
import { cpSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { removeFolder, temporaryFolder } from "../launcher/folders.ts";
import { projectFolder } from "../launcher/places.ts";

const parts = [
  "src/account",
  "src/cli",
  "src/core",
  "src/manifest.ts",
  "src/platform",
  "test/architecture.test.ts",
  "test/core",
  "test/generate",
  "test/launcher",
  "test/rules",
  "README.md",
  "biome.json",
  "package.json",
  "package.nls.json",
  "syntaxes",
];

/** What of the project rules and scripts need, to change it at will. It stands where the packages are found. */
export class ProjectCopy {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<ProjectCopy> {
    const folder = await temporaryFolder("project-copy");
    // Many small files: one after the other is several times as fast.
    for (const part of parts) cpSync(join(projectFolder, part), join(folder, part), { recursive: true });
    return new ProjectCopy(folder);
  }

  read(path: string): Promise<string> {
    return readFile(join(this.folder, path), "utf8");
  }

  write(path: string, text: string): Promise<void> {
    return writeFile(join(this.folder, path), text);
  }

  async edit(path: string, from: string, to: string): Promise<void> {
    const text = await this.read(path);
    if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
    await this.write(path, text.replace(from, to));
  }

  /** Runs Node on a file of the copy. */
  run(...args: readonly string[]): Promise<{ readonly exitCode: number; readonly output: string }> {
    // A test that is run by a test would report to it, and not to us.
    const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
    // What is compiled of a copy serves the other runs in it, and goes with it.
    const env = { ...inherited, NODE_COMPILE_CACHE: join(this.folder, ".compiled") };
    const child = spawn(process.execPath, args, { cwd: this.folder, env, stdio: ["ignore", "pipe", "pipe"] });
    return new Promise((resolve, reject) => {
      let output = "";
      const collect = (chunk: Buffer): void => void (output += chunk.toString());
      child.stdout.on("data", collect);
      child.stderr.on("data", collect);
      child.on("error", reject);
      child.on("close", (code) => resolve({ exitCode: code ?? 1, output }));
    });
  }

  remove(): Promise<void> {
    return removeFolder(this.folder);
  }
}
