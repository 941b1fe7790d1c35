// What a distribution is to become: carried out on the config that it has by then.

import * as l10n from "@vscode/l10n";
import { notKept, rebase } from "../../../../core/cloudfront/compare.ts";
import type { Distribution, Origin } from "../../../../core/cloudfront/distribution.ts";
import { type OriginIntent, originChangesFor, originUnfitFor } from "../../../../core/cloudfront/intent.ts";
import { type OriginSetting, withSettings } from "../../../../core/cloudfront/origin-settings.ts";
import { withValuesOf } from "../../../../core/cloudfront/placeholders.ts";
import { readWireConfig, type WireConfig, writeWireConfig } from "../../../../core/cloudfront/wire.ts";
import { parseJson } from "../../../../core/document/json/read.ts";
import { jsonOf } from "../../../../core/document/plain.ts";
import type { Json } from "../../../../core/document/tree.ts";
import { isJsonObject, memberValue } from "../../../../core/document/values.ts";
import { isXmlFault } from "../../../../core/document/xml.ts";
import { configOf } from "../../../../core/facts.ts";
import { renderIn } from "../../../../core/fixes.ts";
import type { Proof } from "../../../../core/probe/proof.ts";
import { readAs } from "../../../../core/read.ts";
import { applyEdits } from "../../../../core/text.ts";
import { adviceParts } from "../../../advice.ts";
import { certificateLabel, originAdvice, unfitReason } from "../../../origin-mtls-words.ts";
import type { Aim, OwnedBy, Plan, Version, Wish } from "../../change.ts";
import type { Line } from "../../ui.ts";
import { differencesInShort, sentences } from "../../words.ts";
import { changedOrigins, clientsOf, plansOf } from "./clients.ts";
import { factsOf, originsById } from "./facts.ts";
import { type Deed, listedOrigins } from "./words.ts";

type DistributionWish = Wish<WireConfig>;
type DistributionAim = Aim<WireConfig>;

/** What is known around an intent. */
export interface IntentAround {
  readonly notes: readonly Line[];
  readonly owner?: OwnedBy | undefined;
  /** The domain name of the certificate. */
  readonly certificate?: string | undefined;
  /** What a probe of an origin showed. */
  readonly proved?: ProvedIn;
}

/** What a probe of an origin of a distribution showed, as the config has both. */
export type ProvedIn = (origin: Origin, distribution: Distribution) => Proof | undefined;

/** Origins, by their ids, are to be called with or without a client certificate. */
export function wishForIntent(
  id: string,
  intent: OriginIntent,
  origins: readonly string[],
  { notes, owner, certificate, proved }: IntentAround,
): DistributionWish {
  return {
    deed: intent.kind satisfies Deed,
    parts: origins,
    sentence: () => intentSentence(intent, origins, certificate),
    notes,
    aim: (now) => intended(id, intent, origins, now),
    ...aroundOf(id, intent.kind, proved),
    ...(owner === undefined ? {} : { owner }),
  };
}

/** The draft is to be there, with what other updates changed since it was started. */
export function wishForDraft(
  id: string,
  base: Json,
  mine: Json,
  { notes, owner }: { readonly notes: readonly Line[]; readonly owner?: OwnedBy | undefined },
): DistributionWish {
  return {
    deed: "draft" satisfies Deed,
    sentence: (plan) => l10n.t("CloudFront will update {0} with the changes of the draft ({1}).", id, countOf(plan)),
    notes,
    ...(owner === undefined ? {} : { owner }),
    nothing: l10n.t("{0} already matches the draft.", id),
    aim: (now) => {
      const { merged, conflicts } = rebase(base, mine, now.config.json);
      return conflicts.length > 0 ? { kind: "conflicts", conflicts } : aimAt(merged, now);
    },
    ...aroundOf(id, "draft"),
  };
}

/**
 * All of the config in a file is to be there. A placeholder in it, or a mask, stands for the header value that
 * CloudFront has in the same place. The reference of the caller identifies the distribution: no update changes it.
 * @param text of the inner config
 */
