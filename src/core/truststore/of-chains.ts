import { finish, perStep, type Steps } from "../steps.ts";
import type { Bundle } from "../x509/bundle/bundle.ts";
import { offCurvesIn } from "../x509/bundle/off-curve.ts";
import { certificateSelection, issuerNamesIn } from "../x509/bundle/selection.ts";
import { isSelfSigned } from "../x509/identity.ts";
import { type Certificate, isCertificateAuthority } from "../x509/model.ts";
import { certificateCalled, nameCalledAmong, namesInSteps, purposes } from "../x509/naming.ts";
import { indexOf } from "../x509/path/chain.ts";
import { maySomeoneHaveSigned } from "../x509/path/mismatch.ts";
import { noVerdicts, type SignatureVerdicts } from "../x509/path/verdicts.ts";
import { anyPurpose, clientAuth, usagesCalled } from "../x509/usages.ts";
import { tooDeepIn } from "./depth.ts";
import { judgement, type Outside, type StoreJudgement } from "./judgement.ts";
import { mayHoldMore } from "./of-file.ts";
import { publicRootsIn } from "./public-root.ts";
import { publicRootsTaken } from "./public-roots.ts";
import { circlesIn, openIn } from "./structure.ts";
import type { Profile } from "./targets.ts";

/** Whether it is no CA, where it says so or says nothing: what cannot be read says neither. */
export function isLeaf(certificate: Certificate): boolean {
  return !isCertificateAuthority(certificate) && certificate.basicConstraints?.fault === undefined;
}

const leaves = certificateSelection(isLeaf);

export function judgeAuthority(bundle: Bundle, profile: Profile): readonly StoreJudgement[] {
  const found = leaves(bundle);
  if (found.length === 0) return [];
  // One that issued others is no leaf, but a CA that does not say so: bundle/issuer-not-ca.
  const issuers = new Set(issuerNamesIn(bundle));
  return found.flatMap(({ index, certificate }) => {
    if (issuers.has(certificate.subject.key)) return [];
    const title = certificateCalled(certificate);
    if (!isSelfSigned(certificate))
      return [
        judgement(profile, {
          requirement: "authority",
          severity: "warning",
          index,
          found: { code: "store:client", args: { title } },
        }),
      ];
    // API Gateway says that it takes certificates that signed themselves.
    return profile.target === "apigateway"
      ? []
      : [
          judgement(profile, {
            requirement: "authority",
            severity: "info",
            index,
            found: { code: "store:self-signed-client", args: { title } },
          }),
        ];
  });
}

export function judgeRoots(bundle: Bundle, profile: Profile): readonly StoreJudgement[] {
  return finish(judgeRootsInSteps(bundle, profile));
}

export function* judgeRootsInSteps(bundle: Bundle, profile: Profile): Steps<readonly StoreJudgement[]> {
  if (profile.isAnyAnchor || mayHoldMore(bundle)) return [];
  const open = openIn(bundle);
  if (open.length === 0) return [];
  const certificates = indexOf(bundle);
  // API Gateway says that the chain must be there up to its root; load balancers' pages say nothing of it.
  const isNeeded = profile.target === "apigateway";
  yield* namesInSteps(certificates.certificates);
  const judged: StoreJudgement[] = [];
  for (const { index, certificate } of open) {
    if (judged.length % perStep === perStep - 1) yield;
    // Itself, where an older key of its CA signed it.
    const isOther = certificates.ofSubject(certificate.issuer.key).length > 0;
    const gap = isOther ? "store:issuer-of-other-key" : "store:issuer-missing";
    judged.push(
      judgement(profile, {
        requirement: "root",
        severity: isNeeded ? "warning" : "info",
        index,
        found: {
          code: isNeeded ? gap : `${gap}-unneeded`,
          args: {
            title: certificateCalled(certificate),
            issuer: nameCalledAmong(certificate.issuer, certificate.der, certificates.certificates),
          },
        },
      }),
    );
  }
  return judged;
}

