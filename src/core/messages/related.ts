import * as l10n from "@vscode/l10n";
import type { SaysOf } from "../reason.ts";
import type { RelatedReason } from "../rules/related.ts";

export const related = {
  "related:target": () => l10n.t("The target of the cache behavior is set here."),
  "related:origin-group": ({ id }) => l10n.t("The origin group {0} is defined here.", id),
  "related:origin-mtls": ({ origin }) => l10n.t("Origin mTLS of {0} is set here.", origin),
  "related:viewer-mtls": () => l10n.t("Viewer mTLS is set here."),
  "related:default": () => l10n.t("The default value of the parameter is set here."),
} satisfies SaysOf<RelatedReason>;
