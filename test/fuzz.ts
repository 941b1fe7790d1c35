// npm run fuzz [-- part of a test's name]
// Every property at length and with new examples, but those of test/host, which need an editor. FUZZ_SEED repeats a
// run.
import { globSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, sep } from "node:path";
import { runNodeTests } from "./launcher/node-tests.ts";
import { hostTestsFolder } from "./launcher/places.ts";
import { describeOutcome, printFailures, printTotals, step } from "./launcher/report.ts";

process.env["FUZZ"] = "1";
const files = globSync(join(import.meta.dirname, "**/*.test.ts"))
  .filter(
    (file) => !file.startsWith(hostTestsFolder + sep) && /from "[./]*\/randomly\.ts"/.test(readFileSync(file, "utf8")),
  )
  .sort();
const words = process.argv.slice(2);
const filter = words.length > 0 ? words.join(" ") : undefined;
const outcome = await step(
  `${files.length} files with properties`,
  () => runNodeTests(files, { concurrency: availableParallelism(), timeout: Number.POSITIVE_INFINITY, filter }),
  describeOutcome,
);
printFailures(outcome.failures);
printTotals([outcome]);
process.exitCode = outcome.failures.length === 0 ? 0 : 1;
