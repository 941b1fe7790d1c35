import { type Bundle, certificatesOf } from "../x509/bundle/bundle.ts";
import type { Certificate } from "../x509/model.ts";
import { certificateCalled } from "../x509/naming.ts";
import { beyondPathLength, outsideNameConstraints } from "../x509/path/beyond.ts";
import { indexOf, issuanceOf } from "../x509/path/chain.ts";
import { issuersThatAreNoCa } from "../x509/path/issuers.ts";
import { mismatchesIn } from "../x509/path/mismatch.ts";
import { respelledIn, spellingFact } from "../x509/path/spelling.ts";
import { noVerdicts, type SignatureVerdicts } from "../x509/path/verdicts.ts";
import { judgement, type StoreJudgement } from "./judgement.ts";
import { notByAll } from "./of-contents.ts";
import type { Profile } from "./targets.ts";

/** What keeps clients from getting in by a CA of the bundle, where signatures decide who issued whom. */
export function judgePaths(
  bundle: Bundle,
  profile: Profile,
  now: Date,
  signatures: SignatureVerdicts,
): readonly StoreJudgement[] {
  const unmet = (
    requirement: StoreJudgement["requirement"],
    index: number | undefined,
    found: StoreJudgement["found"],
  ): StoreJudgement => judgement(profile, { requirement, severity: "warning", index, found });
  const places = new Map(
    certificatesOf(bundle)
      .toReversed()
      .map(({ certificate, index }) => [certificate, index]),
  );
  const at = (certificate: Certificate) => places.get(certificate);
  const mismatches = mismatchesIn(bundle, signatures).map(({ certificate, index, issuer }) =>
    unmet("authority-key", index, {
      code: "store:authority-key",
      args: { title: certificateCalled(certificate), issuer: certificateCalled(issuer) },
    }),
  );
  const respelled = respelledIn(bundle, signatures).map(({ certificate, index, issuer }) => ({
    ...unmet("issuer-name", index, spellingFact(certificate, issuer)),
    limit: notByAll(profile),
  }));
  const noAuthorities = [...issuersThatAreNoCa(bundle, signatures).keys()].map((issuer) =>
    unmet("issuer-not-ca", at(issuer), { code: "store:issuer-not-ca", args: { title: certificateCalled(issuer) } }),
  );
  const beyond = beyondPathLength(bundle, signatures, true).map(({ certificate, authority }) =>
    unmet("path-length", at(certificate), {
      code: "store:path-length",
      args: {
        title: certificateCalled(certificate),
        authority: certificateCalled(authority),
        length: authority.basicConstraints?.value?.pathLength ?? 0,
      },
    }),
  );
  const outside = judgeNameConstraints(bundle, signatures).map(({ index, found }) =>
    unmet("name-constraints", index, found),
  );
  return [
    ...ofSignatures(bundle, profile, now, signatures),
    ...mismatches,
    ...respelled,
    ...noAuthorities,
    ...beyond,
    ...outside,
  ];
}

/** The same for all services. */
export function judgeNameConstraints(
  bundle: Bundle,
  signatures: SignatureVerdicts | undefined,
): readonly Pick<StoreJudgement, "index" | "found">[] {
  return outsideNameConstraints(bundle, signatures).map(({ certificate, authority }) => ({
    index: certificatesOf(bundle).find((one) => one.certificate === certificate)?.index,
    found: {
      code: "store:name-constraints",
      args: { title: certificateCalled(certificate), authority: certificateCalled(authority) },
    },
  }));
}

function ofSignatures(
  bundle: Bundle,
  profile: Profile,
  now: Date,
  signatures: SignatureVerdicts,
): readonly StoreJudgement[] {
  if (signatures === noVerdicts) return [];
  const index = indexOf(bundle);
  return certificatesOf(bundle).flatMap(({ index: place, certificate }) => {
    const { state, issuer } = issuanceOf(certificate, index, signatures, now.getTime());
    if (state !== "broken" || issuer === undefined || index.same(certificate) !== certificate) return [];
    const title = certificateCalled(certificate);
    return [
      judgement(profile, {
        requirement: "issuer-signature",
        severity: "warning",
        index: place,
        found:
          issuer === certificate
            ? { code: "store:own-signature", args: { title } }
            : { code: "store:issuer-signature", args: { title, issuer: certificateCalled(issuer) } },
      }),
    ];
  });
}
