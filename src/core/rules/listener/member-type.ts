import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import type { Setting } from "../../dialect/payload.ts";
import { refusalOfAll } from "../../dialect/refusal.ts";
import { nameOf } from "../../dialect/spell.ts";
import { type Mistyped, onlyObject } from "../../dialect/types.ts";
import { isComputed, type Json, memberOf, type Node, type ObjectNode, stringOf } from "../../document/tree.ts";
import { isOfNoMode, type Listener } from "../../elb/listener.ts";
import { names } from "../../elb/vocabulary.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Finding, Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "text-not-boolean": ({ key }: { key: string }) =>
    l10n.t('{0} must be the string "on" or "off", not true or false.', key),
  text: ({ key }: { key: string }) => l10n.t('{0} must be the string "on" or "off".', key),
  boolean: ({ key }: { key: string }) => l10n.t("{0} must be true or false, without quotes.", key),
  cut: ({ key }: { key: string }) =>
    l10n.t(
      "{0} has text that PowerShell wrote in place of an object or list. ConvertTo-Json writes only 2 levels by default. The content is lost. Write the file again with ConvertTo-Json -Depth 20.",
      key,
    ),
  cuts: ({ count }: { count: number }) =>
    l10n.t(
      "{0} members have text that PowerShell wrote in place of an object or list. ConvertTo-Json writes only 2 levels by default. The content is lost. Write the file again with ConvertTo-Json -Depth 20.",
      count,
    ),
  lost: ({ key }: { key: string }) =>
    l10n.t("{0} has text that a program wrote in place of an object. The content is lost. Write the file again.", key),
  null: ({ key, refusal }: { key: string; refusal: string }) =>
    l10n.t("{0} is null. {1} Leave out a member that has no value.", key, refusal),
  nulls: ({ count, refusal }: { count: number; refusal: string }) =>
    l10n.t("{0} members are null. {1} Leave out these members.", count, refusal),
  list: ({ key }: { key: string }) => l10n.t("{0} must be a list.", key),
  object: ({ key }: { key: string }) => l10n.t("{0} must be an object.", key),
  items: ({ key }: { key: string }) => l10n.t("Each item of {0} must be an object.", key),
  string: ({ key }: { key: string }) => l10n.t("{0} must be a string.", key),
  enlist: ({ key }: { key: string }) => l10n.t("Write {0} as a list with one item", key),
  lift: ({ key }: { key: string }) => l10n.t("Write {0} as an object, without the list", key),
  "remove-one": ({ key }: { key: string }) => l10n.t("Remove {0}", key),
  "remove-all": ({ count }: { count: number }) => l10n.t("Remove the {0} members that are null", count),
  change: ({ to }: { to: string }) => l10n.t("Change to {0}", to),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const memberType: Rule<Listener, typeof says> = {
  id: "listener/member-type",
  severity: "error",
  requires: l10n.t(
    "A value of a listener must have the type of its member, and not null: for example, AdvertiseTrustStoreCaNames must be the string on or off, and IgnoreClientCertificateExpiry must be true or false, without quotes.",
  ),
  source: sources.mutualAuthentication,
  says,
  *check(listener) {
    const { advertise, ignoreExpiry, role } = listener;
    yield* judgeTypes(listener);
    yield* judgeNulls(listener);
    // Another rule says that it must go.
    const isGoing = (setting: Setting): boolean => role !== "output" && isOfNoMode(listener, setting);
    // Where an answer has no value, some SDKs show the empty text.
    const isNothing = role === "output" && advertise?.text === "";
    if (advertise !== undefined && !isNothing && !isComputed(advertise.node) && !isGoing(advertise))
      yield* judgeAdvertise(advertise, nameOf(listener.block, names.advertise));
    if (ignoreExpiry !== undefined && !isComputed(ignoreExpiry.node) && !isGoing(ignoreExpiry))
      yield* judgeIgnoreExpiry(ignoreExpiry, nameOf(listener.block, names.ignoreExpiry));
  },
};

