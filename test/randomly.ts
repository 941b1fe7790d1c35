// How every property is tested. The suite tries the same examples each time, so that its outcome is not left to chance.
//
// FUZZ=1       others each time, and 30 times as many: what `npm run fuzz` does with every file that imports this one,
// but
//              test/host. What fails is told with its seed.
// FUZZ_SEED=n  the examples of that seed: repeats a run that failed, with FUZZ=1 if that one had it.
//
// What is drawn is the same; the keys and signatures of certificates that a test makes are new in each process.
import * as fc from "fast-check";

const isLong = process.env["FUZZ"] === "1";
const seed = seedFrom(process.env["FUZZ_SEED"]) ?? (isLong ? undefined : 20260202);

function seedFrom(said: string | undefined): number | undefined {
  if (said === undefined) return undefined;
  if (!/^-?\d+$/.test(said)) throw new Error(`FUZZ_SEED takes a whole number, not ${said}.`);
  return Number(said);
}

/**
 * @param runs how many examples the suite tries
 * @param runsWhenLong how many FUZZ=1 does
 */
export function holds<Values>(property: fc.IAsyncProperty<Values>, runs?: number, runsWhenLong?: number): Promise<void>;
export function holds<Values>(property: fc.IProperty<Values>, runs?: number, runsWhenLong?: number): void;
export function holds<Values>(
  property: fc.IRawProperty<Values>,
  runs = 100,
  runsWhenLong = runs * 30,
): Promise<void> | void {
  return fc.assert(property, { numRuns: isLong ? runsWhenLong : runs, ...(seed === undefined ? {} : { seed }) });
}
