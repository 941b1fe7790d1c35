import * as l10n from "@vscode/l10n";
import { isSelfSigned } from "../../x509/identity.ts";
import { type Certificate, isCertificateAuthority } from "../../x509/model.ts";
import type { CertificateIndex } from "../../x509/path/chain.ts";
import type { Link } from "../../x509/path/chains.ts";
import { certificateTitle, nameTitle, signatureText } from "../x509/describe.ts";
import type { ChainNode } from "./inspection.ts";

export function chainNodes(
  chain: readonly Link[],
  ids: ReadonlyMap<Certificate, string>,
  index: CertificateIndex,
): readonly ChainNode[] {
  const nodes = chain.map((link, place): ChainNode => {
    const { certificate, issuance } = link;
    const node = { card: ids.get(certificate), title: certificateTitle(certificate), role: roleOf(certificate, place) };
    return issuance.state === "self" ? node : { ...node, link: linkOf(link, index.ofSubject(certificate.issuer.key)) };
  });
  const last = chain.at(-1);
  if (last === undefined || last.issuance.state === "self") return nodes;
  const { certificate, issuance } = last;
  if (issuance.issuer === undefined)
    return [
      ...nodes,
      { card: undefined, title: nameTitle(certificate.issuer, certificate.der) || l10n.t("no name"), role: "missing" },
    ];
  // The chain comes round again, or is too long.
  return [...nodes, { card: ids.get(issuance.issuer), title: certificateTitle(issuance.issuer), role: "intermediate" }];
}

function roleOf(certificate: Certificate, place: number): ChainNode["role"] {
  if (isSelfSigned(certificate)) return "root";
  return place === 0 && !isCertificateAuthority(certificate) ? "leaf" : "intermediate";
}

/** @param namesakes the certificates of the issuer's name */
export function linkOf(
  { certificate, issuance: { state, issuer } }: Link,
  namesakes: readonly Certificate[],
): NonNullable<ChainNode["link"]> {
  const subject = certificateTitle(certificate);
  const title = issuer === undefined ? nameTitle(certificate.issuer, certificate.der) : certificateTitle(issuer);
  switch (state) {
    case "valid":
      return { state, text: l10n.t("The signature of “{0}” matches the key of “{1}”.", subject, title) };
    case "broken":
      return { state, text: l10n.t("The signature of “{0}” does not match the key of “{1}”.", subject, title) };
    case "unsupported":
      return {
        state,
        text: l10n.t(
          "The signature of “{0}” cannot be verified here: {1}.",
          subject,
          signatureText(certificate.signatureAlgorithm, certificate.der),
        ),
      };
    case "missing":
      if (namesakes.length > 0)
        return {
          state,
          text: l10n.t("“{0}” in this file has a different key than the issuer of “{1}”.", title, subject),
        };
      return { state, text: l10n.t("“{0}”, the issuer of “{1}”, is not in this file.", title, subject) };
    default:
      return {
        state: "unchecked",
        text: l10n.t("“{0}” is the issuer of “{1}” by name. The signature is not verified yet.", title, subject),
      };
  }
}
