/** What one stage of the tests has found. */
export interface Outcome {
  readonly passed: number;
  readonly failures: readonly Failure[];
  readonly skips: readonly Skip[];
}

export interface Failure {
  readonly name: string;
  readonly detail: string;
}

export interface Skip {
  readonly name: string;
  readonly reason: string;
  /** How many tests it stands for. */
  readonly count: number;
}

/** Writes the step's name when it begins and how it went when it has ended: one line. */
export async function step<Result>(
  name: string,
  work: () => Promise<Result>,
  describe: (result: Result) => string,
): Promise<Result> {
  const begin = performance.now();
  process.stdout.write(`${name} … `);
  try {
    const result = await work();
    process.stdout.write(`${describe(result)} (${((performance.now() - begin) / 1000).toFixed(1)} s)\n`);
    return result;
  } catch (error) {
    process.stdout.write("failed\n");
    throw error;
  }
}

/** What several have found, as one. */
export function joined(outcomes: readonly Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
    failures: outcomes.flatMap(({ failures }) => failures),
    skips: outcomes.flatMap(({ skips }) => skips),
  };
}

export function describeOutcome({ passed, failures, skips }: Outcome): string {
  const skipped = skips.reduce((sum, skip) => sum + skip.count, 0);
  return [`${passed} passed`, failures.length > 0 && `${failures.length} failed`, skipped > 0 && `${skipped} skipped`]
    .filter(Boolean)
    .join(", ");
}

export function printFailures(failures: readonly Failure[]): void {
  for (const { name, detail } of failures) console.log(`\n✗ ${name}\n${detail.trimEnd().replace(/^/gm, "    ")}\n`);
}

/** What was skipped and why, then the totals; `N passed, N failed` is the last line. */
export function printTotals(outcomes: readonly Outcome[]): void {
  const failures = outcomes.flatMap((outcome) => outcome.failures);
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map(({ name }) => `  ✗ ${name}`).join("\n")}`);
  const allSkips = outcomes.flatMap((outcome) => outcome.skips);
  for (const reason of new Set(allSkips.map((skip) => skip.reason))) {
    const skips = allSkips.filter((skip) => skip.reason === reason);
    const names = skips
      .slice(0, 3)
      .map((skip) => skip.name)
      .join(", ");
    console.log(
      `${skips.reduce((sum, skip) => sum + skip.count, 0)} skipped: ${names}${skips.length > 3 ? ", …" : ""}: ${reason}`,
    );
  }
  console.log(`${outcomes.reduce((sum, outcome) => sum + outcome.passed, 0)} passed, ${failures.length} failed`);
}
