import * as l10n from "@vscode/l10n";
import { describeArn, isTemplated, parseArn } from "../../arn.ts";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { stringOf, valueOf } from "../../document/tree.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  empty: () => l10n.t("The Id is empty. Enter the ID of the connection function."),
  "other-resource": ({ resource }: { resource: string }) =>
    l10n.t("This is {0}. ConnectionFunctionAssociation must name a connection function.", resource),
} satisfies Says;

export const connectionFunction: Rule<Distribution, typeof says> = {
  id: "viewer-mtls/connection-function",
  severity: "error",
  requires: l10n.t("ConnectionFunctionAssociation must name a connection function, not another kind of function."),
  source: sources.connectionFunctionAssociation,
  says,
  *check({ node: config, soundUpTo }) {
    const node = valueOf(config, "ConnectionFunctionAssociation", "Id");
    const value = stringOf(node)?.trim();
    if (node === undefined || value === undefined || node.start >= soundUpTo || isTemplated(value)) return;
    const arn = parseArn(value);
    if (value === "") yield { at: node, reason: { code: "empty" } };
    else if (arn !== undefined && !(arn.service === "cloudfront" && arn.resource.startsWith("connection-function/"))) {
      yield { at: node, reason: { code: "other-resource", args: { resource: describeArn(arn) } } };
    }
  },
};
