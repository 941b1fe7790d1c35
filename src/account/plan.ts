// What a live change comes to, worked out before anything is sent. Nothing here speaks to the editor or to AWS.
import type { FetchedConfig } from "../aws/distributions.ts";
import {
  type Difference,
  differences,
  notKept,
  type Rebased,
  rebase,
  splitByCertificates,
} from "../core/cloudfront/compare.ts";
import type { Origin } from "../core/cloudfront/distribution.ts";
import { changesFor, type Intent, type Unfit, unfitFor } from "../core/cloudfront/intent.ts";
import { changedSettings, type OriginSetting, withSettings } from "../core/cloudfront/origin-settings.ts";
import { readWireConfig, unknownMembers, type WireConfig, writeWireConfig } from "../core/cloudfront/wire.ts";
import { renderChanges } from "../core/document/change.ts";
import { jsonOf } from "../core/document/plain.ts";
import type { Json } from "../core/document/tree.ts";
import { isXmlFault } from "../core/document/xml.ts";
import { type ConfigFacts, configOf } from "../core/facts.ts";
import { read } from "../core/read.ts";
import type { Problem } from "../core/rules/rule.ts";
import { applyEdits } from "../core/text.ts";

/** What is to become of a distribution; carried out on whatever config it has by then. */
export type Wanted =
  /** Origins by their ids. */
  | { readonly kind: "intent"; readonly intent: Intent; readonly origins: readonly string[] }
  /** Somebody's own version, and the one it was made from. */
  | { readonly kind: "draft"; readonly base: Json; readonly mine: Json }
  /** Origins get these settings back. */
  | { readonly kind: "settings"; readonly settings: readonly OriginSetting[] }
  /** A config as it was, all of it. */
  | { readonly kind: "config"; readonly config: Json };

export interface Plan {
  readonly fetched: FetchedConfig;
  /** What AWS gets, read again: with everything of the fetched config that is not changed, known or not. */
  readonly sent: WireConfig;
  /** Configs to send one after another; the last is that of `sent`. */
  readonly parts: readonly Json[];
  readonly before: ConfigFacts;
  readonly after: ConfigFacts;
  /** Problems that the change brings. */
  readonly introduced: readonly Problem[];
  /** Problems that were there before and stay. */
  readonly standing: readonly Problem[];
  /** Ids of the origins that are called otherwise than before. */
  readonly origins: readonly string[];
}

export type Planned =
  | { readonly kind: "plan"; readonly plan: Plan }
  /** It is so already. */
  | { readonly kind: "nothing" }
  /** Origins that were chosen and are not there. */
  | { readonly kind: "gone"; readonly origins: readonly string[] }
  | { readonly kind: "unfit"; readonly origins: readonly { readonly id: string; readonly unfit: Unfit }[] }
  /** Changed by somebody else since, in the same places. */
  | { readonly kind: "conflicts"; readonly conflicts: readonly Difference[]; readonly fetched: FetchedConfig }
  /** What no XML of CloudFront's can say. */
  | { readonly kind: "unsendable"; readonly lost: readonly Difference[] };

/** @param servedMembers names that the service itself sent: nobody's mistake */
export type Judge = (facts: ConfigFacts, servedMembers: ReadonlySet<string>) => readonly Problem[];

export function planFor(wanted: Wanted, fetched: FetchedConfig, id: string, judge: Judge): Planned {
  const before = factsOf(fetched.config, id);
  const aim = aimOf(wanted, fetched, before);
  if (aim.kind !== "config") return aim;
  const sent = readWireConfig(writeWireConfig(fetched.config, aim.config));
  if (isXmlFault(sent)) throw new Error(`The XML that was written cannot be read: ${sent.fault.code}`);
  const lost = notKept(aim.config, sent.json);
  if (lost.length > 0) return { kind: "unsendable", lost };
  if (differences(fetched.config.json, sent.json).length === 0) return { kind: "nothing" };
  const after = factsOf(sent, id);
  const served = unknownMembers(fetched.config);
  const { introduced, standing } = compareProblems(judge(before, served), judge(after, served));
  const origins =
    wanted.kind === "intent"
      ? wanted.origins
      : changedSettings(fetched.config.json, sent.json).map(({ origin }) => origin);
  return {
    kind: "plan",
    plan: {
      fetched,
      sent,
      parts: splitByCertificates(fetched.config.json, sent.json),
      before,
      after,
      introduced,
      standing,
      origins,
    },
  };
}

