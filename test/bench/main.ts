// npm run bench [-- --only PART]: everything that is measured, one after the other, each in a process of its own. Exits
// with 1 where anything missed a target or broke, behind the last of them.
// npm run bench -- --against FOLDER [--rounds N] [--only PART]: the same of this checkout and of another, in turn.
// Exits with 1 where anything is worse beyond the spread (comparison.ts says what that is) or broke, and with 2 where
// it was asked wrongly.
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { compareParts, runIn, whyNotComparable } from "./against.ts";
import { leastRounds } from "./comparison.ts";

/** With how often each is measured in a comparison: a part that needs editors takes minutes. */
const parts = [
  { name: "run.ts", rounds: 5 },
  { name: "check.ts", rounds: 3 },
  { name: "activation.ts", rounds: 4 },
  { name: "inspector.ts", rounds: 4 },
  { name: "review.ts", rounds: 4 },
  { name: "account.ts", rounds: 3 },
];

interface Order {
  readonly against: string | undefined;
  readonly rounds: number | undefined;
  readonly parts: typeof parts;
}

/** What is asked for, or what is wrong with it. */
function readOrder(): Order | string {
  let values: { readonly against?: string; readonly rounds?: string; readonly only?: string };
  try {
    ({ values } = parseArgs({
      options: { against: { type: "string" }, rounds: { type: "string" }, only: { type: "string" } },
    }));
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\nUsage: npm run bench [-- --against FOLDER [--rounds N]] [--only PART]`;
  }
  const { against, rounds, only } = values;
  const chosen = parts.filter(({ name }) => only === undefined || name === only || name === `${only}.ts`);
  if (chosen.length === 0)
    return `--only takes one of ${parts.map(({ name }) => name.replace(".ts", "")).join(", ")}, not ${only}.`;
  if (rounds !== undefined && against === undefined)
    return "--rounds goes with --against: it says how often both checkouts are measured.";
  if (rounds !== undefined && !(/^\d+$/.test(rounds) && Number(rounds) >= leastRounds))
    return `--rounds takes a whole number from ${leastRounds} on, not ${rounds}: there is no spread without a second round.`;
  // npm runs scripts in the project's folder, and tells in which it was started.
  const folder = against === undefined ? undefined : resolve(process.env["INIT_CWD"] ?? "", against);
  const reason = folder === undefined ? undefined : whyNotComparable(folder);
  return reason ?? { against: folder, rounds: rounds === undefined ? undefined : Number(rounds), parts: chosen };
}

function runAll(chosen: typeof parts): boolean {
  const missed = chosen.filter(
    ({ name }) => spawnSync(process.execPath, [join(import.meta.dirname, name)], { stdio: "inherit" }).status !== 0,
  );
  console.log(
    missed.length === 0
      ? "✓ all targets are met"
      : `✗ not all targets are met: ${missed.map(({ name }) => `test/bench/${name}`).join(", ")}`,
  );
  return missed.length === 0;
}

const order = readOrder();
if (typeof order === "string") {
  console.error(order);
  process.exitCode = 2;
} else {
  const { against, rounds } = order;
  const isGood =
    against === undefined
      ? runAll(order.parts)
      : await compareParts(
          order.parts.map((part) => ({ ...part, rounds: rounds ?? part.rounds })),
          runIn(against),
          console.log,
        );
  process.exitCode = isGood ? 0 : 1;
}
