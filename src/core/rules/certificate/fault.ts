import * as l10n from "@vscode/l10n";
import { placeOf } from "../../x509/bundle/places.ts";
import { oidWords } from "../../x509/read/oids.ts";
import { faultsOf } from "../../x509/words/faults.ts";
import type { CertificatePiece, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

/** Who made so many in one certificate made them on purpose. */
const mostFaults = 20;

export const fault: Rule<CertificatePiece> = {
  id: "certificate/fault",
  severity: "warning",
  requires: l10n.t("Every part of a certificate must be readable, and be there no more than once."),
  source: sources.certificate,
  concerns: ({ content: { certificate } }) => faultsOf(certificate).length > 0,
  *check(piece) {
    for (const { part, at, message } of faultsOf(piece.content.certificate).slice(0, mostFaults))
      yield { at: placeOf(piece, at), reason: l10n.t("{0}: {1}.", partText(part), message) };
  },
};

function partText(part: string): string {
  const oid = /^extension (.+)$/.exec(part)?.[1];
  return oid === undefined ? part : l10n.t("Extension {0}", oidWords(oid) ?? oid);
}