/** Where there is no root at all, and none is known to be missing. */
export function judgeCircles(bundle: Bundle, profile: Profile): readonly StoreJudgement[] {
  if (profile.isAnyAnchor || mayHoldMore(bundle)) return [];
  const isNeeded = profile.target === "apigateway";
  return circlesIn(bundle).map(({ index, certificate }) =>
    judgement(profile, {
      requirement: "circle",
      severity: isNeeded ? "warning" : "info",
      index,
      found: {
        code: isNeeded ? "store:circle" : "store:circle-unneeded",
        args: { title: certificateCalled(certificate) },
      },
    }),
  );
}

/** Whether it is known of a CA whose issuer is not there by key identifiers that nobody there signed it either. */
export function isOpenEnd(
  bundle: Bundle,
  index: number | undefined,
  signatures: SignatureVerdicts = noVerdicts,
): boolean {
  if (signatures === noVerdicts) return true;
  const content = index === undefined ? undefined : bundle.pieces[index]?.content;
  return content?.kind !== "certificate" || !maySomeoneHaveSigned(content.certificate, indexOf(bundle), signatures);
}

export function judgeChains(
  bundle: Bundle,
  profile: Profile,
  _now: Date,
  { signatures }: Outside,
): readonly StoreJudgement[] {
  // Where any CA ends the chain of a client, those above it do not count.
  if (profile.chainDepth === undefined || profile.isAnyAnchor) return [];
  const { most, source } = profile.chainDepth;
  return tooDeepIn(bundle, most, signatures).map(({ index, certificate }) =>
    judgement(profile, {
      requirement: "chain-length",
      severity: "warning",
      index,
      source,
      found: { code: "store:chain-length", args: { title: certificateCalled(certificate), number: most + 1 } },
      limit: { code: "store:longest-chain", args: { services: [profile.name], most } },
    }),
  );
}

export function judgePublicRoots(
  bundle: Bundle,
  profile: Profile,
  _now: Date,
  { fingerprint }: Outside,
): readonly StoreJudgement[] {
  return publicRootsIn(bundle, fingerprint).map(({ index, certificate }) =>
    judgement(profile, {
      requirement: "public-root",
      severity: "warning",
      index,
      found: {
        code: "store:public-root",
        args: { title: certificateCalled(certificate), listedOn: publicRootsTaken.on },
      },
    }),
  );
}

const lacking = certificateSelection(
  ({ keyUsage, basicConstraints }) =>
    basicConstraints?.value?.ca === true && keyUsage?.value?.includes("keyCertSign") === false,
);

export function judgeKeyUsage(bundle: Bundle, profile: Profile): readonly StoreJudgement[] {
  return lacking(bundle).map(({ index, certificate }) =>
    judgement(profile, {
      requirement: "key-usage",
      severity: "warning",
      index,
      found: { code: "store:key-usage", args: { title: certificateCalled(certificate) } },
    }),
  );
}

const forOtherPurposes = certificateSelection(
  (certificate) =>
    certificate.extendedKeyUsage?.value?.includes(clientAuth) === false && isCertificateAuthority(certificate),
);

/**
 * RFC 5280 checks the purposes of the client's certificate alone; OpenSSL and Windows those of its CAs too, and to
 * OpenSSL any purpose is not this one.
 */
export function judgePurposes(bundle: Bundle, profile: Profile): readonly StoreJudgement[] {
  return forOtherPurposes(bundle).map(({ index, certificate }) => {
    const isForAny = certificate.extendedKeyUsage?.value?.includes(anyPurpose) === true;
    return judgement(profile, {
      requirement: "client-purpose",
      severity: isForAny ? "info" : "warning",
      index,
      found: {
        code: isForAny ? "store:any-purpose" : "store:other-purposes",
        args: { title: certificateCalled(certificate), purposes: usagesCalled(purposes(certificate)) },
      },
    });
  });
}

/** No page says what becomes of a store with such a CA; no client gets in by it. */
export function judgePoints(bundle: Bundle, profile: Profile): readonly StoreJudgement[] {
  return offCurvesIn(bundle).map(({ index, certificate }) =>
    judgement(profile, {
      requirement: "key-point",
      severity: "warning",
      index,
      found: { code: "store:off-curve", args: { title: certificateCalled(certificate) } },
    }),
  );
}
