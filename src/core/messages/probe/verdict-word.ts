import * as l10n from "@vscode/l10n";
import type { Verdict } from "../../probe/verdicts.ts";

/** A verdict in short, as a row or a code lens has it. */
export function verdictWord(verdict: Verdict): string {
  switch (verdict) {
    case "enforced-tls":
      return l10n.t("enforced in TLS");
    case "enforced-http":
      return l10n.t("enforced by HTTP");
    case "asks-only":
      return l10n.t("asks but does not enforce");
    case "asks-late":
      return l10n.t("asks too late for CloudFront");
    case "does-not-ask":
      return l10n.t("does not ask");
    case "unreachable":
      return l10n.t("unreachable");
    case "cannot-tell":
      return l10n.t("cannot tell");
  }
}
