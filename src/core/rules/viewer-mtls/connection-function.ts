import * as l10n from "@vscode/l10n";
import { describeArn, isTemplated, parseArn } from "../../arn.ts";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { homeOf } from "../../cloudfront/viewer-mtls.ts";
import { memberOf, stringOf, valueOf } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Finding, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  empty: () => l10n.t("The Id is empty. Enter the ID of the connection function."),
  "other-resource": ({ resource }: { resource: string }) =>
    l10n.t("This is {0}. ConnectionFunctionAssociation must name a connection function.", resource),
  "no-mtls": ({ key }: { key: string }) =>
    l10n.t(
      "{0} requires viewer mTLS, which is off. Add ViewerMtlsConfig with a mode and a trust store, or remove {0}.",
      key,
    ),
  "no-mode": ({ key }: { key: string }) =>
    l10n.t(
      "{0} requires viewer mTLS, which is off: ViewerMtlsConfig is empty. Set a mode and a trust store in it, or remove {0}.",
      key,
    ),
  passthrough: ({ key }: { key: string }) =>
    l10n.t(
      "In passthrough mode, there is no trust store, and CloudFront verifies no certificate. A connection function requires a trust store. Remove {0}, or use another mode with a trust store.",
      key,
    ),
  mode: () => l10n.t("The mode is set here."),
  remove: ({ key }: { key: string }) => l10n.t("Remove {0}", key),
} satisfies Says;

export const connectionFunction: Rule<Distribution, typeof says> = {
  id: "viewer-mtls/connection-function",
  severity: "error",
  requires: l10n.t(
    "ConnectionFunctionAssociation must name a connection function, and requires viewer mTLS with a trust store.",
  ),
  source: sources.connectionFunctionAssociation,
  says,
  *check(distribution) {
    const { node: config, soundUpTo } = distribution;
    yield* mtlsFor(distribution);
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

/** CloudFront runs the function once a trust store has verified the certificate. */
function* mtlsFor({
  node,
  whole,
  complete,
  viewerMtls,
  members,
}: Distribution): Iterable<Finding<ReasonOf<typeof says>>> {
  const member = memberOf(node, "ConnectionFunctionAssociation");
  if (member?.value?.kind !== "object" || !complete) return;
  const key = member.spelled;
  if (viewerMtls?.says === "passthrough") {
    yield {
      at: member.keySpan,
      severity: "warning",
      source: sources.connectionFunctions,
      reason: { code: "passthrough", args: { key } },
      ...(viewerMtls.mode === undefined ? {} : { related: [{ at: viewerMtls.mode, reason: { code: "mode" } }] }),
    };
    return;
  }
  // A block that is empty, says no or stands elsewhere is another finding, or still being written.
  const isMeant = members.unknown.some(
    ({ member: other, shape, meant }) =>
      meant === "ViewerMtlsConfig" || (other.key !== member.key && homeOf(other, shape.name) === "DistributionConfig"),
  );
  if (!whole || viewerMtls?.mode !== undefined || viewerMtls?.trustStoreConfig !== undefined || isMeant) return;
  yield {
    at: member.keySpan,
    source: sources.connectionFunctions,
    reason: { code: viewerMtls?.object?.members.length === 0 ? "no-mode" : "no-mtls", args: { key } },
    fixes: [{ reason: { code: "remove", args: { key } }, safe: false, changes: [{ kind: "remove", entry: member }] }],
  };
}
