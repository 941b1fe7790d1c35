import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cached } from "./folders.ts";
import { install } from "./npm.ts";

/** code-server's package holds a built VS Code whose workbench runs in a browser; its own wrapper is not used. */
const release = "code-server@4.139.1";

/** Why VS Code cannot be hosted in a browser on this platform; undefined where it can. */
export function whyNotHosted(): string | undefined {
  return process.platform === "win32" ? "VS Code's server package is not made for Windows" : undefined;
}

/** VS Code as a server, from npm packages alone. `entry` is the file that Node runs. */
export async function prepareVscode(): Promise<{ entry: string; made: boolean }> {
  const { folder, made } = await cached(release.replace("@", "-"), async (workshop) => {
    await writeFile(join(workshop, "package.json"), JSON.stringify({ private: true }));
    await install(workshop, [release]);
    const vscode = join(workshop, "node_modules/code-server/lib/vscode");
    // The package names VS Code's own dependencies, in exact versions, but does not bring them.
    await install(vscode, []);
    await install(join(vscode, "extensions"), []);
    for (const module of ["native-watchdog", "spdlog"]) {
      await copyFile(join(import.meta.dirname, `stand-ins/${module}.cjs`), join(vscode, `node_modules/@vscode/${module}/index.js`));
    }
    return vscode;
  });
  return { entry: join(folder, "out/server-main.js"), made };
}
