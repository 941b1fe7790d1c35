import * as l10n from "@vscode/l10n";
import { type Behavior, grpcOf } from "../../cloudfront/distribution.ts";
import type { Says } from "../../reason.ts";
import { mtlsOriginsOf, relatedToMtls } from "../related.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  grpc: ({ origin }: { origin: string }) =>
    l10n.t("gRPC is not supported with origin mTLS. Origin {0} has origin mTLS.", origin),
} satisfies Says;

export const grpc: Rule<Behavior, typeof says> = {
  id: "behavior/grpc",
  severity: "error",
  requires: l10n.t("A cache behavior for an origin with mTLS must not have gRPC enabled."),
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
