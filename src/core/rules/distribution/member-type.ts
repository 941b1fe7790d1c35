import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { type EmptyMembers, emptyMembers } from "../../cloudfront/empty-members.ts";
import { shapeOf } from "../../cloudfront/vocabulary.ts";
import { lostIn } from "../../dialect/lost-text.ts";
import { refusalOfAll } from "../../dialect/refusal.ts";
import type { MemberType } from "../../dialect/shape.ts";
import { dialectOf } from "../../dialect/view.ts";
import type { Change } from "../../document/change.ts";
import {
  type Container,
  type Json,
  type Node,
  numberOf,
  type ObjectNode,
  stringOf,
  valueOf,
} from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { mayBecomeMore, originFinder } from "../related.ts";
import type { Finding, Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  counted: ({ key }: { key: string }) => l10n.t("{0} must be an object with Quantity and Items.", key),
  object: ({ key }: { key: string }) => l10n.t("{0} must be an object.", key),
  list: ({ key }: { key: string }) => l10n.t("{0} must be a list.", key),
  number: ({ key }: { key: string }) => l10n.t("{0} must be a number.", key),
  boolean: ({ key }: { key: string }) => l10n.t("{0} must be true or false.", key),
  string: ({ key }: { key: string }) => l10n.t("{0} must be a string.", key),
  "item-object": ({ key }: { key: string }) => l10n.t("Each item of {0} must be an object.", key),
  "item-string": ({ key }: { key: string }) => l10n.t("Each item of {0} must be a string.", key),
  "item-number": ({ key }: { key: string }) => l10n.t("Each item of {0} must be a number.", key),
  null: ({ key, refusal }: { key: string; refusal: string }) =>
    l10n.t("{0} is null. {1} Leave out a member that has no value.", key, refusal),
  nulls: ({ count, refusal }: { count: number; refusal: string }) =>
    l10n.t(
      "{0} members are null, as an SDK writes members that have no value. {1} Leave out these members.",
      count,
      refusal,
    ),
  "nulls-in-template": ({ count, refusal }: { count: number; refusal: string }) =>
    l10n.t("{0} members are null. {1} Leave out these members.", count, refusal),
  "nulls-and-blanks": ({ count, blanks }: { count: number; blanks: number }) =>
    l10n.t(
      "{0} members have no value, as an SDK writes them: null, or an empty string for {1} of them. The AWS CLI rejects null, and an empty string is not a valid value of these members. Leave out these members.",
      count,
      blanks,
    ),
  "nulls-and-blanks-in-template": ({ count, blanks }: { count: number; blanks: number }) =>
    l10n.t(
      "{0} members have no value: null, or an empty string for {1} of them. CloudFormation rejects null, and an empty string is not a valid value of these members. Leave out these members.",
      count,
      blanks,
    ),
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
  "remove-one": ({ key }: { key: string }) => l10n.t("Remove {0}", key),
  "remove-all": ({ count }: { count: number }) => l10n.t("Remove the {0} members that have no value", count),
  wrap: ({ key }: { key: string }) => l10n.t("Write {0} as an object with Quantity and Items", key),
  enlist: ({ key }: { key: string }) => l10n.t("Write {0} as a list", key),
  change: ({ value }: { value: string }) => l10n.t("Change to {0}", value),
} satisfies Says;

export const memberType: Rule<Distribution, typeof says> = {
  id: "distribution/member-type",
  severity: "error",
  requires: l10n.t("A value must have the type of its member, for example a number and not a string."),
  source: sources.distributionConfig,
  says,
  *check(distribution) {
    const { soundUpTo, members } = distribution;
    const originOf = originFinder(distribution);
    const empty = emptyMembers(distribution);
    const nulls = new Set(empty.nulls.map(({ value }) => value));
    yield* withoutValue(empty, originOf);
    const found = members.mistyped.filter(
      ({ node, key }) => node.start < soundUpTo && !nulls.has(node) && !isJudgedElsewhere(key, node),
    );
    const cut = found.filter(({ node, type }) => lostIn(node, type) === "cut");
    // One finding for all: PowerShell cuts a whole level.
    const [first, another] = cut;
    if (first !== undefined && another !== undefined)
      yield { at: first.node, reason: { code: "cuts", args: { count: cut.length } } };
    for (const { node, type, called } of found) {
      const text = stringOf(node) ?? "";
      const lost = lostIn(node, type);
      if (lost === "cut" && another !== undefined) continue;
      if (lost === undefined && isTemplated(text)) continue;
      const fixes = [...unquoted(node, type), ...counted(node, type, called), ...listed(node, type, called)];
      // What stands here is not repeated: it may be a secret.
      yield {
        at: node,
        origin: originOf(node.parent),
        reason: {
          code: lost ?? (node.parent?.kind === "list" ? itemCode(type) : codeFor(type)),
          args: { key: called },
        },
        ...(fixes.length === 0 ? {} : { fixes }),
      };
    }
  },
};

/** One finding for all: there are dozens of them in what some SDKs write. */
function* withoutValue(
  { nulls, blanks }: EmptyMembers,
  originOf: (node: Container | undefined) => string | undefined,
): Iterable<Finding<ReasonOf<typeof says>>> {
  const [first, another] = nulls;
  if (first?.value === undefined) return;
  const all = [...nulls, ...blanks];
  const changes = all.map((entry): Change => ({ kind: "remove", entry }));
  const args = { count: all.length };
  const refusal = refusalOfAll(first.parent, "null");
  const isInTemplate = dialectOf(first.parent).deployedBy !== undefined;
  // An empty text is sent, so that leaving it out may change something.
  const safe = blanks.length === 0;
  const isOne = another === undefined && safe;
  yield {
    at: first.value,
    ...(isOne ? { origin: originOf(first.parent) } : {}),
    reason: isOne
      ? { code: "null", args: { key: first.spelled, refusal } }
      : safe
        ? { code: isInTemplate ? "nulls-in-template" : "nulls", args: { ...args, refusal } }
        : {
            code: isInTemplate ? "nulls-and-blanks-in-template" : "nulls-and-blanks",
            args: { ...args, blanks: blanks.length },
          },
    fixes: [
      {
        reason: isOne ? { code: "remove-one", args: { key: first.spelled } } : { code: "remove-all", args },
        safe,
        changes,
      },
    ],
  };
}

