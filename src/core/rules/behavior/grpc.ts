import * as l10n from "@vscode/l10n";
import { type Behavior, grpcOf } from "../../cloudfront/distribution.ts";
import type { Says } from "../../reason.ts";
import { mtlsOriginsOf, relatedToMtls } from "../related.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  grpc: ({ origin }: { origin: string }) =>
    l10n.t("gRPC is not supported with origin mTLS, which the origin {0} has.", origin),
} satisfies Says;

export const grpc: Rule<Behavior, typeof says> = {
  id: "behavior/grpc",
  severity: "error",
  requires: l10n.t("A behavior that sends requests to an mTLS origin must not have gRPC turned on."),
  source: sources.originMtls,
  says,
  *check(behavior) {
    const enabled = grpcOf(behavior);
    const origins = enabled === undefined ? [] : mtlsOriginsOf(behavior);
    const [origin] = origins;
    if (enabled === undefined || origin === undefined) return;
    yield {
      at: enabled,
      origin: origin.id,
      reason: { code: "grpc", args: { origin: origin.id ?? "?" } },
      related: relatedToMtls(behavior, origins),
    };
  },
};
