import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { type MemberType, shapeOf } from "../../cloudfront/vocabulary.ts";
import { type Json, type Node, stringOf } from "../../document/tree.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const memberType: Rule<Distribution> = {
  id: "distribution/member-type",
  severity: "error",
  requires: l10n.t("A value has the type of its member: a number is not written as a text."),
  source: sources.distributionConfig,
  *check({ soundUpTo, members }) {
    for (const { node, type, key } of members.mistyped) {
      // The block and its ARN are judged by origin/client-certificate-arn.
      if (node.start >= soundUpTo || key === "OriginMtlsConfig" || key === "ClientCertificateArn" || isTemplated(stringOf(node) ?? "")) continue;
      const fixes = unquoted(node, type);
      // What stands here is not repeated: it may be a secret.
      yield { at: node, message: l10n.t("{0} takes {1}. The AWS CLI refuses anything else.", key, nameOf(type)), ...(fixes.length === 0 ? {} : { fixes }) };
    }
  },
};

function nameOf(type: MemberType): string {
  switch (type.kind) {
    case "shape":
      return shapeOf(type.shape).members.has("Quantity") ? l10n.t("an object with Quantity and Items") : l10n.t("an object");
    case "list":
      return l10n.t("a list");
    case "number":
      return l10n.t("a number");
    case "boolean":
      return l10n.t("true or false");
    case "enum":
    case "string":
      return l10n.t("a text");
  }
}

function unquoted(node: Node, type: MemberType): readonly Fix[] {
  const text = stringOf(node);
  const value: Json | undefined =
    type.kind === "boolean" && (text === "true" || text === "false") ? text === "true" : type.kind === "number" && text !== undefined && /^(0|[1-9][0-9]{0,8})$/.test(text) ? Number(text) : undefined;
  return value === undefined ? [] : [{ title: l10n.t("Change to {0}", String(value)), safe: false, changes: [{ kind: "set", node, value }] }];
}
