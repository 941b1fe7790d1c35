import * as vscode from "vscode";
import type { Origin } from "../../core/cloudfront/distribution.ts";
import { becomesHttpsOnly } from "../../core/cloudfront/intent.ts";
import { numberOf, valueOf } from "../../core/document/tree.ts";
import type { Kind } from "./origin-picker.ts";

/** What has to be done outside, and in which order; each line short enough for a pick. */
export function originAdvice(kind: Kind, origins: readonly Origin[]): { label: string; detail?: string }[] {
  switch (kind) {
    case "disable":
      return [
        {
          label: vscode.l10n.t("$(list-ordered) 1. Let the origin stop asking for a client certificate"),
          detail: vscode.l10n.t("If the origin still asks for one, CloudFront drops the requests."),
        },
        { label: vscode.l10n.t("$(list-ordered) 2. Then update the distribution") },
        {
          label: vscode.l10n.t("$(shield) After this, anyone who can reach the origin can call it"),
          detail: vscode.l10n.t("Unless something else protects it."),
        },
      ];
    case "change-certificate":
      return [
        {
          label: vscode.l10n.t("$(list-ordered) 1. Let the origin trust the issuer of the new certificate as well"),
          detail: vscode.l10n.t("And keep trusting the old one until the update is deployed."),
        },
        { label: vscode.l10n.t("$(list-ordered) 2. Then update the distribution") },
      ];
    case "enable": {
      const before = origins.filter(becomesHttpsOnly);
      const ports = [...new Set(before.map(({ custom }) => numberOf(valueOf(custom, "HTTPSPort")) ?? 443))].join(", ");
      const https = {
        label: vscode.l10n.t("$(lock) The origin must answer HTTPS on port {0}", ports),
        detail: vscode.l10n.t("OriginProtocolPolicy becomes https-only; a public CA must have issued its certificate."),
      };
      return [
        { label: vscode.l10n.t("$(list-ordered) 1. Update the distribution and wait until it is deployed") },
        {
          label: vscode.l10n.t("$(list-ordered) 2. Then let the origin require the certificate"),
          detail: vscode.l10n.t("The other way round, the origin refuses CloudFront in between."),
        },
        {
          label: vscode.l10n.t("$(shield) The origin must require a client certificate"),
          detail: vscode.l10n.t("CloudFront presents one only when asked: until then nothing is protected."),
        },
        ...(before.length === 0 ? [] : [https]),
      ];
    }
  }
}
