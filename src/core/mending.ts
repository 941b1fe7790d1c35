// What mends a problem that no fix mends by itself: the user has to choose something, or read on.
import { domainNameUnfitFor } from "./apigateway/intent.ts";
import { hasCachePolicy, useCachePolicy } from "./cloudfront/cache-policy.ts";
import { cachePolicies } from "./cloudfront/completion.ts";
import { originUnfitFor } from "./cloudfront/intent.ts";
import { viewerUnfitFor } from "./cloudfront/viewer-intent.ts";
import type { ViewerMode } from "./cloudfront/viewer-mtls.ts";
import type { Completion } from "./dialect/assist.ts";
import { nameOf } from "./dialect/spell.ts";
import type { Change, Entry } from "./document/change.ts";
import { containersAt, entryAt, type Json, type ScalarNode } from "./document/tree.ts";
import { listenerUnfitFor } from "./elb/intent.ts";
import { type BundleFacts, type ConfigFacts, type Facts, subjectsOf } from "./facts.ts";
import { kindOf } from "./kinds.ts";
import { nameSpanOf } from "./rules/related.ts";
import type { Problem } from "./rules/rule.ts";
import { subjectAt } from "./subject-at.ts";
import type { PayloadKind } from "./subjects.ts";
import { isMade } from "./template/template.ts";
import type { Span } from "./text.ts";

/** What of a domain name, listener or distribution is to be chosen. */
export type Choice = "trust-store" | "mode";

export type Mending =
  /** A client certificate for the origin at this place among those of a config of the document. */
  | {
      readonly kind: "certificate";
      readonly intent: "enable" | "change-certificate";
      readonly config: number;
      readonly index: number;
      readonly id: string | undefined;
    }
  /** @param mode the one that it has, where that stays */
  | { readonly kind: "viewers"; readonly what: Choice; readonly config: number; readonly mode: ViewerMode | undefined }
  | {
      readonly kind: "payload";
      readonly what: Choice;
      readonly service: PayloadKind;
      readonly index: number;
      readonly key: string | undefined;
    }
  /** Another value, of those that may stand there; or the cache policy of a behavior that has none. */
  | { readonly kind: "value" | "cache-policy"; readonly at: Span }
  | { readonly kind: "inspect" | "purpose" | "keep" }
  /** The page that says what holds. */
  | { readonly kind: "page" };

/**
 * What a user is offered beside the fixes of a problem, the best first; the page of the rule where there is nothing
 * else. Nothing where a fix says all.
 */
export function mendingsOf(problem: Problem, facts: Facts): readonly Mending[] {
  const found = facts.kind === "config" ? inConfig(problem, facts) : inBundle(problem, facts);
  return found.length > 0 || (problem.fixes ?? []).length > 0 ? found : [{ kind: "page" }];
}

// --- in a config

function inConfig(problem: Problem, facts: ConfigFacts): readonly Mending[] {
  const { template, isGenerated } = facts;
  // What is chosen in it would be lost.
  if (template !== undefined && isMade(template, isGenerated)) return [];
  const [best] = [...chosenIn(problem, facts), ...valueMending(problem, facts)];
  return best === undefined ? [] : [best];
}

function chosenIn({ rule, at, fixes = [] }: Problem, facts: ConfigFacts): readonly Mending[] {
  const { id } = rule;
  // Where it is only written wrong, its fix comes first and keeps what was chosen.
  const isOpen = fixes.length === 0;
  if (
    /^(origin\/client-certificate-|distribution\/client-certificates-per-call$)/.test(id) ||
    (isOpen && /^origin\/mtls-(place|spelling)$/.test(id))
  )
    return certificateMending(at, facts);
  if (/^viewer-mtls\/trust-store(-id)?$/.test(id)) return viewerMending("trust-store", at, facts);
  if (isOpen && /^viewer-mtls\/(mode|passthrough-lambda-at-edge|passthrough-cache-policy)$/.test(id))
    return viewerMending("mode", at, facts);
  if (/^domain-name\/truststore-(uri|version)$/.test(id)) return domainNameMending(at, facts);
  if (/^listener\/trust-store(-arn)?$/.test(id)) return listenerMending("trust-store", at, facts);
  return isOpen && id === "listener/mode" ? listenerMending("mode", at, facts) : [];
}

function certificateMending(at: Span, facts: ConfigFacts): readonly Mending[] {
  return subjectsOf(facts, "distribution").flatMap(({ distribution: { origins } }, config) =>
    origins.flatMap((origin, index): Mending[] => {
      if (!isWithin(at, origin.node)) return [];
      const intent = (["change-certificate", "enable"] as const).find(
        (one) => originUnfitFor(origin, one) === undefined,
      );
      return intent === undefined ? [] : [{ kind: "certificate", intent, config, index, id: origin.id }];
    }),
  );
}

function viewerMending(what: Choice, at: Span, facts: ConfigFacts): readonly Mending[] {
  return subjectsOf(facts, "distribution").flatMap((found, config): Mending[] => {
    const { distribution } = found;
    if (!isWithin(at, distribution.node) || viewerUnfitFor(found, "enable") !== undefined) return [];
    const says = distribution.viewerMtls?.says;
    return [
      { kind: "viewers", what, config, mode: what === "trust-store" && says !== "passthrough" ? says : undefined },
    ];
  });
}

