// Very large documents, driven as the host drives them: how long nothing else has its turn, how soon they are left, and
// what is held meanwhile.
import { setImmediate } from "node:timers/promises";
import { fixAllInSteps } from "../../src/core/fixes.ts";
import { read, readInSteps } from "../../src/core/read.ts";
import { check, checkInSteps } from "../../src/core/rules/check.ts";
import type { Steps } from "../../src/core/steps.ts";
import { inSlices } from "../../src/platform/node/turns.ts";
import { context, onFault } from "../core/checking.ts";
import { type LargeName, largeDocuments } from "../core/large-documents.ts";
import { asked } from "./figures.ts";
import { median, type Ratio, used } from "./measure.ts";

interface Work {
  readonly id: string;
  readonly name: string;
  readonly document: LargeName;
  readonly count: number;
  /** Of a document that was read and checked before, which is held anyway. */
  readonly isFixing?: true;
}

const works: readonly Work[] = [
  {
    id: "large-config-read",
    name: "read and check 20,000 origins",
    document: "origins with a wrong Quantity",
    count: 20_000,
  },
  {
    id: "large-config-fix",
    name: "fix all of 20,000 origins",
    document: "origins with a wrong Quantity",
    count: 20_000,
    isFixing: true,
  },
  { id: "large-pem-read", name: "read and check a million BEGIN lines", document: "BEGIN lines", count: 1_000_000 },
];

/** Of the time that it takes uncanceled: how far it has come when it is canceled. */
const moments = [0.25, 0.5, 0.75];
/** What else the machine does makes one slice of a run long; what a step takes, does so in each. */
const runs = 3;

const { brief, ids } = asked();

export async function largeRatios(): Promise<Ratio[]> {
  const ratios: Ratio[] = [];
  for (const work of works)
    if (ids?.some((id) => id.startsWith(work.id)) !== false) ratios.push(...(await ratiosOf(work)));
  return ratios;
}

async function ratiosOf({ id, name, document, count, isFixing }: Work): Promise<Ratio[]> {
  const { syntax, text: make } = largeDocuments[document];
  let before = used();
  // Not as it was put together, but as an editor hands it over.
  const text = Buffer.from(make(count)).toString();
  const source = { text, syntax, name: "large" };
  const readAndCheck = function* (): Steps<unknown> {
    const facts = yield* readInSteps(source);
    return { facts, problems: yield* checkInSteps(facts, context, onFault) };
  };
  let steps = readAndCheck;
  if (isFixing === true) {
    const facts = read(source);
    check(facts, context, onFault);
    before = used();
    steps = () => fixAllInSteps(facts, context, onFault);
  }
  const whole: Driven[] = [];
  for (let run = 0; run < runs; run++) whole.push(await driven(steps()));
  const took = median(whole.map((run) => run.took));
  const left: Driven[] = [];
  for (const moment of brief ? [0.5] : moments) left.push(await driven(steps(), took * moment));
  const held = Math.max(...[...whole, ...left].map((run) => run.held)) - before;
  return [
    {
      id: `${id}-slice`,
      name: `${name}: the longest slice, in ms`,
      target: 50,
      ratio: median(whole.map((run) => run.longest)),
    },
    {
      id: `${id}-cancel`,
      name: `${name}: canceled after, in ms`,
      target: 200,
      ratio: Math.max(...left.map((run) => run.latency)),
    },
    {
      id: `${id}-held`,
      name: `${name}: what is held${isFixing === true ? " beside the document" : ""} / its text`,
      target: 20,
      ratio: held / text.length,
    },
  ];
}

interface Driven {
  /** In milliseconds, as all of them but `held`. */
  readonly took: number;
  /** During which nothing else had its turn: other work here is a look at the clock. */
  readonly longest: number;
  /** From the moment of canceling, which the thread may have been too busy to notice. */
  readonly latency: number;
  /** When it ended, before what it worked with was let go. */
  readonly held: number;
}

async function driven(steps: Steps<unknown>, cancelAfter = Number.POSITIVE_INFINITY): Promise<Driven> {
  const stop = new AbortController();
  const start = performance.now();
  const timer = Number.isFinite(cancelAfter) ? setTimeout(() => stop.abort(), cancelAfter) : undefined;
  let isOver = false;
  const watching = longestTurn(() => isOver);
  const result = await inSlices(() => steps.next(), { signal: stop.signal });
  const took = performance.now() - start;
  isOver = true;
  clearTimeout(timer);
  const longest = await watching;
  const held = used();
  // Reached by what is held until here.
  if (result === undefined) steps.return(undefined);
  return { took, longest, latency: took - cancelAfter, held };
}

async function longestTurn(isOver: () => boolean): Promise<number> {
  let longest = 0;
  for (let now = performance.now(); !isOver(); ) {
    await setImmediate();
    const after = performance.now();
    longest = Math.max(longest, after - now);
    now = after;
  }
  return longest;
}
