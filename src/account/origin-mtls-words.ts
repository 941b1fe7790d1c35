// What is said of a change to origin mTLS, be it made in a file or in AWS.
import * as l10n from "@vscode/l10n";
import { certificateId } from "../core/acm/name.ts";
import { parseArn } from "../core/arn.ts";
import { httpsPortOf, type Origin } from "../core/cloudfront/distribution.ts";
import { becomesHttpsOnly, type OriginIntent, type OriginUnfit } from "../core/cloudfront/intent.ts";
import { stringOf } from "../core/document/tree.ts";
import { originMtlsPlans } from "../core/messages/explain/cloudfront.ts";
import { dayText } from "../core/messages/format.ts";
import { proofInShort } from "../core/messages/probe/proof.ts";
import { asksForCertificate, type Proof } from "../core/probe/proof.ts";
import { isEnforced } from "../core/probe/verdicts.ts";

/** What an intent is, before it is complete. */
export type Kind = OriginIntent["kind"];

export function titleOf(kind: Kind): string {
  switch (kind) {
    case "enable":
      return l10n.t("Enable Origin mTLS");
    case "disable":
      return l10n.t("Disable Origin mTLS");
    case "change-certificate":
      return l10n.t("Change Client Certificate");
  }
}

/** With what it is done to. */
export function titleFor(kind: Kind, what: string): string {
  switch (kind) {
    case "enable":
      return l10n.t("Enable Origin mTLS: {0}", what);
    case "disable":
      return l10n.t("Disable Origin mTLS: {0}", what);
    case "change-certificate":
      return l10n.t("Change Client Certificate: {0}", what);
  }
}

/** Inside a sentence. */
export function originName(origin: Origin): string {
  return originOwnName(origin) ?? l10n.t("the origin");
}

/** By itself, as in a list. */
export function originLabel(origin: Origin): string {
  return originOwnName(origin) ?? l10n.t("Origin");
}

/** `undefined` where the document does not say it. */
export function originOwnName(origin: Origin): string | undefined {
  return origin.id ?? stringOf(origin.domainName);
}

export function unfitReason(unfit: OriginUnfit): string {
  switch (unfit) {
    case "s3":
      return l10n.t("S3 origins do not support origin mTLS. Use origin access control.");
    case "vpc":
      return l10n.t("VPC origins do not support origin mTLS.");
    case "s3-website":
      return l10n.t("S3 website endpoints support HTTP only.");
    case "execute-api":
      return l10n.t(
        "The default endpoint of an API never requests a client certificate. Use a custom domain name instead.",
      );
    case "lambda-url":
      return l10n.t("Lambda function URLs never request a client certificate.");
    case "no-custom-origin-config":
      return l10n.t("The origin has no CustomOriginConfig.");
    case "unclear-blocks":
      return l10n.t(
        "CloudFront does not accept the origin mTLS settings as written. Correct them first. Use the Quick Fix if one is available.",
      );
    case "conditional":
      return decidedByCondition();
    case "already-off":
      return l10n.t("mTLS is already off.");
    case "not-on":
      return l10n.t("mTLS is off. Enable it instead.");
  }
}

/** Why nothing is changed where a template has several settings, or some and none: also those of other mutual TLS. */
export function decidedByCondition(): string {
  return l10n.t("The template decides by a condition whether mutual TLS is on here. Change it in the template itself.");
}

/** An ARN is wider than a pick, and what tells two apart is its end: that comes first. */
export function certificateLabel(certificate: string): { label: string; description?: string } {
  const arn = parseArn(certificate);
  if (arn === undefined) return { label: certificate };
  return {
    label: certificateId(certificate),
    description: [arn.region, arn.account].filter((part) => part !== "").join(" · "),
  };
}

/** Whether a server that was probed asks for a certificate; `undefined`: nobody probed it, or too long ago. */
export type ProvedOrigin = (origin: Origin) => Pick<Proof, "verdict" | "at"> | undefined;

/**
 * What has to be done outside, and in which order; each line short enough for a pick. CloudFront drops requests to an
 * origin that asks while mTLS is off, and presents nothing unasked: it is first to be enabled, and last to be disabled
 * (CFDG/RequestAndResponseBehaviorCustomOrigin).
 * @param inTemplate the distribution is updated with its stack
 */
