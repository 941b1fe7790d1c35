// This checkout's bench against another's, in turn, each part in a process of its own that runs where it stands.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../launcher/places.ts";
import { type Comparison, compareRounds, explanation, type Round, suspects, tableOf, worse } from "./comparison.ts";
import { type Figure, figuresIn } from "./figures.ts";

/** What one run of a part told, or why it told nothing. */
export type Told = readonly Figure[] | { readonly broke: string };

export interface Part {
  readonly name: string;
  /** Of both checkouts. */
  readonly rounds: number;
}

/** Runs a part in one of the two checkouts; of `ids` only these are wanted. */
export type Run = (part: string, side: keyof Round, ids: readonly string[] | undefined) => Promise<Told>;

/** Whether nothing is worse, and nothing broke. */
export async function compareParts(parts: readonly Part[], run: Run, print: (text: string) => void): Promise<boolean> {
  const faults: string[] = [];
  for (const part of parts) {
    print(`${part.name}: ${part.rounds} rounds in each checkout`);
    const series = await inTurn(part, run, print);
    const first = compareRounds(series.rounds);
    if (series.rounds.length > 0) print(tableOf(first));
    if (series.fault !== undefined) faults.push(series.fault);
    const again = series.fault === undefined ? await confirm(part, first, run, print, faults) : undefined;
    for (const { id, ratio, spread } of worse(first, again))
      faults.push(
        `${id} is worse beyond the spread: ${ratio.toFixed(2)} of the other's, ±${(spread * 100).toFixed(0)} %`,
      );
  }
  print(explanation);
  print(faults.length === 0 ? "✓ nothing is worse beyond the spread" : faults.map((fault) => `✗ ${fault}`).join("\n"));
  return faults.length === 0;
}

async function confirm(
  part: Part,
  first: Comparison,
  run: Run,
  print: (text: string) => void,
  faults: string[],
): Promise<Comparison | undefined> {
  const ids = suspects(first);
  if (ids.length === 0) return undefined;
  print(`${part.name}: once more, for ${ids.join(", ")}`);
  const series = await inTurn(part, run, print, ids);
  if (series.fault !== undefined) faults.push(series.fault);
  const again = compareRounds(
    series.rounds.map((round) => ({
      here: round.here.filter(({ id }) => ids.includes(id)),
      there: round.there.filter(({ id }) => ids.includes(id)),
    })),
  );
  if (series.rounds.length > 0) print(tableOf(again));
  return again;
}

/** Rounds up to the first in which a part breaks. */
async function inTurn(
  { name, rounds: count }: Part,
  run: Run,
  print: (text: string) => void,
  ids?: readonly string[],
): Promise<{ readonly rounds: readonly Round[]; readonly fault?: string }> {
  const rounds: Round[] = [];
  for (let round = 0; round < count; round++) {
    const told: { here?: readonly Figure[]; there?: readonly Figure[] } = {};
    // Who is first takes turns too: a machine that slows down slows neither more than the other.
    const sides = round % 2 === 0 ? (["here", "there"] as const) : (["there", "here"] as const);
    for (const side of sides) {
      const figures = await run(name, side, ids);
      if ("broke" in figures) {
        const fault = `${name} broke in ${side === "here" ? "this checkout" : "the other checkout"}, in round ${round + 1}: ${figures.broke}`;
        print(fault);
        return { rounds, fault };
      }
      told[side] = figures;
    }
    const { here = [], there = [] } = told;
    rounds.push({ here, there });
    // Only one of the two has the part.
    if (here.length === 0 || there.length === 0) break;
    print(`  round ${round + 1} of ${count}`);
  }
  return { rounds };
}

/** Why a folder's bench cannot be compared with, and what to do; `undefined` where it can. */
export function whyNotComparable(folder: string): string | undefined {
  if (!existsSync(folder))
    return `There is no folder ${folder}: --against takes another checkout of this project, such as one that \`git worktree add\` makes.`;
  if (!existsSync(join(folder, "test/bench/main.ts")))
    return `${folder} is no checkout of this project: it has no test/bench/main.ts.`;
  if (!existsSync(join(folder, "test/bench/figures.ts")))
    return `The bench of ${folder} cannot be compared with: it has no test/bench/figures.ts yet. Take a later commit there, or copy this checkout's test/bench over that folder's as far as it fits the sources there.`;
  if (!existsSync(join(folder, "node_modules"))) return `${folder} has no node_modules: run \`npm ci\` there first.`;
  return undefined;
}

/** Longer than the longest part takes whole. */
const mostMilliseconds = 20 * 60_000;

/** Runs parts of this checkout and of the one in `folder`. */
export function runIn(folder: string): Run {
  return (part, side, ids) => {
    const cwd = side === "here" ? projectFolder : folder;
    const script = join(cwd, "test/bench", part);
    if (!existsSync(script)) return Promise.resolve([]);
    return new Promise((resolve) => {
      const child = spawn(
        process.execPath,
        [script, "--json", "--brief", ...(ids === undefined ? [] : ["--ids", ids.join()])],
        { cwd, stdio: ["ignore", "pipe", "pipe"], timeout: mostMilliseconds },
      );
      const [output, errors]: [string[], string[]] = [[], []];
      child.stdout.setEncoding("utf8").on("data", (data: string) => output.push(data));
      child.stderr.setEncoding("utf8").on("data", (data: string) => errors.push(data));
      child.on("error", (error) => resolve({ broke: error.message }));
      child.on("close", (code, signal) => {
        const figures = figuresIn(output.join(""));
        const end = `${errors.join("")}`.trimEnd().split("\n").slice(-15).join("\n");
        if (code !== 0) resolve({ broke: `${signal === null ? `exit code ${code}` : `ended by ${signal}`}\n${end}` });
        else resolve(figures.length === 0 ? { broke: `it told no figures\n${end}` } : figures);
      });
    });
  };
}
