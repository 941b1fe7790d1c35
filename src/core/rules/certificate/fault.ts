import * as l10n from "@vscode/l10n";
import type { ReasonOf, Says } from "../../reason.ts";
import { placeOf } from "../../x509/bundle/places.ts";
import { faultsOf } from "../../x509/faults.ts";
import { oidWords } from "../../x509/read/oids.ts";
import type { CertificatePiece, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

/** Who made so many in one certificate made them on purpose. */
const mostFaults = 20;

const says = {
  damaged: ({ part, fault }: { part: string; fault: string }) =>
    l10n.t("This certificate is damaged at {0}. {1}", part, fault),
  extension: ({ name }: { name: string }) => l10n.t("Extension {0}", name),
} satisfies Says;

export const fault: Rule<CertificatePiece, typeof says> = {
  id: "certificate/fault",
  severity: "warning",
  requires: l10n.t("Every part of a certificate must be readable and must occur only once."),
  source: sources.certificate,
  says,
  concerns: ({ content: { certificate } }) => faultsOf(certificate).length > 0,
  *check(piece) {
    for (const { part, at, reason } of faultsOf(piece.content.certificate).slice(0, mostFaults))
      yield { at: placeOf(piece, at), reason: { code: "damaged", args: { part: placeIn(part), fault: reason } } };
  },
};

/** As its grammar calls it, but for an extension, of which there may be many. */
function placeIn(part: string): string | ReasonOf<typeof says> {
  const oid = /^extension (.+)$/.exec(part)?.[1];
  return oid === undefined ? part : { code: "extension", args: { name: oidWords(oid) ?? oid } };
}