/** A plain list as the API counts it, where it is nothing but a list. */
function counted(node: Node, type: MemberType, key: string): readonly Fix<ReasonOf<typeof says>>[] {
  if (node.kind !== "list" || type.kind !== "shape") return [];
  const isList = shapeOf(type.shape).members.has("Items");
  const needs = shapeOf(type.shape).required.filter((name) => name !== "Quantity" && name !== "Items");
  if (!isList || needs.length > 0 || mayBecomeMore(node)) return [];
  const wrap = { kind: "wrap", node, key: "Items", before: { Quantity: node.items.length } } as const;
  return [{ reason: { code: "wrap", args: { key } }, safe: true, changes: [wrap] }];
}

/** One item, or the words of a list, in place of the list. */
function listed(node: Node, type: MemberType, key: string): readonly Fix<ReasonOf<typeof says>>[] {
  const shape = type.kind === "shape" ? shapeOf(type.shape) : undefined;
  const list = type.kind === "list" ? type : shape?.members.get("Items");
  if (list?.kind !== "list" || lostIn(node, type) !== undefined) return [];
  if (shape !== undefined) {
    if (shape.required.some((name) => name !== "Quantity" && name !== "Items")) return [];
    const items = itemsFrom(node, list.of);
    if (items === undefined || items.length === 0) return [];
    const value = { Quantity: items.length, Items: items };
    return [
      { reason: { code: "wrap", args: { key } }, safe: items.length === 1, changes: [{ kind: "set", node, value }] },
    ];
  }
  const isItem =
    node.kind === "object" && list.of.kind === "shape" && hasMemberOf(node, shapeOf(list.of.shape).members);
  const items = isItem ? undefined : itemsFrom(node, list.of);
  if (!isItem && items === undefined) return [];
  const count = items?.length ?? 1;
  const quantity = valueOf(node.parent, "Quantity");
  const isCounted = quantity === undefined || numberOf(quantity) === count;
  if (count === 0 && numberOf(quantity) !== 0) return [];
  // What are words and what is a text of several, the count tells.
  if (!isCounted && count > 1 && list.of.kind === "string") return [];
  const change: Change = items === undefined ? { kind: "enlist", node } : { kind: "set", node, value: items };
  return [
    {
      reason: { code: "enlist", args: { key } },
      safe: isCounted && (count === 1 || list.of.kind === "enum"),
      changes: isCounted || quantity === undefined ? [change] : [change, { kind: "set", node: quantity, value: count }],
    },
  ];
}

function hasMemberOf({ members }: ObjectNode, known: ReadonlyMap<string, MemberType>): boolean {
  return members.some(({ key }) => known.has(key));
}

/** The values of a list that is written as one text, or as its only value; `undefined` where it is not plain. */
function itemsFrom(node: Node, type: MemberType): readonly Json[] | undefined {
  if (type.kind === "number" && numberOf(node) !== undefined) return [numberOf(node) ?? 0];
  const text = stringOf(node);
  if (text === undefined || isTemplated(text)) return undefined;
  const words = text.split(/[\s,;]+/).filter((word) => word !== "");
  switch (type.kind) {
    case "number":
      return words.every((word) => /^[1-9][0-9]{0,8}$/.test(word)) ? words.map(Number) : undefined;
    case "enum":
      return words.every((word) => type.values.includes(word)) ? words : undefined;
    case "string":
      return words.every((word) => /^[\w.*:/@-]+$/.test(word)) ? words : undefined;
    default:
      return undefined;
  }
}

/** The block and its ARN are origin/client-certificate-arn's; null is no block. */
function isJudgedElsewhere(key: string, node: Node): boolean {
  return (
    key === "ClientCertificateArn" || (key === "OriginMtlsConfig" && !(node.kind === "scalar" && node.value === null))
  );
}

function codeFor(type: MemberType): "counted" | "object" | "list" | "number" | "boolean" | "string" {
  switch (type.kind) {
    case "shape":
      return shapeOf(type.shape).members.has("Quantity") ? "counted" : "object";
    case "enum":
      return "string";
    default:
      return type.kind;
  }
}

function itemCode(type: MemberType): "item-object" | "item-string" | "item-number" | ReturnType<typeof codeFor> {
  const code = codeFor(type);
  switch (code) {
    case "object":
    case "string":
    case "number":
      return `item-${code}`;
    default:
      return code;
  }
}

function unquoted(node: Node, type: MemberType): readonly Fix<ReasonOf<typeof says>>[] {
  const text = stringOf(node);
  const value: Json | undefined =
    type.kind === "boolean" && (text === "true" || text === "false")
      ? text === "true"
      : type.kind === "number" && text !== undefined && /^(0|[1-9][0-9]{0,8})$/.test(text)
        ? Number(text)
        : undefined;
  return value === undefined
    ? []
    : [
        {
          reason: { code: "change", args: { value: String(value) } },
          safe: false,
          changes: [{ kind: "set", node, value }],
        },
      ];
}
