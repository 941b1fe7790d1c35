import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import { type Bundle, certificatesOf } from "../../x509/bundle/bundle.ts";
import { aboutPiece, headIn } from "../../x509/bundle/places.ts";
import { certificateSelection, issuerNamesIn } from "../../x509/bundle/selection.ts";
import { isSelfSigned } from "../../x509/identity.ts";
import type { Certificate } from "../../x509/model.ts";
import { certificateCalled } from "../../x509/naming.ts";
import { indexOf, longestChain } from "../../x509/path/chain.ts";
import { issuedIn, likelyIssuers } from "../../x509/path/issuers.ts";
import type { SignatureVerdicts } from "../../x509/path/verdicts.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const limited = certificateSelection(({ basicConstraints }) => basicConstraints?.value?.pathLength !== undefined);

const says = {
  beyond: ({ authority, length }: { authority: string; length: number }) =>
    l10n.t(
      "“{0}” has path length {1}, and this CA exceeds it. Certificates that this CA issued are not valid.",
      authority,
      length,
    ),
  authority: () => l10n.t("The CA with this path length is here."),
  issued: () => l10n.t("This certificate was issued by this CA."),
} satisfies Says;

export const pathLength: Rule<Bundle, typeof says> = {
  id: "bundle/path-length",
  severity: "error",
  requires: l10n.t("The number of CAs below a CA must not exceed its path length."),
  source: sources.basicConstraints,
  says,
  *check(bundle, { signatures }) {
    const authorities = limited(bundle);
    if (authorities.length === 0) return;
    const index = indexOf(bundle);
    // Below a CA there must be one that issued others.
    if (!issuerNamesIn(bundle).some((name) => index.ofSubject(name).some((certificate) => !isSelfSigned(certificate))))
      return;
    const issued = soleIssuers(bundle, signatures);
    const beyond = new Map<Certificate, Certificate>();
    for (const { certificate: authority } of authorities) {
      const length = authority.basicConstraints?.value?.pathLength;
      if (length !== undefined && issued.has(authority))
        for (const certificate of tooFarBelow(authority, length, issued)) beyond.set(certificate, authority);
    }
    if (beyond.size === 0) return;
    const places = new Map(
      certificatesOf(bundle)
        .toReversed()
        .map(({ certificate, index }) => [certificate, index]),
    );
    for (const [certificate, authority] of beyond) {
      const [at, of] = [places.get(certificate), places.get(authority)];
      const below = places.get(issued.get(certificate)?.[0] ?? certificate);
      if (at === undefined || of === undefined || below === undefined) continue;
      const length = authority.basicConstraints?.value?.pathLength ?? 0;
      yield {
        ...aboutPiece(bundle, at),
        reason: { code: "beyond", args: { authority: certificateCalled(authority), length } },
        related: [
          { at: headIn(bundle, of), reason: { code: "authority" } },
          { at: headIn(bundle, below), reason: { code: "issued" } },
        ],
      };
    }
  },
};

/** What each issued that has no other issuer in the file: a cross-signed certificate has a way round. */
function soleIssuers(
  bundle: Bundle,
  signatures: SignatureVerdicts | undefined,
): ReadonlyMap<Certificate, readonly Certificate[]> {
  const found = new Map<Certificate, Certificate[]>();
  for (const issued of issuedIn(bundle).values()) {
    const [issuer, another] = likelyIssuers(issued, signatures);
    if (issuer === undefined || another !== undefined) continue;
    const known = found.get(issuer);
    if (known === undefined) found.set(issuer, [issued.certificate]);
    else known.push(issued.certificate);
  }
  return found;
}

/**
 * The CAs below that are too many, and issued something. Those that issued themselves do not count (RFC 5280 section
 * 4.2.1.9).
 */
function tooFarBelow(
  authority: Certificate,
  length: number,
  issued: ReadonlyMap<Certificate, readonly Certificate[]>,
): readonly Certificate[] {
  const found: Certificate[] = [];
  const seen = new Set([authority]);
  let level = [{ certificate: authority, count: 0 }];
  for (let depth = 0; depth < longestChain && level.length > 0; depth++) {
    level = level.flatMap(({ certificate, count }) =>
      (issued.get(certificate) ?? []).flatMap((below) => {
        if (seen.has(below) || !issued.has(below)) return [];
        seen.add(below);
        const next = count + (below.selfIssued ? 0 : 1);
        if (next <= length) return [{ certificate: below, count: next }];
        found.push(below);
        return [];
      }),
    );
  }
  return found;
}
