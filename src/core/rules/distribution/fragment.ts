import * as l10n from "@vscode/l10n";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { shapeOfDistribution } from "../../cloudfront/part.ts";
import { shapes } from "../../cloudfront/vocabulary.ts";
import { nameOf } from "../../dialect/spell.ts";
import { memberOf } from "../../document/tree.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  config: ({ missing }: { missing: string }) =>
    l10n.t(
      "This file is only a part of a distribution configuration and cannot be sent to CloudFront, because an update replaces the whole configuration. Missing: {0}. Get the whole configuration with aws cloudfront get-distribution-config or the command Open Distribution Configuration…, and make the change there.",
      missing,
    ),
  part: ({ shape }: { shape: string }) =>
    l10n.t(
      "This file is only the {0} part of a distribution configuration and cannot be sent to CloudFront, because an update replaces the whole configuration. Get the whole configuration with aws cloudfront get-distribution-config or the command Open Distribution Configuration…, and make the change there.",
      shape,
    ),
} satisfies Says;

export const fragment: Rule<Distribution, typeof says> = {
  id: "distribution/fragment",
  severity: "info",
  requires: l10n.t("A request to CloudFront must contain the whole distribution configuration, not a part of it."),
  source: sources.updateDistribution,
  says,
  *check(distribution) {
    const { node, whole, complete, dialect } = distribution;
    // CloudFormation says what a template lacks.
    if (dialect.deployedBy !== undefined) return;
    // What stands in another object is for whoever reads that.
    if (whole || !complete || node.parent !== undefined || !isAboutMtls(distribution)) return;
    const shape = shapeOfDistribution(distribution);
    if (shape === undefined) return;
    const missing = (shapes.get(shape)?.required ?? []).filter((key) => memberOf(node, key) === undefined);
    yield {
      at: { start: node.start, end: node.start + 1 },
      reason:
        shape === "DistributionConfig"
          ? { code: "config", args: { missing: missing.map((key) => nameOf(node, key)) } }
          : { code: "part", args: { shape } },
    };
  },
};

/** Whoever keeps other parts of configs knows what they are for. */
function isAboutMtls({ origins, strayBlocks, viewerMtls }: Distribution): boolean {
  return (
    viewerMtls?.on === true ||
    strayBlocks.length > 0 ||
    origins.some(({ mtls, bareArns }) => mtls !== "off" || bareArns.length > 0)
  );
}
