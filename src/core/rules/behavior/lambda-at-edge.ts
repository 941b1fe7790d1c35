import * as l10n from "@vscode/l10n";
import { type Behavior, lambdaEventsOf } from "../../cloudfront/distribution.ts";
import { relatedToMtls } from "../related.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const lambdaAtEdge: Rule<Behavior> = {
  id: "behavior/lambda-at-edge",
  severity: "error",
  requires: l10n.t("A behavior that sends requests to an mTLS origin has no Lambda@Edge function on origin-request or origin-response."),
  source: sources.originMtls,
  *check(behavior) {
    const events = lambdaEventsOf(behavior).filter(({ event }) => event === "origin-request" || event === "origin-response");
    const origins = events.length === 0 ? [] : behavior.origins.filter((origin) => origin.mtls !== "off");
    const [origin] = origins;
    if (origin === undefined) return;
    for (const { node, event } of events) {
      yield {
        at: node,
        origin: origin.id,
        message: l10n.t("Lambda@Edge on {0} is not supported with origin mTLS, which the origin {1} has.", event, origin.id ?? "?"),
        related: relatedToMtls(behavior, origins),
      };
    }
  },
};
