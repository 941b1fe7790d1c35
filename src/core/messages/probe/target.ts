import * as l10n from "@vscode/l10n";
import type { NoTarget, TargetRemark } from "../../probe/target.ts";
import type { SaysOf } from "../../reason.ts";
import { numberText } from "../format.ts";
import { shown } from "../x509/describe.ts";

/** Why there is nothing to verify. */
export const noTargets: SaysOf<NoTarget> = {
  "probe:http-only-origin": () =>
    l10n.t(
      "CloudFront connects to this origin with HTTP only (http-only), so there is no TLS to verify. Set OriginProtocolPolicy to https-only first.",
    ),
  "probe:bucket-origin": () =>
    l10n.t("This origin is an S3 bucket. Buckets never request a client certificate, so there is nothing to verify."),
  "probe:vpc-origin": () =>
    l10n.t(
      "This is a VPC origin. It is in a private network that this computer cannot be assumed to reach, and CloudFront presents no client certificate to it.",
    ),
  "probe:no-origin": () => l10n.t("The distribution has no origins, so there is nothing to verify."),
  "probe:no-viewer-mtls": () =>
    l10n.t("Viewer mTLS is off for this distribution, so there is nothing to verify for its viewers."),
  "probe:listener-without-tls": ({ protocol }) =>
    l10n.t("The protocol of this listener is {0}, so there is no TLS to verify.", shown(protocol)),
};

/** What is to be known before something is verified. */
export const targetRemarks: SaysOf<TargetRemark> = {
  "probe:host-forwarded": () =>
    l10n.t("CloudFront forwards the Host header of viewers to this origin, so each alias is tried as the name."),
  "probe:no-alias": () =>
    l10n.t(
      "CloudFront forwards the Host header of viewers to this origin, but no alias of the distribution is known. The domain name of the origin is tried instead.",
    ),
  "probe:unknown-alias": () => l10n.t("Some aliases are set by the template and were not tried."),
  "probe:wildcard-alias": ({ alias }) =>
    l10n.t("The alias “{0}” stands for many names and was not tried. Choose one of them as the name.", shown(alias)),
  "probe:wildcard-name": ({ name }) =>
    l10n.t("The domain name “{0}” stands for many names. Choose one of them as the server.", shown(name)),
  "probe:match-viewer": () =>
    l10n.t(
      "CloudFront connects to this origin with TLS only for requests that viewers make with HTTPS (match-viewer). Requests with HTTP bypass mutual TLS.",
    ),
  "probe:unknown-host-policy": () =>
    l10n.t(
      "A policy that is not an AWS managed policy may forward the Host header of viewers. The domain name of the origin was tried. If the policy forwards Host, choose an alias as the name.",
    ),
  "probe:lets-in-by-mode": ({ mode }) =>
    l10n.t("The configured mode is {0}: clients without a valid certificate are let in on purpose.", shown(mode)),
  "probe:more-names": ({ left }) => l10n.t("{0} more names were not tried.", numberText(left)),
};