export function wishForFile(
  id: string,
  text: string,
  { notes, consequences, owner }: Pick<DistributionWish, "notes" | "consequences" | "owner">,
): DistributionWish {
  const mine = parseJson(text, "jsonc");
  return {
    deed: "file" satisfies Deed,
    sentence: (plan) =>
      l10n.t("CloudFront will replace the configuration of {0} with that of the file ({1}).", id, countOf(plan)),
    notes,
    ...(consequences === undefined ? {} : { consequences }),
    ...(owner === undefined ? {} : { owner }),
    nothing: l10n.t("{0} already has the configuration of the file.", id),
    aim: (now) => {
      const { text: filled, unresolved } = withValuesOf(parseJson(now.config.text, "json"), mine);
      if (unresolved.length > 0) return unknownValues(id, unresolved.length);
      const { root } = parseJson(filled, "jsonc");
      const config = root === undefined ? undefined : jsonOf(root);
      if (!isJsonObject(config)) throw new Error("A config with header values is still a config");
      return aimAt({ ...config, ...referenceOf(now.config.json) }, now);
    },
    ...aroundOf(id, "file"),
  };
}

/** What CloudFront knows the distribution by, beside its id. */
export function referenceOf(config: Json): { readonly CallerReference?: Json } {
  const reference = isJsonObject(config) ? memberValue(config, "CallerReference") : undefined;
  return reference === undefined ? {} : { CallerReference: reference };
}

function unknownValues(id: string, count: number): DistributionAim {
  return {
    kind: "impossible",
    why:
      count === 1
        ? l10n.t(
            "The file contains a placeholder that does not stand for a header value of {0} at its place. Enter the header value in the file, then run the command again.",
            id,
          )
        : l10n.t(
            "The file contains {0} placeholders that do not stand for header values of {1} at their places. Enter the header values in the file, then run the command again.",
            count,
            id,
          ),
    severity: "error",
  };
}

/** Origins get these settings back. */
export function wishForSettings(id: string, settings: readonly OriginSetting[]): DistributionWish {
  return {
    deed: "undo" satisfies Deed,
    sentence: (plan) => l10n.t("CloudFront will restore what {0} had before the change ({1}).", id, countOf(plan)),
    notes: [],
    aim: (now) => {
      const config = withSettings(now.config.json, settings);
      return config === undefined
        ? gone(
            id,
            settings.map(({ origin }) => origin),
          )
        : aimAt(config, now);
    },
    ...aroundOf(id, "undo"),
  };
}

/** A config as it was is to be there again, all of it. */
export function wishForConfig(id: string, config: Json): DistributionWish {
  return {
    deed: "undo" satisfies Deed,
    sentence: (plan) => l10n.t("CloudFront will restore what {0} had before the change ({1}).", id, countOf(plan)),
    notes: [],
    aim: (now) => aimAt(config, now),
    ...aroundOf(id, "undo"),
  };
}

// --- aims

function aimAt(config: Json, now: Version<WireConfig>): DistributionAim {
  const written = writtenOn(now.config, config);
  const lost = notKept(config, written.json);
  return lost.length === 0
    ? { kind: "config", config: written }
    : {
        kind: "impossible",
        why: l10n.t(
          "The change cannot be sent completely in the XML format of CloudFront: {0}",
          differencesInShort(lost),
        ),
        severity: "error",
      };
}

/** What AWS gets, read again: with everything of the config below it that is not changed, known or not. */
export function writtenOn(config: WireConfig, after: Json): WireConfig {
  const read = readWireConfig(writeWireConfig(config, after));
  if (isXmlFault(read)) throw new Error(`The XML that was written cannot be read: ${read.fault.code}`);
  return read;
}

function gone(id: string, origins: readonly string[]): DistributionAim {
  return {
    kind: "impossible",
    why: l10n.t("{0} no longer has these origins: {1}.", id, listedOrigins(origins)),
    severity: "warning",
  };
}

