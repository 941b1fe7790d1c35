import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { advice } from "./advice.ts";

/** The program of an installed desktop VS Code: the one named in MTLS_VSCODE, else the usual places. */
export function installedVscode(): string | undefined {
  const named = process.env["MTLS_VSCODE"];
  if (named) {
    if (existsSync(named)) return named;
    throw advice(`MTLS_VSCODE names ${named}, which is not there: correct it or remove it.`);
  }
  return usualPlaces().find((place) => existsSync(place));
}

function usualPlaces(): readonly string[] {
  switch (process.platform) {
    case "darwin":
      return ["/Applications", join(homedir(), "Applications")].flatMap((folder) =>
        ["Electron", "Code"].map((name) => join(folder, "Visual Studio Code.app/Contents/MacOS", name)),
      );
    case "win32":
      return [join(homedir(), "AppData/Local/Programs"), process.env["ProgramFiles"] ?? "C:/Program Files"].map(
        (folder) => join(folder, "Microsoft VS Code/Code.exe"),
      );
    default:
      return ["/usr/share/code/code", "/opt/visual-studio-code/code"];
  }
}
