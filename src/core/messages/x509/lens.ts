import * as l10n from "@vscode/l10n";
import { contentsInside, type Piece } from "../../x509/bundle/bundle.ts";
import { isDamaged } from "../../x509/bundle/damaged.ts";
import { type Certificate, isCertificateAuthority } from "../../x509/model.ts";
import { clientAuth, serverAuth } from "../../x509/usages.ts";
import { durationOf, isWithinDays, validityOf } from "../../x509/validity.ts";
import { dayText } from "../format.ts";
import { tell } from "../tell.ts";
import { certificateTitle, nameTitle } from "./describe.ts";

/** What stands above a block: whose it is and until when, in one line. */
export interface BlockLens {
  readonly text: string;
  readonly tone: "plain" | "warning" | "error";
}

/**
 * @param soon what ends within so many days is a warning
 * @returns `undefined` where there is nothing to say
 */
export function blockLens(piece: Piece, now: Date, soon: number): BlockLens | undefined {
  const { block, content } = piece;
  if (block.placeholder) return undefined;
  if (block.kind === "private-key") return plain(l10n.t("Private key"));
  if (content.kind === "certificate") {
    const { certificate } = content;
    const validity = validityLens(certificate, now, soon);
    const text = certificateText(certificate, validity.text);
    return isDamaged(piece) ? { text: l10n.t("Damaged block: {0}", text), tone: "error" } : { ...validity, text };
  }
  if (isDamaged(piece)) return { text: l10n.t("Damaged block"), tone: "error" };
  if (content.kind === "request") {
    const name = nameTitle(content.request.subject, content.request.der);
    return plain(name === "" ? l10n.t("Certificate request") : l10n.t("{0}: certificate request", name));
  }
  switch (block.kind) {
    case "pkcs7": {
      const count = contentsInside(piece).length;
      return plain(count === 1 ? l10n.t("PKCS#7 with 1 certificate") : l10n.t("PKCS#7 with {0} certificates", count));
    }
    case "crl":
      return plain(l10n.t("Revocation list"));
    case "public-key":
      return plain(l10n.t("Public key"));
    default:
      return plain(l10n.t("Not a certificate"));
  }
}

function plain(text: string): BlockLens {
  return { text, tone: "plain" };
}

function certificateText(certificate: Certificate, validity: string): string {
  const title = certificateTitle(certificate);
  if (isCertificateAuthority(certificate)) return l10n.t("{0}: CA certificate, {1}", title, validity);
  const usages = certificate.extendedKeyUsage?.value ?? [];
  const [isClient, isServer] = [usages.includes(clientAuth), usages.includes(serverAuth)];
  if (isClient && isServer) return l10n.t("{0}: client and server certificate, {1}", title, validity);
  if (isClient) return l10n.t("{0}: client certificate, {1}", title, validity);
  return isServer
    ? l10n.t("{0}: server certificate, {1}", title, validity)
    : l10n.t("{0}: certificate, {1}", title, validity);
}

function validityLens({ notBefore, notAfter }: Certificate, now: Date, soon: number): BlockLens {
  const validity = validityOf({ notBefore, notAfter }, now);
  const end = notAfter.at ?? 0;
  const left = end - now.getTime();
  switch (validity.code) {
    case "validity:expired":
      return {
        text: l10n.t("expired on {0} ({1} ago)", dayText(new Date(end)), tell(durationOf(-left))),
        tone: "error",
      };
    case "validity:expires":
      return isWithinDays(end, soon, now)
        ? {
            text: l10n.t("expires on {0} (in {1})", dayText(new Date(end)), tell(durationOf(Math.max(0, left)))),
            tone: "warning",
          }
        : plain(l10n.t("valid until {0}", dayText(new Date(end))));
    case "validity:not-yet":
      return { text: l10n.t("not valid before {0}", dayText(validity.args.starts)), tone: "warning" };
    case "validity:endless":
      return plain(tell(validity));
    default:
      return { text: tell(validity), tone: "error" };
  }
}
