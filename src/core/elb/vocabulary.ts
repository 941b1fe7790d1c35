import type { PayloadType } from "../dialect/payload.ts";

/** API_MutualAuthenticationAttributes: its members as the API spells them. */
export const names = {
  block: "MutualAuthentication",
  mode: "Mode",
  trustStore: "TrustStoreArn",
  ignoreExpiry: "IgnoreClientCertificateExpiry",
  advertise: "AdvertiseTrustStoreCaNames",
  association: "TrustStoreAssociationStatus",
} as const;

/** `off` is the default. The model says nothing of others, and has no enumeration. */
export const modes = ["off", "passthrough", "verify"] as const;
export type Mode = (typeof modes)[number];

const blockType: PayloadType = {
  kind: "object",
  members: {
    [names.mode]: { kind: "choice", values: modes },
    [names.trustStore]: { kind: "text" },
    [names.ignoreExpiry]: { kind: "flag" },
    [names.advertise]: { kind: "choice", values: ["on", "off"] },
  },
  starts: { [names.mode]: "" },
};

/** The inputs, as completion offers them. */
export const inputTypes = {
  block: blockType,
  listener: {
    kind: "object",
    members: {
      Protocol: { kind: "choice", values: ["HTTPS", "TLS", "HTTP"] },
      [names.block]: blockType,
    },
  },
} as const satisfies Record<string, PayloadType>;
