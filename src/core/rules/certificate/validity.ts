import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import { headOf } from "../../x509/bundle/places.ts";
import { showable } from "../../x509/naming.ts";
import type { CertificatePiece, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  from: ({ written }: { written: string }) =>
    l10n.t("The start date of the validity of this certificate cannot be read: “{0}”.", written),
  until: ({ written }: { written: string }) =>
    l10n.t("The end date of the validity of this certificate cannot be read: “{0}”.", written),
  never: ({ from, until }: { from: string; until: string }) =>
    l10n.t("This certificate is never valid. Its validity ends on {0}, before it begins on {1}.", until, from),
} satisfies Says;

export const validity: Rule<CertificatePiece, typeof says> = {
  id: "certificate/validity",
  severity: "error",
  requires: l10n.t("A certificate must have two readable validity dates, and the first must not be after the second."),
  source: sources.certificateValidity,
  says,
  concerns: ({ content: { certificate } }) => {
    const from = certificate.notBefore.at;
    const until = certificate.notAfter.at;
    return from === undefined || until === undefined || until < from;
  },
  *check({ block, content: { certificate } }) {
    const { notBefore, notAfter } = certificate;
    const [from, until] = [notBefore.at, notAfter.at];
    if (from === undefined)
      yield { at: headOf(block), reason: { code: "from", args: { written: showable(notBefore.text) } } };
    if (until === undefined)
      yield { at: headOf(block), reason: { code: "until", args: { written: showable(notAfter.text) } } };
    if (from !== undefined && until !== undefined && until < from) {
      yield { at: headOf(block), reason: { code: "never", args: { from: new Date(from), until: new Date(until) } } };
    }
  },
};
