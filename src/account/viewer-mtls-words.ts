import * as l10n from "@vscode/l10n";
import type { ViewerIntent } from "../core/cloudfront/viewer-intent.ts";
import type { ViewerMode } from "../core/cloudfront/viewer-mtls.ts";
import { explainModes, viewerMtlsPlans, whoIsRefused } from "../core/messages/explain/cloudfront.ts";

/** What becomes of clients, in a sentence that is not wider than a pick. */
export function viewerConsequence(mode: ViewerMode): string {
  switch (mode) {
    case "optional":
      return l10n.t("Accepts viewers without a certificate. Rejects invalid certificates.");
    case "required":
      return l10n.t("Rejects viewers without a certificate that the trust store accepts.");
    case "passthrough":
      return l10n.t("Rejects no viewers. Your origin must verify each certificate.");
  }
}

interface Line {
  readonly label: string;
  readonly detail?: string;
}

/** Who can connect afterwards, and what to know before; each line short enough for a pick. */
export function viewerAdvice(intent: ViewerIntent): readonly Line[] {
  if (intent.kind === "disable") {
    return [
      {
        label: l10n.t("$(unlock) Any viewer can then connect to the distribution without a certificate"),
        detail: l10n.t(
          "Only other controls, if any, protect the distribution. Headers about the viewer certificate no longer reach the origin.",
        ),
      },
    ];
  }
  const more = explainModes(intent.mode).text.map((label): Line => ({ label: `$(info) ${label}` }));
  const refused: Line = {
    label: `$(${intent.mode === "required" ? "circle-slash" : "shield"}) ${viewerConsequence(intent.mode)}`,
    ...(intent.mode === "required" ? { detail: l10n.t("This takes effect as soon as it is deployed.") } : {}),
  };
  const plans: Line = { label: `$(info) ${viewerMtlsPlans()}` };
  if (intent.mode === "passthrough") return [{ label: `$(shield) ${whoIsRefused(intent.mode)}` }, ...more, plans];
  if (intent.mode === "optional") return [refused, ...more, plans];
  return [
    refused,
    {
      label: l10n.t("$(list-ordered) Start with optional while viewers receive their certificates"),
      detail: l10n.t(
        "Viewers without a certificate are still accepted, and the origin sees which viewers already have one.",
      ),
    },
    ...more,
    plans,
  ];
}
