import * as l10n from "@vscode/l10n";
import type { OfferReason } from "../cloudfront/completion.ts";
import type { SaysOf } from "../reason.ts";

/** What is said beside what may be written. */
export const offers = {
  "offer:required": ({ type }) => l10n.t("{0}, required", type),
  "offer:string": () => l10n.t("string"),
  "offer:number": () => l10n.t("number"),
  "offer:boolean": () => l10n.t("boolean"),
  "offer:list": () => l10n.t("list"),
  "offer:object": () => l10n.t("object"),
  "offer:in-this-config": () => l10n.t("in this configuration"),
  "offer:only-with-passthrough": () => l10n.t("required with passthrough"),
  "offer:origin-group": () => l10n.t("origin group"),
  "viewer-mode:required": () => l10n.t("Clients without a certificate that the trust store accepts are rejected."),
  "viewer-mode:optional": () =>
    l10n.t("Clients without a certificate are accepted. Clients with an invalid certificate are rejected."),
  "viewer-mode:passthrough": () =>
    l10n.t("CloudFront does not verify certificates. It passes them to the origin, which decides."),
} satisfies SaysOf<OfferReason>;