/** The same changes as in a document, by the same rules. */
function intended(id: string, intent: OriginIntent, ids: readonly string[], now: Version<WireConfig>): DistributionAim {
  const before = factsOf(now.config, id);
  const chosen = originsById(before, ids);
  const missing = ids.filter((one) => !chosen.some((origin) => origin.id === one));
  if (missing.length > 0) return gone(id, missing);
  const reasons = chosen.flatMap((origin) => {
    const unfit = originUnfitFor(origin, intent.kind);
    // What is off already is what was wanted.
    return unfit === undefined || unfit === "already-off"
      ? []
      : [l10n.t("Origin {0}: {1}", origin.id ?? "", unfitReason(unfit))];
  });
  if (reasons.length > 0)
    return {
      kind: "impossible",
      why: sentences(l10n.t("{0} has changed since you selected it.", id), ...reasons),
      severity: "warning",
    };
  const changed = applyEdits(before.tree.text, renderIn(before, originChangesFor(chosen, intent)));
  const { root } = readAs(before, changed).tree;
  const config = root === undefined ? undefined : jsonOf(root);
  if (config === undefined) throw new Error("A config with changes is still a config");
  return aimAt(config, now);
}

// --- what is said beside them

/** Who is cut off, what the origins must do, and what it costs: by what becomes of the config. */
function aroundOf(id: string, deed: Deed, proved?: ProvedIn): Pick<DistributionWish, "clients" | "required" | "plans"> {
  return {
    clients: (plan) => clientsOf(plan, id, deed),
    required: (plan) => requiredBy(plan, id, proved),
    plans: (plan) => plansOf(plan, id),
  };
}

function intentSentence(intent: OriginIntent, origins: readonly string[], certificate: string | undefined): string {
  const names = listedOrigins(origins);
  const isOne = origins.length === 1;
  switch (intent.kind) {
    case "enable": {
      const called = certificateName(intent.certificate, certificate);
      return isOne
        ? l10n.t("CloudFront will present the client certificate {0} to the origin {1}.", called, names)
        : l10n.t("CloudFront will present the client certificate {0} to these origins: {1}.", called, names);
    }
    case "change-certificate": {
      const called = certificateName(intent.certificate, certificate);
      return isOne
        ? l10n.t("CloudFront will present another client certificate to the origin {1}: {0}.", called, names)
        : l10n.t("CloudFront will present another client certificate, {0}, to these origins: {1}.", called, names);
    }
    case "disable":
      return isOne
        ? l10n.t("CloudFront will no longer present a client certificate to the origin {0}.", names)
        : l10n.t("CloudFront will no longer present a client certificate to these origins: {0}.", names);
  }
}

/** The name that people gave it comes before what tells it from others. */
function certificateName(arn: string, name: string | undefined): string {
  const { label, description } = certificateLabel(arn);
  if (name !== undefined) return l10n.t("{0} ({1})", name, label);
  return description === undefined ? label : l10n.t("{0} ({1})", label, description);
}

/** How much changes. */
function countOf({ differences: { length } }: Plan<WireConfig>): string {
  return length === 1 ? l10n.t("1 change") : l10n.t("{0} changes", length);
}

/** What only informs, the page says elsewhere. */
function requiredBy(plan: Plan<WireConfig>, id: string, provedIn: ProvedIn | undefined): readonly Line[] {
  const kinds = changedOrigins(plan);
  const facts = factsOf(plan.fetched.config, id);
  const distribution = configOf(facts)?.distribution;
  const proved = (origin: Origin) => (distribution === undefined ? undefined : provedIn?.(origin, distribution));
  return [...kinds].flatMap(([kind, origins]) => [
    ...(kinds.size > 1 ? [{ label: `$(server) ${listedOrigins(origins)}` }] : []),
    ...originAdvice(kind, originsById(facts, origins), { proved }).filter(
      ({ label }) => !["shield", "info"].includes(adviceParts(label).icon),
    ),
  ]);
}
