// What is said of a change to origin mTLS, be it made in a file or in AWS.
import * as l10n from "@vscode/l10n";
import { certificateId } from "../core/acm/name.ts";
import { parseArn } from "../core/arn.ts";
import type { Origin } from "../core/cloudfront/distribution.ts";
import { becomesHttpsOnly, type Intent, type Unfit } from "../core/cloudfront/intent.ts";
import { numberOf, valueOf } from "../core/document/tree.ts";

/** What an intent is, before it is complete. */
export type Kind = Intent["kind"];

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

/** How many steps it takes to choose what is meant, and to say yes. */
export function stepsOf(kind: Kind): number {
  return kind === "disable" ? 2 : 3;
}

export function unfitReason(unfit: Unfit): string {
  switch (unfit) {
    case "s3":
      return l10n.t("S3 origins have no origin mTLS; use an origin access control.");
    case "vpc":
      return l10n.t("VPC origins have no origin mTLS.");
    case "s3-website":
      return l10n.t("An S3 website endpoint speaks plain HTTP only.");
    case "execute-api":
      return l10n.t("The default endpoint of an API never asks for a client certificate; use a custom domain.");
    case "lambda-url":
      return l10n.t("A Lambda function URL never asks for a client certificate.");
    case "no-custom-origin-config":
      return l10n.t("It has no CustomOriginConfig.");
    case "unclear-blocks":
      return l10n.t(
        "Its mTLS block is not written as CloudFront reads it. Correct that first; the light bulb helps where it can.",
      );
    case "already-off":
      return l10n.t("mTLS is off already.");
    case "not-on":
      return l10n.t("mTLS is off: enable it instead.");
  }
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

/** What has to be done outside, and in which order; each line short enough for a pick. */
export function originAdvice(kind: Kind, origins: readonly Origin[]): { label: string; detail?: string }[] {
  switch (kind) {
    case "disable":
      return [
        {
          label: l10n.t("$(list-ordered) 1. Let the origin stop asking for a client certificate"),
          detail: l10n.t("If the origin still asks for one, CloudFront drops the requests."),
        },
        { label: l10n.t("$(list-ordered) 2. Then update the distribution") },
        {
          label: l10n.t("$(shield) After this, anyone who can reach the origin can call it"),
          detail: l10n.t("Unless something else protects it."),
        },
      ];
    case "change-certificate":
      return [
        {
          label: l10n.t("$(list-ordered) 1. Let the origin trust the issuer of the new certificate as well"),
          detail: l10n.t("And keep trusting the old one until the update is deployed."),
        },
        { label: l10n.t("$(list-ordered) 2. Then update the distribution") },
      ];
    case "enable": {
      const before = origins.filter(becomesHttpsOnly);
      const ports = [...new Set(before.map(({ custom }) => numberOf(valueOf(custom, "HTTPSPort")) ?? 443))].join(", ");
      const https = {
        label: l10n.t("$(lock) The origin must answer HTTPS on port {0}", ports),
        detail: l10n.t("OriginProtocolPolicy becomes https-only; a public CA must have issued its certificate."),
      };
      return [
        { label: l10n.t("$(list-ordered) 1. Update the distribution and wait until it is deployed") },
        {
          label: l10n.t("$(list-ordered) 2. Then let the origin require the certificate"),
          detail: l10n.t("The other way round, the origin refuses CloudFront in between."),
        },
        {
          label: l10n.t("$(shield) The origin must require a client certificate"),
          detail: l10n.t("CloudFront presents one only when asked: until then nothing is protected."),
        },
        ...(before.length === 0 ? [] : [https]),
      ];
    }
  }
}
