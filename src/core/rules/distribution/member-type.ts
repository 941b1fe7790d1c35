import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { shapeOf } from "../../cloudfront/vocabulary.ts";
import type { MemberType } from "../../dialect/shape.ts";
import { type Json, type Node, stringOf } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { originFinder } from "../related.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  counted: ({ key }: { key: string }) => l10n.t("{0} must be an object with Quantity and Items.", key),
  object: ({ key }: { key: string }) => l10n.t("{0} must be an object.", key),
  list: ({ key }: { key: string }) => l10n.t("{0} must be a list.", key),
  number: ({ key }: { key: string }) => l10n.t("{0} must be a number.", key),
  boolean: ({ key }: { key: string }) => l10n.t("{0} must be true or false.", key),
  string: ({ key }: { key: string }) => l10n.t("{0} must be a string.", key),
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
    for (const { node, type, key, called } of members.mistyped) {
      if (node.start >= soundUpTo || isJudgedElsewhere(key, node) || isTemplated(stringOf(node) ?? "")) continue;
      const fixes = unquoted(node, type);
      // What stands here is not repeated: it may be a secret.
      yield {
        at: node,
        origin: originOf(node.parent),
        reason: { code: codeFor(type), args: { key: called } },
        ...(fixes.length === 0 ? {} : { fixes }),
      };
    }
  },
};

/** The block and its ARN are origin/client-certificate-arn's; null is no block. */
function isJudgedElsewhere(key: string, node: Node): boolean {
  return (
    key === "ClientCertificateArn" || (key === "OriginMtlsConfig" && !(node.kind === "scalar" && node.value === null))
  );
}

function codeFor(type: MemberType): Exclude<keyof typeof says, "change"> {
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
