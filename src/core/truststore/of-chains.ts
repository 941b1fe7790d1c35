import * as l10n from "@vscode/l10n";
import { type Bundle, certificatesOf, type PlacedCertificate } from "../x509/bundle/bundle.ts";
import { certificateSelection, issuerNamesIn } from "../x509/bundle/selection.ts";
import { isSelfSigned } from "../x509/identity.ts";
import { type Certificate, isCertificateAuthority } from "../x509/model.ts";
import { indexOf, issuanceOf } from "../x509/path/chain.ts";
import { noVerdicts, type SignatureVerdicts } from "../x509/path/verdicts.ts";
import { certificateTitle, nameTitle } from "../x509/words/describe.ts";
import { doubtful } from "./of-file.ts";
import { publicRootsIn } from "./public-root.ts";
import { publicRootsTaken } from "./public-roots.ts";
import { type Outside, reason, type StoreReason } from "./reason.ts";
import { openIn, tooDeepIn } from "./structure.ts";
import type { Profile } from "./targets.ts";

/** Whether it is no CA, where it says so or says nothing: what cannot be read says neither. */
export function isLeaf(certificate: Certificate): boolean {
  return !isCertificateAuthority(certificate) && certificate.basicConstraints?.fault === undefined;
}

const leaves = certificateSelection(isLeaf);

export function authorityReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  const found = leaves(bundle);
  if (found.length === 0) return [];
  // One that issued others is no leaf, but a CA that does not say so: bundle/issuer-not-ca.
  const issuers = new Set(issuerNamesIn(bundle));
  return found.flatMap(({ index, certificate }) => {
    if (issuers.has(certificate.subject.key)) return [];
    const title = certificateTitle(certificate);
    if (!isSelfSigned(certificate))
      return [
        reason(profile, {
          requirement: "authority",
          severity: "warning",
          index,
          finds: l10n.t(
            "“{0}” is no CA: a trust store holds the CAs that issued the certificates of clients, not those themselves",
            title,
          ),
        }),
      ];
    // API Gateway says that it takes certificates that signed themselves.
    return profile.target === "apigateway"
      ? []
      : [
          reason(profile, {
            requirement: "authority",
            severity: "info",
            index,
            finds: l10n.t(
              "“{0}” signed itself and is no CA: whether a client gets in with it is not documented",
              title,
            ),
          }),
        ];
  });
}

export function rootReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  // What cannot be read may be what is missing.
  if (doubtful(bundle).length > 0) return [];
  const open = openIn(bundle);
  if (open.length === 0) return [];
  const certificates = indexOf(bundle);
  return open.map(({ index, certificate }) => {
    const names = [nameTitle(certificate.issuer, certificate.der), certificateTitle(certificate)] as const;
    const isOther = certificates.ofSubject(certificate.issuer.key).some((one) => one !== certificate);
    const gap = isOther
      ? l10n.t("“{0}”, which issued “{1}”, is in this bundle with another key alone", ...names)
      : l10n.t("“{0}”, which issued “{1}”, is not in this bundle", ...names);
    if (profile.target === "apigateway")
      return reason(profile, {
        requirement: "root",
        severity: "warning",
        index,
        finds: l10n.t("{0}: the chain must be there up to its root", gap),
      });
    return reason(profile, {
      requirement: "root",
      severity: "info",
      index,
      finds: l10n.t("{0}: whether a chain may end before its root is not documented", gap),
    });
  });
}

export function chainReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  const { most, source } = profile.chainDepth;
  return tooDeepIn(bundle, most).map(({ index, certificate }) =>
    reason(profile, {
      requirement: "chain-length",
      severity: "warning",
      index,
      source,
      takes: l10n.t("{0} takes chains of {1} certificates", profile.name, most),
      finds: l10n.t("“{0}” is number {1}, counted from its root", certificateTitle(certificate), most + 1),
    }),
  );
}

export function publicReasons(
  bundle: Bundle,
  profile: Profile,
  _now: Date,
  { fingerprint }: Outside,
): readonly StoreReason[] {
  return publicRootsIn(bundle, fingerprint).map(({ index, certificate }) =>
    reason(profile, {
      requirement: "public-root",
      severity: "warning",
      index,
      finds: l10n.t(
        "“{0}” is a root that browsers trust, by the list of {1}: whoever gets a certificate below it gets in, strangers too",
        certificateTitle(certificate),
        publicRootsTaken.on,
      ),
    }),
  );
}

const lacking = certificateSelection(
  ({ keyUsage, basicConstraints }) =>
    basicConstraints?.value?.ca === true && keyUsage?.value?.includes("keyCertSign") === false,
);

export function keyUsageReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  return lacking(bundle).map(({ index, certificate }) =>
    reason(profile, {
      requirement: "key-usage",
      severity: "warning",
      index,
      finds: l10n.t(
        "the key usage of “{0}” does not allow keyCertSign: what it issued is not valid",
        certificateTitle(certificate),
      ),
    }),
  );
}

export function brokenReasons(
  bundle: Bundle,
  profile: Profile,
  now: Date,
  signatures: SignatureVerdicts,
): readonly StoreReason[] {
  if (signatures === noVerdicts) return [];
  const index = indexOf(bundle);
  return certificatesOf(bundle).flatMap(({ index: place, certificate }: PlacedCertificate) => {
    const { state, issuer } = issuanceOf(certificate, index, signatures, now.getTime());
    if (state !== "broken" || issuer === undefined || index.same(certificate) !== certificate) return [];
    return [
      reason(profile, {
        requirement: "issuer-signature",
        severity: "warning",
        index: place,
        finds: l10n.t(
          "the signature of “{0}” does not verify with the key of “{1}”, which it names as its issuer",
          certificateTitle(certificate),
          certificateTitle(issuer),
        ),
      }),
    ];
  });
}
