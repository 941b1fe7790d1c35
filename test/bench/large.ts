// Very large documents, driven as the host drives them: how long nothing else has its turn, how soon they are left, and
// what is held meanwhile.
import { setImmediate } from "node:timers/promises";
import type { Facts } from "../../src/core/facts.ts";
import { fixAllInSteps } from "../../src/core/fixes.ts";
import { obstaclesInSteps } from "../../src/core/messages/compatibility.ts";
import { type GivenText, read, readInSteps } from "../../src/core/read.ts";
import { check, checkInSteps } from "../../src/core/rules/check.ts";
import type { Context } from "../../src/core/rules/rule.ts";
import type { Steps } from "../../src/core/steps.ts";
import { bundleFitnessInSteps, unmetInSteps } from "../../src/core/truststore/fitness.ts";
import { targets } from "../../src/core/truststore/targets.ts";
import { noVerdicts } from "../../src/core/x509/path/verdicts.ts";
import { inSlices } from "../../src/platform/node/turns.ts";
import { context, onFault } from "../core/checking.ts";
import { type LargeName, largeDocuments } from "../core/large-documents.ts";
import { issuedPem, many, rootPem } from "../core/truststore/stores.ts";
import { asked } from "./figures.ts";
import { median, type Ratio, used } from "./measure.ts";

interface Work {
  readonly id: string;
  readonly name: string;
  readonly source: () => GivenText;
  readonly context?: Context;
  /** What is done with a document that was read and checked before, which is held anyway. */
  readonly afterwards?: (facts: Facts) => Steps<unknown>;
}

const large = (name: LargeName, count: number) => (): GivenText => {
  const { syntax, text } = largeDocuments[name];
  return { text: text(count), syntax, name: "large" };
};
const pem = (text: () => string) => (): GivenText => ({ text: text(), syntax: "pem", name: "large.pem" });
const asStore: Context = { ...context, purpose: "trust-store", targets };
const root = rootPem({ subject: "CN=R", issuer: "CN=R" });

const works: readonly Work[] = [
  {
    id: "large-config-read",
    name: "read and check 20,000 origins",
    source: large("origins with a wrong Quantity", 20_000),
  },
  {
    id: "large-config-fix",
    name: "fix all of 20,000 origins",
    source: large("origins with a wrong Quantity", 20_000),
    afterwards: (facts) => fixAllInSteps(facts, context, onFault),
  },
  {
    id: "large-pem-read",
    name: "read and check a million BEGIN lines",
    source: large("BEGIN lines", 1_000_000),
  },
  {
    id: "large-store-read",
    name: "read and check a trust store of 10,000 certificates, a comment with a hyphen above each",
    source: pem(() => root + many(9_999, (index) => `# client - ${index}\n${issuedPem(`CN=${index}`, "CN=R")}`)),
    context: asStore,
  },
  {
    id: "large-lists-read",
    name: "read and check 20,000 revocation lists in a trust store",
    source: pem(() => "-----BEGIN X509 CRL-----\nMIIB\n-----END X509 CRL-----\n".repeat(20_000)),
    context: asStore,
  },
  {
    id: "large-words-read",
    name: "read and check 16 MB of words in a trust store",
    source: pem(() => "some words and more\n".repeat(800_000)),
    context: asStore,
  },
  {
    id: "large-services",
    name: "what each service says of 20,000 blocks with junk",
    source: large("blocks with junk", 20_000),
    *afterwards(facts) {
      if (facts.kind !== "bundle") return;
      const { bundle } = facts;
      for (const target of targets) {
        const fitness = yield* bundleFitnessInSteps(bundle, target, context.now, noVerdicts, {});
        yield* obstaclesInSteps(bundle, yield* unmetInSteps(bundle, fitness));
      }
    },
  },
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

async function ratiosOf({ id, name, source: make, context: by = context, afterwards }: Work): Promise<Ratio[]> {
  let before = used();
  const source = handedOver(make());
  const { text } = source;
  let steps = function* (): Steps<unknown> {
    const facts = yield* readInSteps(source);
    return { facts, problems: yield* checkInSteps(facts, by, onFault) };
  };
  if (afterwards !== undefined) {
    const facts = read(source);
    check(facts, by, onFault);
    before = used();
    steps = function* () {
      return yield* afterwards(facts);
    };
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
      name: `${name}: what is held${afterwards !== undefined ? " beside the document" : ""} / its text`,
      target: 20,
      ratio: held / text.length,
    },
  ];
}

/** Not as it was put together, but as an editor hands it over. */
function handedOver(source: GivenText): GivenText {
  return { ...source, text: Buffer.from(source.text).toString() };
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
