import * as l10n from "@vscode/l10n";
import type { Change } from "../../document/change.ts";
import { writePem } from "../../pem/blocks.ts";
import { boundaryText } from "../../pem/boundary.ts";
import { lineEndBehind } from "../../pem/lines.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Span } from "../../text.ts";
import { type Content, contentsInside, type Piece } from "../../x509/bundle/bundle.ts";
import { joinedBehind } from "../../x509/bundle/joined.ts";
import { mislabelledIn } from "../../x509/bundle/mislabelled.ts";
import { headOf, placeOf, placeOfUnreadable } from "../../x509/bundle/places.ts";
import { unwrappedIn } from "../../x509/bundle/unwrapped.ts";
import { labelOf } from "../../x509/read/contents.ts";
import type { Context, Finding, Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

interface Labelled {
  readonly label: string;
}

const says = {
  "damaged-certificate": ({ byte, fault }: { byte: number; fault: string }) =>
    l10n.t("This certificate is damaged: not valid DER at byte {0}. {1}", byte, fault),
  "damaged-request": ({ byte, fault }: { byte: number; fault: string }) =>
    l10n.t("This certificate request is damaged: not valid DER at byte {0}. {1}", byte, fault),
  certificate: ({ label }: Labelled) => l10n.t("The label is {0}, but the content is a certificate.", label),
  "unknown-label": ({ label, right }: Labelled & { right: string }) =>
    l10n.t(
      "The label is {0}, but programs look for {1}. Most of them do not find the certificate in this PEM block.",
      label,
      right,
    ),
  request: ({ label }: Labelled) => l10n.t("The label is {0}, but the content is a certificate request (CSR).", label),
  pkcs7: ({ label }: Labelled) =>
    l10n.t(
      "The label is {0}, but the content is PKCS#7, a container for certificates. Most programs find no certificate in it.",
      label,
    ),
  crl: ({ label }: Labelled) =>
    l10n.t("The label is {0}, but the content is a certificate revocation list (CRL).", label),
  "public-key": ({ label }: Labelled) => l10n.t("The label is {0}, but the content is a public key.", label),
  "ocsp-response": ({ label }: Labelled) => l10n.t("The label is {0}, but the content is an OCSP response.", label),
  pkcs12: ({ label }: Labelled) =>
    l10n.t(
      "The label is {0}, but the content is a PKCS#12 file, which usually contains a private key. Extract only the certificates from the PKCS#12 file with {1}.",
      label,
      "openssl pkcs12 -nokeys -in FILE",
    ),
  "java-keystore": ({ label }: Labelled) =>
    l10n.t(
      "The label is {0}, but the content is a Java keystore. Export its certificates with {1}.",
      label,
      "keytool -exportcert -rfc",
    ),
  "not-in-trust-store": ({ why }: { why: string }) =>
    l10n.t("{0} A trust store must contain only certificates. Move this PEM block to another file.", why),
  "not-in-origin": ({ why }: { why: string }) =>
    l10n.t("{0} ACM accepts only certificates here. Move this PEM block to another file.", why),
  "encoded-twice": () =>
    l10n.t(
      "This is PEM within PEM: the content of this PEM block is itself PEM that was encoded again, as certutil -encode does. Programs find no certificate in it.",
    ),
  label: ({ right }: { right: string }) => l10n.t("Change the label to {0}", right),
  unwrap: () => l10n.t("Replace this PEM block with the PEM inside it"),
  "take-certificates": ({ count }: { count: number }) =>
    count === 1
      ? l10n.t("Replace this PEM block with the certificate inside it")
      : l10n.t("Replace this PEM block with the {0} certificates inside it", count),
  joined: ({ count }: { count: number }) =>
    l10n.t(
      "This PEM block contains {0} certificates. Some programs find only the first certificate, and others reject the PEM block. Put each certificate in its own PEM block.",
      count,
    ),
  trailing: ({ count }: { count: number }) =>
    l10n.t("The content of the PEM block ends before this point, but {0} extra bytes follow.", count),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const content: Rule<Piece, typeof says> = {
  id: "pem/content",
  severity: "error",
  requires: l10n.t("A PEM block must contain what its label says, complete and with nothing after it."),
  source: sources.pemBoundaries,
  says,
  concerns: ({ content: read }) => read.kind !== "certificate" || read.certificate.trailing > 0,
  *check(piece, { purpose }) {
    const { kind } = piece.content;
    if (kind === "unreadable") yield* judgeUnreadable(piece, purpose);
    else if (kind === "opaque") yield* judgeLabel(piece, purpose);
    else yield* judgeTrailing(piece);
  },
};

function* judgeUnreadable(piece: Piece, purpose: Context["purpose"]): Iterable<Finding<Said>> {
  if (piece.content.kind !== "unreadable") return;
  const { fault } = piece.content;
  const { bytes } = piece.block;
  const unwrapped = bytes && unwrappedIn(bytes);
  if (unwrapped !== undefined) {
    const changes = unwrapped.isSound ? replacing(piece, unwrapped.text) : [];
    yield {
      at: headOf(piece.block),
      reason: { code: "encoded-twice" },
      fixes: changes.length === 0 ? [] : [{ reason: { code: "unwrap" }, safe: true, changes }],
    };
    return;
  }
  if (mislabelledIn(piece) !== undefined) {
    yield* judgeLabel(piece, purpose);
    return;
  }
  yield {
    at: placeOfUnreadable(piece),
    reason: {
      code: piece.block.kind === "request" ? "damaged-request" : "damaged-certificate",
      args: { byte: fault.at.start, fault: fault.reason },
    },
  };
}

/** The bytes are something else than the label says. */
function* judgeLabel(piece: Piece, purpose: Context["purpose"]): Iterable<Finding<Said>> {
  const { label, begin, end, damage } = piece.block;
  const found = mislabelledIn(piece);
  if (found === undefined || damage.some((one) => one.kind === "label-mismatch")) return;
  const right = labelOf(found);
  const fixes: Fix<Said>[] = [];
  // In a file for AWS no block has another label than this one: under its own, it would be the next fault.
  const isTaken = right === "CERTIFICATE" || purpose === "unknown";
  if (right !== undefined && isTaken && begin !== undefined && end !== undefined) {
    const changes = [rewrite(begin, boundaryText("BEGIN", right)), rewrite(end, boundaryText("END", right))];
    fixes.push({ reason: { code: "label", args: { right } }, safe: true, changes });
  }
  const inside = contentsInside(piece).flatMap((one) => (one.kind === "certificate" ? [one.certificate] : []));
  const changes = replacing(piece, inside.map(({ der }) => writePem("CERTIFICATE", der)).join(""));
  if (found === "pkcs7" && inside.length > 0 && changes.length > 0)
    fixes.push({ reason: { code: "take-certificates", args: { count: inside.length } }, safe: false, changes });
  const at = headOf(piece.block);
  if (piece.block.kind !== "other" || right === undefined) {
    const why = { code: found, args: { label } } as const;
    const isElsewhere = right !== undefined && found !== "pkcs7" && !isTaken;
    const code = purpose === "origin" ? "not-in-origin" : "not-in-trust-store";
    yield { at, reason: isElsewhere ? { code, args: { why } } : why, fixes };
  } else
    yield {
      at,
      // A program may have a label of its own: it is wrong where the file is for a service.
      ...(purpose === "unknown" && { severity: "warning" as const }),
      reason: { code: "unknown-label", args: { label, right } },
      fixes,
    };
}

/** Another text for a whole block, from its BEGIN to its END. */
function replacing({ chunk: { text }, block: { begin, end } }: Piece, written: string): readonly Change[] {
  if (begin === undefined || end === undefined || begin.end > end.start) return [];
  const lineEnd = lineEndBehind(text, begin.end);
  return [rewrite({ start: begin.start, end: end.end }, written.trimEnd().replaceAll("\n", lineEnd))];
}

function rewrite(span: Span, text: string): Change {
  return { kind: "rewrite", edit: { span, text } };
}

function trailingOf(read: Content): number {
  return read.kind === "certificate" ? read.certificate.trailing : read.kind === "request" ? read.request.trailing : 0;
}

function* judgeTrailing(piece: Piece): Iterable<Finding<Said>> {
  const {
    block: { bytes, kind },
    content: read,
  } = piece;
  const count = trailingOf(read);
  // What OpenSSL trusts a certificate for stands behind it.
  if (bytes === undefined || count === 0 || kind === "trusted-certificate") return;
  const at = placeOf(piece, { start: bytes.length - count, end: bytes.length });
  const joined = joinedBehind(piece);
  if (joined.length > 0 && read.kind === "certificate") {
    const all = [read.certificate, ...joined];
    const changes = replacing(piece, all.map(({ der }) => writePem("CERTIFICATE", der)).join(""));
    const args = { count: all.length };
    const fixes: Fix<Said>[] =
      changes.length === 0 ? [] : [{ reason: { code: "take-certificates", args }, safe: false, changes }];
    yield { at, reason: { code: "joined", args }, fixes };
    return;
  }
  yield { at, severity: "warning", reason: { code: "trailing", args: { count } } };
}
