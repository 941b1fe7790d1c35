import * as l10n from "@vscode/l10n";
import { type Behavior, lambdaEventsOf } from "../../cloudfront/distribution.ts";
import type { Says } from "../../reason.ts";
import { relatedToViewerMtls } from "../related.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  lambda: ({ event }: { event: string }) =>
    l10n.t("Lambda@Edge (on {0}) is not supported with viewer mTLS in passthrough mode.", event),
} satisfies Says;

export const passthroughLambdaAtEdge: Rule<Behavior, typeof says> = {
  id: "viewer-mtls/passthrough-lambda-at-edge",
  severity: "error",
  requires: l10n.t("In passthrough mode, cache behaviors must not have a Lambda@Edge function."),
  source: sources.viewerMtlsModes,
  says,
  concerns: ({ distribution }) => distribution.viewerMtls?.says === "passthrough",
  *check(behavior) {
    const { distribution } = behavior;
    for (const { node, event } of lambdaEventsOf(behavior)) {
      if (node.start >= distribution.soundUpTo) return;
      yield {
        at: node,
        reason: { code: "lambda", args: { event } },
        related: relatedToViewerMtls(distribution),
      };
    }
  },
};
