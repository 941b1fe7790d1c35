// npm test [-- --only unit|host|ui [part of a test's name]] [--desktop]
import { globSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, sep } from "node:path";
import { parseArgs } from "node:util";
import { advice, explain } from "./advice.ts";
import { installedVscode } from "./desktop.ts";
import { removeAbandonedFolders } from "./folders.ts";
import { countHostTests, runHostTests } from "./host-tests.ts";
import { Lanes } from "./lanes.ts";
import { isAlone, orNothingFound, runNodeTests, runTogether } from "./node-tests.ts";
import { runScript } from "./npm.ts";
import { hostTestsFolder, projectFolder, uiTestsFolder } from "./places.ts";
import { prepareBrowser, whyNoBrowser } from "./prepare-browser.ts";
import { prepareVscode, whyNotHosted } from "./prepare-vscode.ts";
import { describeOutcome, joined, type Outcome, printFailures, printTotals, step } from "./report.ts";
import { screenshotsVariable } from "./screenshots.ts";

const stages: readonly string[] = ["unit", "host", "ui"];

async function main(): Promise<readonly Outcome[]> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: "string" }, desktop: { type: "boolean" } },
  });
  const { only, desktop = false } = values;
  if (only !== undefined && !stages.includes(only))
    throw advice(`--only takes one of ${stages.join(", ")}, not ${only}.`);
  const filter = positionals.length > 0 ? positionals.join(" ") : undefined;
  const outcomes: Outcome[] = [];
  // A stage that cannot run is one failure; the others still run.
  const attempt = (name: string, work: () => Promise<Outcome>): Promise<Outcome> =>
    work().catch((error: unknown) => failure(name, explain(error)));
  const stage = async (name: string, work: () => Promise<Outcome>): Promise<Outcome> => {
    const outcome = await step(name, () => attempt(name, work), describeOutcome);
    printFailures(outcome.failures);
    outcomes.push(outcome);
    return outcome;
  };

  await removeAbandonedFolders();
  // Meanwhile: unpacking waits for the network and the disk. What goes wrong is said where it is needed.
  if (only !== "unit" && !desktop && whyNotHosted() === undefined && whyNoBrowser() === undefined)
    void prepare().catch(() => undefined);
  if (only === undefined) await stage("Format and lint", () => check("lint"));
  if (only === undefined) await stage("Typecheck", () => check("typecheck"));
  const built = await stage("Build", () => check("build"));
  const unit = () =>
    attempt("Unit and rules tests", () =>
      // Some wait more than they work: one process more than there are cores.
      runNodeTests(unitTests(), {
        concurrency: availableParallelism() + 1,
        // Behind two editors on a slow machine, a test has a tenth of a core.
        timeout: 240_000,
        filter,
        isBehind: only === undefined,
      }),
    );
  if (only === "unit") await stage("Unit and rules tests", unit);
  // An editor waits more than it works: two at a time.
  const editors = new Lanes(2);
  const hasExtension = built.failures.length === 0;
  const host = () => attempt("In-host tests", () => editors.run(() => hostTests(desktop, filter)));
  const ui = () => attempt("UI tests", () => uiTests(editors, filter, only === undefined));
  if (only === "host" && hasExtension) await stage("In-host tests", host);
  if (only === "ui" && hasExtension) await stage("UI tests", ui);
  if (only === undefined) {
    // The tests that need no editor have the cores as long as the editors wait.
    const all = await step(
      "Tests",
      () => Promise.all([unit(), ...(hasExtension ? [host(), ui()] : [])]),
      (found) =>
        found
          .map(
            (outcome, place) =>
              `${["without an editor", "in the host", "in the browser"][place]} ${describeOutcome(outcome)}`,
          )
          .join("; "),
    );
    printFailures(joined(all).failures);
    outcomes.push(...all);
  }
  return outcomes;
}

async function check(script: string): Promise<Outcome> {
  const { exitCode, output } = await runScript(script);
  return exitCode === 0 ? { passed: 1, failures: [], skips: [] } : failure(script, output);
}

function failure(name: string, detail: string): Outcome {
  return { passed: 0, failures: [{ name, detail }], skips: [] };
}

function unitTests(): readonly string[] {
  return globSync(join(projectFolder, "test/**/*.test.ts"))
    .filter((file) => ![hostTestsFolder, uiTestsFolder].some((folder) => file.startsWith(folder + sep)))
    .sort();
}

/** A desktop VS Code where it is asked for, and where it is what the platform has; else the one in the browser. */
async function hostTests(desktop: boolean, filter: string | undefined): Promise<Outcome> {
  const installed = desktop || process.platform !== "linux" ? installedVscode() : undefined;
  if (installed !== undefined) return runHostTests({ executable: installed, filter });
  if (desktop) return runHostTests({ executable: await downloadedVscode(), filter });
  const reason = whyNotHosted() ?? whyNoBrowser();
  if (reason !== undefined) {
    const name = "all in-host tests";
    return {
      passed: 0,
      failures: [],
      skips: [
        {
          name,
          reason: `${reason}, and no VS Code is installed or named in MTLS_VSCODE`,
          count: await countHostTests(),
        },
      ],
    };
  }
  await prepare();
  return runHostTests({ executable: join(import.meta.dirname, "browser-host"), filter });
}

async function downloadedVscode(): Promise<string> {
  const { downloadAndUnzipVSCode } = await import("@vscode/test-electron");
  try {
    return await downloadAndUnzipVSCode({ cachePath: join(projectFolder, ".vscode-test") });
  } catch (error) {
    throw advice(
      "VS Code cannot be downloaded from here: name an installed one in MTLS_VSCODE, or run `npm test`, which hosts one in a browser.",
      error,
    );
  }
}

async function uiTests(editors: Lanes, filter: string | undefined, isWhole: boolean): Promise<Outcome> {
  const reason = whyNotHosted() ?? whyNoBrowser();
  // The tests themselves report that they were skipped: so each is counted.
  if (reason === undefined) await prepare();
  else process.env["MTLS_UI_SKIP"] = reason;
  // Those of the whole suite nobody looks at.
  process.env[screenshotsVariable] ??= isWhole ? "failed" : "all";
  // The longest first, as far as its size tells: so neither of the two is left with much when the other has ended.
  const files = globSync(join(uiTestsFolder, "**/*.test.ts")).sort(
    (one, other) => statSync(other).size - statSync(one).size,
  );
  const sharing = files.filter((file) => !isAlone(file)).sort();
  const groups =
    filter === undefined ? [sharing, ...files.filter(isAlone).map((file) => [file])] : files.map((file) => [file]);
  const outcomes = await Promise.all(
    groups.map((group) => editors.run(() => runTogether(group, { concurrency: 1, timeout: 300_000, filter }))),
  );
  return orNothingFound(joined(outcomes), filter);
}

let prepared: Promise<unknown> | undefined;

/** Once for all that needs it. */
async function prepare(): Promise<void> {
  await (prepared ??= Promise.all([prepareVscode(), prepareBrowser()]));
}

try {
  const outcomes = await main();
  printTotals(outcomes);
  process.exit(outcomes.every((outcome) => outcome.failures.length === 0) ? 0 : 1);
} catch (error) {
  console.log(explain(error));
  console.log("0 passed, 1 failed");
  process.exit(1);
}
