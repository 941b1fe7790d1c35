import * as l10n from "@vscode/l10n";
import { type Behavior, lambdaEventsOf } from "../../cloudfront/distribution.ts";
import type { Says } from "../../reason.ts";
import { mtlsOriginsOf, relatedToMtls } from "../related.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  lambda: ({ event, origin }: { event: string; origin: string }) =>
    l10n.t("Lambda@Edge on {0} is not supported with origin mTLS. Origin {1} has origin mTLS.", event, origin),
} satisfies Says;

export const lambdaAtEdge: Rule<Behavior, typeof says> = {
  id: "behavior/lambda-at-edge",
  severity: "error",
  requires: l10n.t(
    "A cache behavior for an origin with mTLS must not have a Lambda@Edge function on origin-request or origin-response.",
  ),
  source: sources.originMtls,
  says,
  *check(behavior) {
    const events = lambdaEventsOf(behavior).filter(
      ({ event }) => event === "origin-request" || event === "origin-response",
    );
    const origins = events.length === 0 ? [] : mtlsOriginsOf(behavior);
    const [origin] = origins;
    if (origin === undefined) return;
    const related = relatedToMtls(behavior, origins);
    for (const { node, event } of events) {
      yield {
        at: node,
        origin: origin.id,
        reason: { code: "lambda", args: { event, origin: origin.id ?? "?" } },
        related,
      };
    }
  },
};
