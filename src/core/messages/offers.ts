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
  "offer:parameter": () => l10n.t("parameter of this template"),
  "offer:origin-group": () => l10n.t("origin group"),
  "cache-policy:none": () => l10n.t("no caching"),
  "cache-policy:day": () => l10n.t("caches for 24 hours by default"),
  "cache-policy:headers": () => l10n.t("caches as Cache-Control of the origin says"),
  "cache-policy:headers-and-query": () => l10n.t("caches as Cache-Control of the origin says, by query string"),
  "cache-policy:amplify": () => l10n.t("for AWS Amplify web apps"),
  "cache-policy:media-package": () => l10n.t("for AWS Elemental MediaPackage"),
  "cache-policy:cached": () =>
    l10n.t(
      "CloudFront answers from the cache without a request to the origin, and origin mTLS applies only to requests to the origin. Viewer mTLS applies to every connection of a viewer.",
    ),
  "cache-policy:uncached": () =>
    l10n.t(
      "Every request goes to the origin. Viewer mTLS in passthrough mode requires this policy in every cache behavior.",
    ),
  "request-policy:all": () => l10n.t("all headers of the viewer"),
  "request-policy:all-but-host": () => l10n.t("all headers of the viewer, except Host"),
  "request-policy:host-only": () => l10n.t("only the Host header"),
  "request-policy:few": () => l10n.t("only a few headers"),
  "request-policy:host": () =>
    l10n.t("The origin receives the Host header of the viewer, and its server certificate must match that name."),
  "request-policy:no-host": () =>
    l10n.t(
      "The origin does not receive the Host header of the viewer. Its server certificate must match its DomainName.",
    ),
  "request-policy:no-certificates": () =>
    l10n.t("Not for viewer mTLS in passthrough mode: Client-Cert and Client-Cert-Chain are not included."),
  "viewer-mode:required": () => l10n.t("Clients without a certificate that the trust store accepts are rejected."),
  "viewer-mode:optional": () =>
    l10n.t("Clients without a certificate are accepted. Clients with an invalid certificate are rejected."),
  "viewer-mode:passthrough": () =>
    l10n.t("CloudFront does not verify certificates. It passes them to the origin, which decides."),
} satisfies SaysOf<OfferReason>;