function domainNameMending(at: Span, facts: ConfigFacts): readonly Mending[] {
  const domains = subjectsOf(facts, "domain-names").flatMap((found) => found.domains);
  return domains.flatMap((domain, index): Mending[] =>
    isWithin(at, domain.node) && domainNameUnfitFor(domain) === undefined
      ? [{ kind: "payload", what: "trust-store", service: "domain-names", index, key: domain.name }]
      : [],
  );
}

function listenerMending(what: Choice, at: Span, facts: ConfigFacts): readonly Mending[] {
  const listeners = subjectsOf(facts, "listeners").flatMap((found) => found.listeners);
  return listeners.flatMap((listener, index): Mending[] =>
    isWithin(at, listener.node) && listenerUnfitFor(listener) === undefined
      ? [{ kind: "payload", what, service: "listeners", index, key: listener.arn }]
      : [],
  );
}

function isWithin(at: Span, node: Span): boolean {
  return node.start <= at.start && at.end <= node.end;
}

function valueMending({ rule, at, fixes = [] }: Problem, facts: ConfigFacts): readonly Mending[] {
  // What turns mutual TLS off on purpose needs no other word.
  if (rule.id === "domain-name/mtls-off" || fixes.length > 0) return [];
  if (valuesFor(at, facts) !== undefined) return [{ kind: "value", at }];
  const isMissing = rule.id === "behavior/cache-policy" && policiesFor(at, facts) !== undefined;
  return isMissing ? [{ kind: "cache-policy", at }] : [];
}

/** What can be chosen for a place, best first. */
export interface Values {
  /** What the document calls the member; `undefined` for an item of a list. */
  readonly name: string | undefined;
  /** What goes for it; `undefined`: nothing stands there yet. */
  readonly instead: Span | undefined;
  readonly offers: readonly Pick<Completion, "label" | "detail" | "documentation" | "value">[];
  readonly changes: (value: Json) => readonly Change[];
}

/** By what a problem is at; `undefined`: nothing can be chosen there. */
export function valuesAt(at: Span, facts: ConfigFacts): Values | undefined {
  return valuesFor(at, facts) ?? policiesFor(at, facts);
}

/** The other values that may stand in the place of one; none where it is no value of a member, or any text may be. */
function valuesFor(at: Span, facts: ConfigFacts): Values | undefined {
  const node = scalarAt(at, facts);
  const subject = node === undefined ? undefined : subjectAt(facts, at.start);
  if (node === undefined || subject === undefined) return undefined;
  const offers = kindOf(subject)
    .offers(subject, facts.tree, at.start)
    .filter(({ kind, value }) => kind === "value" && value !== node.value);
  if (offers.length === 0) return undefined;
  return { name: nameAt(at, facts), instead: at, offers, changes: (value) => [{ kind: "set", node, value }] };
}

/** Managed policies for a behavior, which is known by its name, that has none. */
function policiesFor(at: Span, facts: ConfigFacts): Values | undefined {
  for (const { distribution } of subjectsOf(facts, "distribution")) {
    const found = distribution.behaviors.find(({ node }) => {
      const { start, end } = nameSpanOf(node);
      return start === at.start && end === at.end && !hasCachePolicy(node);
    });
    if (found === undefined) continue;
    const { node } = found;
    return {
      ...{ name: nameOf(node, "CachePolicyId"), instead: undefined },
      offers: cachePolicies(distribution).map(({ name, id, ...said }) => ({ ...said, label: name, value: id })),
      changes: (id) => useCachePolicy(node, String(id)),
    };
  }
  return undefined;
}

function nameAt(at: Span, facts: ConfigFacts): string | undefined {
  const entry = entryOf(at, facts);
  return entry?.kind === "member" ? entry.spelled : undefined;
}

function entryOf(at: Span, { tree }: ConfigFacts): Entry | undefined {
  const container = containersAt(tree.root, at.start).at(-1);
  return container === undefined ? undefined : entryAt(container, at.start);
}

/** The text, number or flag that stands just there. */
function scalarAt(at: Span, facts: ConfigFacts): ScalarNode | undefined {
  const entry = entryOf(at, facts);
  const node = entry?.kind === "member" ? entry.value : entry;
  return node?.kind === "scalar" && node.start === at.start && node.end === at.end ? node : undefined;
}

// --- in a bundle

function inBundle({ rule, at, severity }: Problem, { bundle }: BundleFacts): readonly Mending[] {
  const { id } = rule;
  if (id === "pem/marker" || id === "bundle/no-certificate") return [{ kind: "purpose" }];
  const isOfBlock = bundle.pieces.some(({ block: { span } }, index) => {
    const start = bundle.starts[index] ?? 0;
    return isWithin(at, { start: start + span.start, end: start + span.end });
  });
  const isRefused = severity === "error" && /^trust-store\/(key|signature|version|certificate-size)$/.test(id);
  return [
    ...(isRefused ? [{ kind: "keep" } as const] : []),
    ...(isOfBlock && /^((client-)?certificate|trust-store|bundle)\//.test(id) && id !== "bundle/private-key"
      ? [{ kind: "inspect" } as const]
      : []),
  ];
}
