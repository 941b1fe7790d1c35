// The page of a change of a distribution whose config has 1 MB, from what was fetched to what the page is sent.
import type { Plan } from "../../src/account/live/change.ts";
import type { Job } from "../../src/account/live/job.ts";
import { planFor } from "../../src/account/live/plan.ts";
import { aboutOf, proposalOf } from "../../src/account/live/proposal.ts";
import { LiveReview } from "../../src/account/live/review/live-review.ts";
import { wishForDraft, wishForIntent } from "../../src/account/live/targets/distribution/wishes.ts";
import { readWireConfig, type WireConfig, writeWireConfig } from "../../src/core/cloudfront/wire.ts";
import type { Json } from "../../src/core/document/tree.ts";
import { isJsonList, isJsonObject } from "../../src/core/document/values.ts";
import { isXmlFault } from "../../src/core/document/xml.ts";
import { callerOf, distributionCalled } from "../account/live/alone.ts";
import { otherCertificate } from "../core/configs.ts";
import { configOfSize } from "./config.ts";
import { asked } from "./figures.ts";
import { median, type Ratio } from "./measure.ts";

const id = "E1LARGE0000001";

function wire(xml: string): WireConfig {
  const config = readWireConfig(xml);
  if (isXmlFault(config)) throw new Error(config.fault.code);
  return config;
}

/** The same with other values: the first of so many that can be had. */
function changed(json: Json, members: number): Json {
  let left = members;
  const within = (value: Json): Json => {
    if (isJsonList(value)) return value.map(within);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => {
        const other = others[name];
        return [name, other === undefined || left-- <= 0 ? within(member) : other];
      }),
    );
  };
  return within(json);
}

const others: Readonly<Record<string, Json>> = { ConnectionAttempts: 2, ConnectionTimeout: 9, Compress: false };

/** Each turn as a person's: on a config that is read for it, of which nothing is known yet. */
export async function largePages() {
  const json: Json = JSON.parse(configOfSize(1e6));
  const empty = "<DistributionConfig></DistributionConfig>";
  const xml = writeWireConfig(wire(empty), json);
  const mine = wire(writeWireConfig(wire(xml), changed(wire(xml).json, 1_000))).json;
  const caller = await callerOf(undefined);
  const target = distributionCalled(id, undefined, caller);
  const wishes = {
    origin: wishForIntent(id, { kind: "enable", certificate: otherCertificate }, ["origin-1"], { notes: [] }),
    draft: wishForDraft(id, wire(xml).json, mine, { notes: [] }),
  };
  return {
    plan(name: keyof typeof wishes): { readonly plan: Plan<WireConfig>; readonly job: Job<WireConfig> } {
      const wish = wishes[name];
      const planned = planFor(wish, { etag: "E1VERSION", config: wire(xml) }, target);
      if (planned.kind !== "plan") throw new Error(planned.kind);
      return {
        plan: planned.plan,
        job: { target, wish, caller, review: newReview(aboutOf({ target, wish, caller })) },
      };
    },
    /** What the page is sent. */
    page({ plan, job }: { readonly plan: Plan<WireConfig>; readonly job: Job<WireConfig> }): string {
      job.review.propose(proposalOf(plan, undefined, job, { shell: "bash", canChange: true }), 0);
      return JSON.stringify({ kind: "show", page: job.review.page, isAsking: true });
    },
    /** What its diff is opened with. */
    texts: ({ job }: { readonly job: Job<WireConfig> }) => {
      const { before = "", after = "", problems } = job.review.comparison ?? {};
      return [before, after, problems];
    },
  };
}

const newReview = (about: ConstructorParameters<typeof LiveReview>[1]) => new LiveReview("1", about);

const { brief, ids } = asked();

/** In milliseconds. What is planned is there anyway, and reported only; the page is what is added to it. */
export async function pageRatios(): Promise<Ratio[]> {
  if (ids?.some((one) => one.startsWith("page-")) === false) return [];
  const pages = await largePages();
  return (["origin", "draft"] as const).flatMap((change) => {
    const turns = Array.from({ length: brief ? 5 : 11 }, () => {
      const [planned, planning] = timed(() => pages.plan(change));
      const [, page] = timed(() => pages.page(planned));
      const [, texts] = timed(() => pages.texts(planned));
      return { planning, page, texts };
    });
    const [first] = turns;
    const name = change === "origin" ? "one origin of 1 MB" : "a draft of 1 MB, with 1,000 changed members";
    const of = (part: "planning" | "page" | "texts") => median(turns.map((turn) => turn[part]));
    return [
      { id: `page-${change}`, name: `${name}: its page once it is planned, in ms`, target: 100, ratio: of("page") },
      ...(change === "origin" && first !== undefined
        ? [
            {
              id: "page-first",
              name: `${name}: the same for the first time in a process, in ms`,
              target: 200,
              ratio: first.page,
            },
          ]
        : []),
      { id: `page-${change}-planning`, name: `${name}: planned, with all rules, in ms`, ratio: of("planning") },
      {
        id: `page-${change}-texts`,
        name: `${name}: the texts of its diff, beside the page, in ms`,
        ratio: of("texts"),
      },
    ];
  });
}

function timed<Value>(work: () => Value): readonly [Value, number] {
  const started = performance.now();
  const value = work();
  return [value, performance.now() - started];
}
