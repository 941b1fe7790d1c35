import * as l10n from "@vscode/l10n";
import type { BundleFacts } from "../../facts.ts";
import { holdsPlaceholder } from "../../pem/body.ts";
import { mayBeKey } from "../../pem/hidden.ts";
import { nearNextLine } from "../../pem/lines.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Span } from "../../text.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import { hiddenPieces } from "../../x509/bundle/hidden.ts";
import { documentIn, type InDocument } from "../../x509/bundle/in-document.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "trust-store": () =>
    l10n.t(
      "The purpose of this file is set to trust store, but it contains no certificate. Add CA certificates as PEM blocks, or change the purpose.",
    ),
  origin: () =>
    l10n.t(
      "The purpose of this file is set to origin client certificate, but it contains no certificate. Add the client certificate and its chain as PEM blocks, or change the purpose.",
    ),
  "instead-of-trust-store": ({ what }: { what: string }) =>
    l10n.t("The purpose of this file is set to trust store. {0}", what),
  "instead-of-origin": ({ what }: { what: string }) =>
    l10n.t("The purpose of this file is set to origin client certificate. {0}", what),
  jwks: () =>
    l10n.t("This file is a JSON Web Key Set, and its certificates (x5c) are not PEM. Write them as PEM blocks."),
  "jwks-without": () =>
    l10n.t("This file is a JSON Web Key Set, and contains keys without certificates. Use a file of PEM certificates."),
  json: () => l10n.t("This file is JSON, and the certificates in it are not PEM blocks. Write them as PEM blocks."),
  "json-without": () => l10n.t("This file is JSON, and contains no certificate. Use a file of PEM certificates."),
  saml: () => l10n.t("This file is SAML metadata, and the certificates in it are not PEM. Write them as PEM blocks."),
  "saml-without": () =>
    l10n.t("This file is SAML metadata, and contains no readable certificate. Use a file of PEM certificates."),
  xml: () => l10n.t("This file is XML, and the certificates in it are not PEM. Write them as PEM blocks."),
  "xml-without": () =>
    l10n.t("This file is XML, and contains no readable certificate. Use a file of PEM certificates."),
  "html-without": () => l10n.t("This file is a web page (HTML). Download the PEM certificates again."),
  "write-pem": ({ count }: { count: number }) =>
    count === 1
      ? l10n.t("Replace the content of this file with the certificate in it, as PEM")
      : l10n.t("Replace the content of this file with the {0} certificates in it, as PEM", count),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const noCertificate: Rule<BundleFacts, typeof says> = {
  id: "bundle/no-certificate",
  severity: "error",
  requires: l10n.t("A trust store, or the file of an origin client certificate, must contain certificates."),
  source: sources.pemCertificate,
  says,
  *check({ bundle }, { purpose }) {
    if (purpose === "unknown" || bundle.pieces.length > 0) return;
    const { text } = bundle.pem;
    const inside = documentIn(bundle);
    // What is filled in later may be all of it, but for a page, whose scripts look like it; bytes may be anything.
    const isFilledIn = inside?.kind !== "html" && holdsPlaceholder(text, { start: 0, end: text.length });
    if (isFilledIn || noText.some((one) => text.includes(one))) return;
    const at = placeIn(bundle);
    const source = purpose === "origin" ? { source: sources.acmFormat } : {};
    if (inside !== undefined)
      yield {
        at,
        reason: insteadOf(purpose, inside),
        ...source,
        fixes: fixesOf(inside, text),
      };
    // Of a private key in a trust store another rule says what matters.
    else if (!hiddenPieces(bundle).some(({ hidden }) => purpose === "trust-store" || !mayBeKey(hidden)))
      yield { at, reason: { code: purpose }, ...source };
  },
};

function insteadOf(purpose: "origin" | "trust-store", inside: InDocument): Said {
  return { code: `instead-of-${purpose}`, args: { what: whatItIs(inside) } };
}

function whatItIs({ kind, certificates }: InDocument): Said {
  return { code: kind === "html" || certificates.length === 0 ? `${kind}-without` : kind };
}

/** All else in the file goes: that is not safe. */
function fixesOf({ certificates, isWhole, start }: InDocument, text: string): readonly Fix<Said>[] {
  if (certificates.length === 0 || !isWhole) return [];
  const edit = { span: { start, end: text.length }, text: certificates.join("") };
  const reason: Said = { code: "write-pem", args: { count: certificates.length } };
  return [{ reason, safe: false, changes: [{ kind: "rewrite", edit }] }];
}

const longestLine = 200;
/** To look for each takes less time than one pattern for both. */
const noText = ["\0", "\ufffd"];

/** What says that there should be one, or the first line. */
function placeIn({ marker, pem: { text } }: Bundle): Span {
  if (marker !== undefined) return marker.at;
  return { start: 0, end: text.slice(0, nearNextLine(text, 0, longestLine)).trimEnd().length };
}
