import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { advice } from "./advice.ts";
import { cached } from "./folders.ts";
import { install } from "./npm.ts";

/** A Chromium binary inside a package: headless only, Linux x64 only. */
const release = "@sparticuz/chromium@153.0.0";

export interface PreparedBrowser {
  readonly executable: string;
  readonly env: Readonly<Record<string, string>>;
  readonly origin: "named" | "made" | "cached" | "installed";
}

/** Why there is no browser for the tests on this machine; undefined where there is one or one can be prepared. */
export function whyNoBrowser(): string | undefined {
  return namedBrowser() || canPrepare() || installedBrowser()
    ? undefined
    : "no Chrome, Edge or Chromium is installed; install one or name it in MTLS_BROWSER";
}

/**
 * The browser that shows the workbench to the tests: the one named in MTLS_BROWSER or CHROME_PATH; on Linux x64
 * a pinned Chromium, so that everyone tests with the same; elsewhere an installed one.
 */
export async function prepareBrowser(): Promise<PreparedBrowser> {
  const named = namedBrowser();
  if (named !== undefined) {
    if (!existsSync(named))
      throw advice(`MTLS_BROWSER or CHROME_PATH names ${named}, which is not there: correct it or remove it.`);
    return { executable: named, env: {}, origin: "named" };
  }
  if (canPrepare()) return prepareChromium();
  const installed = installedBrowser();
  if (installed === undefined) throw advice(`There is no browser for the tests: ${whyNoBrowser()}.`);
  return { executable: installed, env: {}, origin: "installed" };
}

async function prepareChromium(): Promise<PreparedBrowser> {
  const { folder, made } = await cached("chromium-153.0.0", async (workshop) => {
    await writeFile(join(workshop, "package.json"), JSON.stringify({ private: true }));
    await install(workshop, [release]);
    const unpacked = join(workshop, "node_modules/unpacked");
    return unpack(pathToFileURL(join(workshop, "node_modules/@sparticuz/chromium/build/index.js")).href, unpacked);
  });
  return {
    executable: join(folder, "chromium"),
    env: {
      LD_LIBRARY_PATH: [join(folder, "al2023/lib"), process.env["LD_LIBRARY_PATH"]].filter(Boolean).join(delimiter),
      // The package's own font, where the machine has none at all.
      ...(existsSync("/etc/fonts/fonts.conf") ? {} : { FONTCONFIG_PATH: join(folder, "fonts") }),
    },
    origin: made ? "made" : "cached",
  };
}

/** The package unpacks itself into the system's temporary folder, which therefore is `folder` for one process. */
async function unpack(chromiumModule: string, folder: string): Promise<string> {
  const script = `
    import { mkdirSync } from "node:fs";
    mkdirSync(process.env.TMPDIR);
    const { default: chromium } = await import(${JSON.stringify(chromiumModule)});
    await chromium.executablePath();`;
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
    // This name makes the package unpack the system libraries that a bare machine lacks, too.
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" },
  });
  return folder;
}

function canPrepare(): boolean {
  return process.platform === "linux" && process.arch === "x64";
}

function namedBrowser(): string | undefined {
  return process.env["MTLS_BROWSER"] || process.env["CHROME_PATH"] || undefined;
}

function installedBrowser(): string | undefined {
  return installedPlaces().find((place) => existsSync(place));
}

function installedPlaces(): readonly string[] {
  switch (process.platform) {
    case "darwin":
      return ["Google Chrome", "Microsoft Edge", "Chromium"].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    case "win32":
      return ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"]
        .map((variable) => process.env[variable])
        .filter((base) => base !== undefined)
        .flatMap((base) => [
          join(base, "Google/Chrome/Application/chrome.exe"),
          join(base, "Microsoft/Edge/Application/msedge.exe"),
        ]);
    default:
      return (process.env["PATH"] ?? "")
        .split(delimiter)
        .flatMap((folder) =>
          ["google-chrome", "chromium", "chromium-browser", "microsoft-edge"].map((name) => join(folder, name)),
        );
  }
}
