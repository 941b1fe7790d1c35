import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cached } from "./folders.ts";
import { install } from "./npm.ts";

/** code-server's package holds a built VS Code whose workbench runs in a browser; its own wrapper is not used. */
const release = "code-server@4.139.1";
/** Modules of VS Code that need a C++ compiler, and that it misses: each has a file in `stand-ins`. */
const standIns = ["native-watchdog", "spdlog"];

/**
 * A built VS Code honours the page address's extensionDevelopmentPath for its own smoke tests alone, and in those
 * it shows no notifications. So the condition goes, here where the version is pinned.
 */
const developmentOnly = {
  file: "out/vs/code/browser/workbench/workbench.js",
  condition: "if(this.payload&&(!this.isBuilt||this.enableSmokeTestDriver))",
  instead: "if(this.payload)",
};

/** Why VS Code cannot be hosted in a browser on this platform; undefined where it can. */
export function whyNotHosted(): string | undefined {
  return process.platform === "win32" ? "VS Code's server package is not made for Windows" : undefined;
}

/** VS Code as a server, from npm packages alone. `entry` is the file that Node runs. */
export async function prepareVscode(): Promise<{ entry: string; made: boolean }> {
  const sources = await Promise.all(
    standIns.map((module) => readFile(join(import.meta.dirname, `stand-ins/${module}.cjs`), "utf8")),
  );
  // Another change to it makes another folder: what is in the cache stays as it is.
  const name = `${release.replace("@", "-")}-${createHash("sha256")
    .update(JSON.stringify([sources, developmentOnly]))
    .digest("hex")
    .slice(0, 8)}`;
  const { folder, made } = await cached(name, async (workshop) => {
    await writeFile(join(workshop, "package.json"), JSON.stringify({ private: true }));
    await install(workshop, [release]);
    const vscode = join(workshop, "node_modules/code-server/lib/vscode");
    // The package names VS Code's own dependencies, in exact versions, but does not bring them.
    await install(vscode, []);
    await install(join(vscode, "extensions"), []);
    for (const [index, module] of standIns.entries()) {
      await writeFile(join(vscode, `node_modules/@vscode/${module}/index.js`), sources[index] ?? "");
    }
    await allowDevelopment(join(vscode, developmentOnly.file));
    return vscode;
  });
  return { entry: join(folder, "out/server-main.js"), made };
}

async function allowDevelopment(file: string): Promise<void> {
  const parts = (await readFile(file, "utf8")).split(developmentOnly.condition);
  if (parts.length !== 2)
    throw new Error(`${release} has changed: ${developmentOnly.condition} is ${parts.length - 1} times in ${file}.`);
  await writeFile(file, parts.join(developmentOnly.instead));
}