/** A config on the wire, read as any other document. */
export function factsOf(config: WireConfig, id: string): ConfigFacts {
  return read({
    text: config.text,
    syntax: "json",
    name: `${id}.json`,
    encoding: "utf8",
    served: unknownMembers(config),
  });
}

type Aim =
  | { readonly kind: "config"; readonly config: Json }
  | Exclude<Planned, { readonly kind: "plan" | "nothing" | "unsendable" }>;

function aimOf(wanted: Wanted, fetched: FetchedConfig, before: ConfigFacts): Aim {
  switch (wanted.kind) {
    case "intent":
      return intended(wanted.intent, wanted.origins, before);
    case "draft": {
      const { merged, conflicts } = rebase(wanted.base, wanted.mine, fetched.config.json);
      return conflicts.length > 0 ? { kind: "conflicts", conflicts, fetched } : { kind: "config", config: merged };
    }
    case "settings": {
      const config = withSettings(fetched.config.json, wanted.settings);
      return config === undefined
        ? { kind: "gone", origins: wanted.settings.map(({ origin }) => origin) }
        : { kind: "config", config };
    }
    case "config":
      return { kind: "config", config: wanted.config };
  }
}

/** The same changes as in a document, by the same rules. */
function intended(intent: Intent, ids: readonly string[], before: ConfigFacts): Aim {
  const chosen = originsById(before, ids);
  const gone = ids.filter((id) => !chosen.some((origin) => origin.id === id));
  if (gone.length > 0) return { kind: "gone", origins: gone };
  const unfit = chosen.flatMap((origin) => {
    const reason = unfitFor(origin, intent.kind);
    // What is off already is what was wanted.
    return reason === undefined || reason === "already-off" ? [] : [{ id: origin.id ?? "", unfit: reason }];
  });
  if (unfit.length > 0) return { kind: "unfit", origins: unfit };
  const { root } = read({
    text: applyEdits(before.tree.text, renderChanges(before.tree, changesFor(chosen, intent))),
    syntax: "json",
    name: before.name,
  }).tree;
  const config = root === undefined ? undefined : jsonOf(root);
  if (config === undefined) throw new Error("A config with changes is still a config");
  return { kind: "config", config };
}

export function originsById(facts: ConfigFacts, ids: readonly string[]): readonly Origin[] {
  return (configOf(facts)?.distribution.origins ?? []).filter(({ id }) => id !== undefined && ids.includes(id));
}

/** A problem that was there twice and is there three times was introduced once. */
function compareProblems(before: readonly Problem[], after: readonly Problem[]): Pick<Plan, "introduced" | "standing"> {
  const known = new Map<string, number>();
  for (const problem of before) known.set(identity(problem), (known.get(identity(problem)) ?? 0) + 1);
  const introduced: Problem[] = [];
  const standing: Problem[] = [];
  for (const problem of after) {
    const left = known.get(identity(problem)) ?? 0;
    known.set(identity(problem), left - 1);
    (left > 0 ? standing : introduced).push(problem);
  }
  return { introduced, standing };
}

function identity({ rule, origin, reason }: Problem): string {
  return JSON.stringify([rule.id, origin, reason]);
}

/** The next part, for a config that became what it is through the part before it. */
export function nextPart(done: Json, part: Json, now: WireConfig): Rebased {
  return rebase(done, part, now.json);
}
