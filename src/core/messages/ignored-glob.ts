import * as l10n from "@vscode/l10n";
import { type GlobTrouble, longestGlob } from "../truststore/purpose-glob.ts";

/** Why a pattern of `mtls.purposes` says nothing. */
export function ignoredGlobText(glob: string, trouble: GlobTrouble | "not-understood"): string {
  const shown = glob.length > 80 ? `${glob.slice(0, 80)}…` : glob;
  switch (trouble) {
    case "too-long":
      return l10n.t(
        "The pattern {0} in mtls.purposes is ignored: it has more than {1} characters. Use a shorter pattern.",
        shown,
        longestGlob,
      );
    case "too-many-wildcards":
      return l10n.t(
        "The pattern {0} in mtls.purposes is ignored: it has too many wildcards, so matching it could take minutes. Use several patterns with fewer wildcards.",
        shown,
      );
    case "not-understood":
      return l10n.t("The pattern {0} in mtls.purposes is ignored: it is not a valid glob pattern.", shown);
  }
}
