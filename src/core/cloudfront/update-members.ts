import { memberOf, type ObjectNode, stringOf, valueOf } from "../document/tree.ts";
import type { SharedReason } from "../reason.ts";
import type { Distribution } from "./distribution.ts";
import { isNothing } from "./origin-mtls.ts";

/** What `UpdateDistribution` needs and `CreateDistribution` does not (CFDG/distribution-overview-required-fields). */
const ofConfig = [
  "Aliases",
  "DefaultRootObject",
  "CacheBehaviors",
  "CustomErrorResponses",
  "Logging",
  "PriceClass",
  "ViewerCertificate",
  "Restrictions",
  "WebACLId",
  "HttpVersion",
] as const;
const ofBehaviors = [
  "AllowedMethods",
  "SmoothStreaming",
  "Compress",
  "LambdaFunctionAssociations",
  "FieldLevelEncryptionId",
] as const;
/** By reports, not by that page. */
const ofCustomOrigins = ["OriginSslProtocols", "OriginReadTimeout"] as const;

export type UpdateReason = SharedReason &
  (
    | { readonly code: "update:config"; readonly args: { readonly keys: readonly string[] } }
    | { readonly code: "update:behaviors"; readonly args: { readonly keys: readonly string[] } }
    | { readonly code: "update:reported"; readonly args: { readonly keys: readonly string[] } }
  );

/** What an update with a config would lack, each time one sentence; nothing where the config is a part of one. */
export function missingForUpdate({ node, whole, complete, behaviors, origins }: Distribution): readonly UpdateReason[] {
  // The page is about standard distributions: others cannot have all of these.
  if (!whole || !complete || stringOf(valueOf(node, "ConnectionMode")) === "tenant-only") return [];
  const config = absentIn(ofConfig, [node]);
  const inBehaviors = absentIn(
    ofBehaviors,
    behaviors.map((behavior) => behavior.node),
  );
  const inOrigins = absentIn(
    ofCustomOrigins,
    origins.flatMap(({ custom }) => custom ?? []),
  );
  const reasons: readonly UpdateReason[] = [
    { code: "update:config", args: { keys: config } },
    { code: "update:behaviors", args: { keys: inBehaviors } },
    { code: "update:reported", args: { keys: inOrigins } },
  ];
  return reasons.filter(({ args: { keys } }) => keys.length > 0);
}

function absentIn(keys: readonly string[], objects: readonly ObjectNode[]): readonly string[] {
  return keys.filter((key) =>
    objects.some((object) => {
      const member = memberOf(object, key);
      return member === undefined || isNothing(member);
    }),
  );
}
