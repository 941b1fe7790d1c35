import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { type EmptyMembers, emptyMembers } from "../../cloudfront/empty-members.ts";
import { shapeOf } from "../../cloudfront/vocabulary.ts";
import type { MemberType } from "../../dialect/shape.ts";
import type { Change } from "../../document/change.ts";
import { type Container, type Json, type Node, numberOf, stringOf, valueOf } from "../../document/tree.ts";
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
  null: ({ key }: { key: string }) =>
    l10n.t("{0} is null. The AWS CLI rejects null. Leave out a member that has no value.", key),
  nulls: ({ count }: { count: number }) =>
    l10n.t(
      "{0} members are null, as an SDK writes members that have no value. The AWS CLI rejects null. Leave out these members.",
      count,
    ),
  "nulls-and-blanks": ({ count, blanks }: { count: number; blanks: number }) =>
    l10n.t(
      "{0} members have no value, as an SDK writes them: null, or an empty string for {1} of them. The AWS CLI rejects null, and an empty string is not a valid value of these members. Leave out these members.",
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
      const fixes = [...unquoted(node, type), ...counted(node, type, called)];
      // What stands here is not repeated: it may be a secret.
      yield {
        at: node,
        origin: originOf(node.parent),
        reason: { code: lost ?? codeFor(type), args: { key: called } },
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
  // An empty text is sent, so that leaving it out may change something.
  const safe = blanks.length === 0;
  const isOne = another === undefined && safe;
  yield {
    at: first.value,
    ...(isOne ? { origin: originOf(first.parent) } : {}),
    reason: isOne
      ? { code: "null", args: { key: first.spelled } }
      : safe
        ? { code: "nulls", args }
        : { code: "nulls-and-blanks", args: { ...args, blanks: blanks.length } },
    fixes: [
      {
        reason: isOne ? { code: "remove-one", args: { key: first.spelled } } : { code: "remove-all", args },
        safe,
        changes,
      },
    ],
  };
}

/** What programs write in place of an object that they do not write out. */
function lostIn(node: Node, type: MemberType): "cut" | "lost" | undefined {
  const text = type.kind === "shape" || type.kind === "list" ? stringOf(node) : undefined;
  if (text === undefined) return undefined;
  if (/^(@\{[^]*\}|System\.(Object\[\]|Collections\.[\w.`[\]]+)|Amazon\.CloudFront\.Model\.\w+)$/.test(text))
    return "cut";
  // The items of a list, one behind the other.
  const words = text.split(" ");
  if (words.length > 1 && type.kind === "list" && numberOf(valueOf(node.parent, "Quantity")) === words.length)
    return "cut";
  if (words.every((word) => /^Amazon\.CloudFront\.Model\.\w+$/.test(word))) return "cut";
  return text === "[object Object]" ? "lost" : undefined;
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