function* judgeTypes({ types, block }: Listener): Iterable<Finding<Said>> {
  const cut = types.mistyped.filter(({ lost }) => lost === "cut");
  const [first, another] = cut;
  // One finding for all: PowerShell cuts a whole level.
  if (first !== undefined && another !== undefined)
    yield { at: first.node, reason: { code: "cuts", args: { count: cut.length } } };
  for (const one of types.mistyped) {
    const { node, type, called, shape, lost } = one;
    if (lost === "cut" && another !== undefined) continue;
    if (lost === undefined && (isJudgedElsewhere(one, block) || isTemplated(stringOf(node) ?? ""))) continue;
    const of =
      type.kind === "list" ? "list" : type.kind !== "shape" ? "string" : shape === undefined ? "items" : "object";
    const fixes = fixesFor(one);
    yield {
      at: node,
      reason: { code: lost ?? of, args: { key: called } },
      ...(fixes.length === 0 ? {} : { fixes }),
    };
  }
}

function fixesFor({ node, type, called, shape }: Mistyped): readonly Fix<Said>[] {
  if (shape === undefined) return [];
  const args = { key: called };
  if (type.kind === "list")
    return node.kind === "object"
      ? [{ reason: { code: "enlist", args }, safe: true, changes: [{ kind: "enlist", node }] }]
      : [];
  const only = type.kind === "shape" && node.kind === "list" ? onlyObject(node) : undefined;
  return only === undefined
    ? []
    : [{ reason: { code: "lift", args }, safe: true, changes: [{ kind: "lift", part: only, whole: node }] }];
}

/** Other rules, or the rest of this one, say what these must be. */
function isJudgedElsewhere({ key, type, shape, node }: Mistyped, block: ObjectNode | undefined): boolean {
  // What somebody chose of an answer may have one value in place of a list.
  if (type.kind === "list" && shape === "Listener" && node.kind === "scalar") return true;
  if (key === names.block) return node.kind === "scalar" && typeof node.value === "string";
  return shape === "MutualAuthentication" || shape === "ClientCertificateIdentityFilter" || isFilter(node, block);
}

/** An item of the list of filters. */
function isFilter({ parent }: Node, block: ObjectNode | undefined): boolean {
  return parent !== undefined && parent === memberOf(block, names.filters)?.value;
}

function* judgeNulls({ types: { nulls } }: Listener): Iterable<Finding<Said>> {
  const [first, another] = nulls;
  if (first?.value === undefined) return;
  const [one, all] = [{ key: first.spelled }, { count: nulls.length }];
  const refusal = refusalOfAll(first.parent, "null");
  yield {
    at: first.value,
    reason:
      another === undefined
        ? { code: "null", args: { ...one, refusal } }
        : { code: "nulls", args: { ...all, refusal } },
    fixes: [
      {
        reason: another === undefined ? { code: "remove-one", args: one } : { code: "remove-all", args: all },
        safe: true,
        changes: nulls.map((entry) => ({ kind: "remove", entry }) as const),
      },
    ],
  };
}

function change(node: Node, value: Json): { readonly fixes: readonly Fix<Said>[] } {
  return {
    fixes: [
      {
        reason: { code: "change", args: { to: JSON.stringify(value) } },
        safe: true,
        changes: [{ kind: "set", node, value }],
      },
    ],
  };
}

function* judgeAdvertise({ node, text }: Setting, key: string): Iterable<Finding<Said>> {
  if (text === "on" || text === "off" || (text !== undefined && isTemplated(text))) return;
  const value = node.kind === "scalar" ? node.value : undefined;
  const meant = wordFor(typeof value === "string" ? value.trim().toLowerCase() : value);
  const code = typeof value === "boolean" ? "text-not-boolean" : "text";
  yield { at: node, reason: { code, args: { key } }, ...(meant === undefined ? {} : change(node, meant)) };
}

function wordFor(value: unknown): "on" | "off" | undefined {
  if (value === true || value === "true" || value === "on") return "on";
  return value === false || value === "false" || value === "off" ? "off" : undefined;
}

function* judgeIgnoreExpiry({ node, text }: Setting, key: string): Iterable<Finding<Said>> {
  if ((node.kind === "scalar" && typeof node.value === "boolean") || (text !== undefined && isTemplated(text))) return;
  const meant = text?.trim().toLowerCase();
  yield {
    at: node,
    reason: { code: "boolean", args: { key } },
    ...(meant === "true" || meant === "false" ? change(node, meant === "true") : {}),
  };
}