export function originAdvice(
  kind: Kind,
  origins: readonly Origin[],
  {
    inTemplate = false,
    proved = () => undefined,
  }: { readonly inTemplate?: boolean; readonly proved?: ProvedOrigin } = {},
): { label: string; detail?: string }[] {
  const secondly = inTemplate
    ? l10n.t("$(list-ordered) 2. Then deploy the stack")
    : l10n.t("$(list-ordered) 2. Then update the distribution");
  switch (kind) {
    case "disable": {
      const seen = origins.map((origin) => stillAsking(origin, proved(origin)));
      return [
        ...seen.filter(({ isAsking }) => isAsking).map(({ line }) => line),
        {
          label: l10n.t("$(list-ordered) 1. Configure the origin to stop requesting a client certificate"),
          detail: l10n.t("If the origin still requests one, CloudFront drops the requests."),
        },
        { label: secondly },
        ...seen.filter(({ isAsking }) => !isAsking).map(({ line }) => line),
        {
          label: l10n.t("$(shield) After this change, any client that can reach the origin can call it"),
          detail: l10n.t("Only other controls, if any, protect the origin."),
        },
      ];
    }
    case "change-certificate":
      return [
        {
          label: l10n.t("$(list-ordered) 1. Configure the origin to also trust the issuer of the new certificate"),
          detail: l10n.t("Keep the trust in the old issuer until the update is deployed."),
        },
        { label: secondly },
        ...origins.flatMap((origin) => provedLine(origin, proved(origin))),
      ];
    case "enable": {
      const before = origins.filter(becomesHttpsOnly);
      const ports = [...new Set(before.map(httpsPortOf))].join(", ");
      const https = {
        label: l10n.t("$(lock) The origin must support HTTPS on port {0}", ports),
        detail: l10n.t(
          "OriginProtocolPolicy becomes https-only. The server certificate of the origin must be issued by a public CA.",
        ),
      };
      return [
        ...origins.flatMap((origin) => alreadyAsking(origin, proved(origin))),
        {
          label: inTemplate
            ? l10n.t("$(list-ordered) 1. Deploy the stack and wait until it is complete")
            : l10n.t("$(list-ordered) 1. Update the distribution and wait until it is deployed"),
        },
        {
          label: l10n.t("$(list-ordered) 2. Then configure the origin to require the certificate"),
          detail: l10n.t("In the reverse order, CloudFront drops the requests in the meantime."),
        },
        {
          label: l10n.t("$(list-ordered) 3. Then run {0} to check that other clients are refused", verifyOrigin()),
        },
        {
          label: l10n.t("$(shield) The origin must require a client certificate"),
          detail: l10n.t(
            "CloudFront presents a certificate only when the origin requests one. Until then, nothing is protected.",
          ),
        },
        ...(before.length === 0 ? [] : [https]),
        { label: `$(info) ${originMtlsPlans()}` },
      ];
    }
  }
}

/** What the command is called that probes an origin. */
function verifyOrigin(): string {
  return l10n.t("Verify Origin");
}

/** Before mTLS is disabled: whether the origin stopped asking, as far as anybody looked. */
function stillAsking(
  origin: Origin,
  proof: ReturnType<ProvedOrigin>,
): { readonly isAsking: boolean; readonly line: { label: string; detail?: string } } {
  const name = originLabel(origin);
  if (proof === undefined)
    return {
      isAsking: false,
      line: {
        label: l10n.t("$(question) It is not known whether {0} still requests a certificate", name),
        detail: l10n.t("Run {0} after you changed the origin.", verifyOrigin()),
      },
    };
  const day = dayText(new Date(proof.at));
  return asksForCertificate(proof.verdict)
    ? {
        isAsking: true,
        line: {
          label: l10n.t("$(warning) {0} still requested a certificate on {1}", name, day),
          detail: l10n.t("Change the origin first. Then run {0} again.", verifyOrigin()),
        },
      }
    : { isAsking: false, line: { label: l10n.t("$(pass) {0} requested no certificate on {1}", name, day) } };
}

/** Before mTLS is enabled: an origin that asks gets nothing from CloudFront until then. */
function alreadyAsking(origin: Origin, proof: ReturnType<ProvedOrigin>): { label: string; detail?: string }[] {
  if (proof === undefined || !asksForCertificate(proof.verdict)) return [];
  const day = dayText(new Date(proof.at));
  return [
    {
      label: l10n.t("$(warning) {0} already requested a certificate on {1}", originLabel(origin), day),
      detail: l10n.t("CloudFront drops its requests until this update is deployed."),
    },
  ];
}

/** What was proved of an origin that is verified with another certificate from then on. */
function provedLine(origin: Origin, proof: ReturnType<ProvedOrigin>): { label: string; detail?: string }[] {
  if (proof === undefined) return [];
  const label =
    isEnforced(proof.verdict) === true
      ? l10n.t("$(pass) {0}: {1}", originLabel(origin), proofInShort(proof))
      : l10n.t("$(warning) {0}: {1}", originLabel(origin), proofInShort(proof));
  return [{ label, detail: l10n.t("After the update, run {0} again.", verifyOrigin()) }];
}
