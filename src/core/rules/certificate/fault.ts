import * as l10n from "@vscode/l10n";
import { type Bundle, certificatesOf } from "../../x509/bundle.ts";
import { faultsOf } from "../../x509/faults.ts";
import { oidWords } from "../../x509/oids.ts";
import { placeIn } from "../../x509/places.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const fault: Rule<Bundle> = {
  id: "certificate/fault",
  severity: "warning",
  requires: l10n.t("Every part of a certificate must be readable, and be there no more than once."),
  source: sources.certificate,
  *check(bundle) {
    for (const { index, certificate } of certificatesOf(bundle)) {
      for (const { part, at, message } of faultsOf(certificate)) yield { at: placeIn(bundle, index, at), message: l10n.t("{0}: {1}.", partText(part), message) };
    }
  },
};

function partText(part: string): string {
  const oid = /^extension (.+)$/.exec(part)?.[1];
  return oid === undefined ? part : l10n.t("Extension {0}", oidWords(oid) ?? oid);
}
