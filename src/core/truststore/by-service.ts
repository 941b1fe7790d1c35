import { isSelfSigned } from "../x509/identity.ts";
import { keyCalled, signatureCalled } from "../x509/key-naming.ts";
import type { Certificate } from "../x509/model.ts";
import { certificateCalled, nameCalledAmong } from "../x509/naming.ts";
import type { CandidatePath } from "../x509/path/search.ts";
import type { SignaturePair } from "../x509/path/verdicts.ts";
import { mgf1 } from "../x509/read/pss.ts";
import { brokenHashes, signatureScheme } from "../x509/read/signature-algorithm.ts";
import type { AcceptanceReason, Objection } from "./objection.ts";
import { type Profile, profiles } from "./targets.ts";

// What the services document of the clients that they let in.

export function pathObjections(profile: Profile, path: CandidatePath): readonly Objection[] {
  const { certificates, isAnchored } = path;
  const last = certificates.length - 1;
  const each = certificates.flatMap((certificate, index) =>
    certificateObjections(profile, certificate, index, isAnchored && index === last && index > 0),
  );
  const depth = depthObjection(profile, path);
  const outside = profile.isChainInStore && isAnchored ? storeObjections(profile, path) : [];
  return depth === undefined ? [...outside, ...each] : [depth, ...outside, ...each];
}

/** A service that goes on from the first CA of the store counts up to the root. */
export function depthAbove(profile: Profile, path: CandidatePath): Objection | undefined {
  const { name: service, isChainInStore, isAnyAnchor, chainDepth } = profile;
  const { certificates, above } = path;
  const count = certificates.length + (above?.certificates.length ?? 0);
  const most = (chainDepth ?? sameStore.chainDepth)?.most ?? Infinity;
  if (above?.isWhole !== true || isChainInStore || isAnyAnchor || count <= most) return undefined;
  return undocumented(
    "chain-depth",
    certificates.length - 1,
    chainDepth === undefined
      ? { code: "acceptance:length-undocumented", args: { count, service } }
      : { code: "acceptance:too-long-up-to-root", args: { count, service, most } },
  );
}

/**
 * "For API Gateway to proceed with the request, the certificate's issuer and the complete chain of trust up to the root
 * CA certificate must be in your truststore" (rest-api-mutual-tls).
 */
function storeObjections(
  { name: service }: Profile,
  { certificates, anchors, openEnd }: CandidatePath,
): readonly Objection[] {
  const presented = certificates.flatMap((certificate, index): Objection[] =>
    index === 0 || anchors.has(certificate)
      ? []
      : [
          refusal("not-in-store", index, {
            code: "acceptance:presented-alone",
            args: { title: certificateCalled(certificate), service },
          }),
        ],
  );
  if (openEnd === undefined) return presented;
  const { certificate: end, isInCircle } = openEnd;
  const place = certificates.indexOf(end);
  const index = place < 0 ? undefined : place;
  const title = certificateCalled(end);
  if (isInCircle)
    return [
      ...presented,
      refusal("partial-chain", index, { code: "acceptance:no-root-in-store", args: { title, service } }),
    ];
  const issuer = nameCalledAmong(end.issuer, end.der, anchors);
  // The bundle may have its name nonetheless.
  const isShown = [...anchors].some(({ subject }) => subject.key === end.issuer.key);
  const missing = refusal("partial-chain", index, {
    code: isShown ? "acceptance:issuer-key-not-in-store" : "acceptance:issuer-not-in-store",
    args: { issuer, title, service },
  });
  return [...presented, missing];
}

function refusal(kind: Objection["kind"], index: number | undefined, reason: AcceptanceReason): Objection {
  return { kind, index, weight: "refuses", reason };
}

function undocumented(kind: Objection["kind"], index: number | undefined, reason: AcceptanceReason): Objection {
  return { kind, index, weight: "undocumented", reason };
}

/**
 * CloudFront's page on revocation counts the client's and three intermediates, below what is in the store. API
 * Gateway's page speaks of the chain in the store, where the client is not. Of load balancers no page says whether the
 * CA of the store counts.
 */
function depthObjection(profile: Profile, path: CandidatePath): Objection | undefined {
  const { name: service, chainDepth, isChainInStore, isAnyAnchor } = profile;
  const { isAnchored, above } = path;
  const count = path.certificates.length;
  if (chainDepth === undefined)
    return depthObjection(sameStore, path) === undefined
      ? undefined
      : undocumented("chain-depth", count - 1, { code: "acceptance:length-undocumented", args: { count, service } });
  const { most } = chainDepth;
  if (isChainInStore) {
    const authorities = count - 1 + (above?.isCertain === true && above.isWhole ? above.certificates.length : 0);
    return authorities <= most
      ? undefined
      : refusal("chain-depth", count - 1, {
          code: "acceptance:too-many-cas",
          args: { count: authorities, service, most },
        });
  }
  const below = count - (isAnchored ? 1 : 0);
  if (isAnyAnchor && isAnchored)
    return below <= most
      ? undefined
      : refusal("chain-depth", count - 1, {
          code: "acceptance:too-long-below-anchor",
          args: { count: below, service, most },
        });
  if (count <= most) return undefined;
  const args = { count, service, most };
  return below > most
    ? refusal("chain-depth", count - 1, { code: "acceptance:too-long", args })
    : undocumented("chain-depth", count - 1, { code: "acceptance:too-long-with-anchor", args });
}

export function certificateObjections(
  profile: Profile,
  certificate: Certificate,
  index: number,
  isAnchor: boolean,
): readonly Objection[] {
  const { name: service, isVersion3Only, outcome } = profile;
  const { version, publicKey, signatureAlgorithm, der } = certificate;
  const objections: Objection[] = [];
  const about = { title: certificateCalled(certificate), service };
  if (isVersion3Only !== false && version !== 3) {
    const args = { ...about, version };
    objections.push(
      isVersion3Only === true
        ? refusal("version", index, { code: "acceptance:version", args })
        : undocumented("version", index, { code: "acceptance:version-undocumented", args }),
    );
  }
  const key = fits(profile, publicKey);
  if (key !== "yes") {
    const args = { ...about, key: keyCalled(publicKey) };
    objections.push(
      key === "no"
        ? refusal("key", index, { code: "acceptance:key", args })
        : undocumented("key", index, { code: "acceptance:key-undocumented", args }),
    );
  }
  const signature = fitsSignature(profile, certificate);
  if (signature === "yes") return objections;
  const args = { ...about, signature: signatureCalled(signatureAlgorithm, der) };
  // The signature of a trust anchor is not verified, so it counts only where the service refuses the whole store for
  // it; the pages say nothing about the algorithm of a root's own signature.
  const refuses = signature === "no" && (!isAnchor || (outcome === "refused" && !isSelfSigned(certificate)));
  objections.push(
    refuses
      ? refusal("signature-algorithm", index, { code: "acceptance:signature", args })
      : undocumented("signature-algorithm", index, { code: "acceptance:signature-undocumented", args }),
  );
  return objections;
}

type Fit = "yes" | "no" | "unknown";

/**
 * Trust stores of both kinds of load balancers are one resource, and only the pages on one kind say what it takes: that
 * is in no doubt for the other kind either. What they refuse is unknown there.
 */
const sameStore = profiles.alb;

function onlyTaken(fit: Fit): Fit {
  return fit === "yes" ? "yes" : "unknown";
}

function fits({ keys }: Profile, publicKey: Certificate["publicKey"]): Fit {
  if (keys === undefined) return onlyTaken(fits(sameStore, publicKey));
  const { kind, bits, curve } = publicKey;
  if (kind === "ec") {
    if (curve === undefined) return "no";
    return keys.curves.has(curve.oid) ? "yes" : keys.disputedCurves.has(curve.oid) ? "unknown" : "no";
  }
  if (kind !== "rsa" && kind !== "rsa-pss") return "no";
  const { least, most, sizes } = keys.rsa;
  if (bits === undefined) return "unknown";
  if (bits < least || bits > (most ?? bits) || sizes?.has(bits) === false) return "no";
  // Of keys that are for RSASSA-PSS alone no page speaks.
  return kind === "rsa" ? "yes" : "unknown";
}

function fitsSignature({ hashes, isStrongerHashTaken, isPssDocumented }: Profile, certificate: Certificate): Fit {
  if (hashes === undefined) return onlyTaken(fitsSignature(sameStore, certificate));
  const { signatureAlgorithm, der } = certificate;
  const scheme = signatureScheme(signatureAlgorithm, der);
  if (scheme === undefined) return "no";
  if (!scheme.keys.some((kind) => kind === "rsa" || kind === "ec") || scheme.hash === undefined) return "no";
  if (scheme.pss !== undefined && (scheme.pss.maskGeneration !== mgf1 || scheme.pss.maskHash !== scheme.pss.hash))
    return "unknown";
  if (scheme.pss !== undefined && !isPssDocumented) return brokenHashes.has(scheme.hash) ? "no" : "unknown";
  if (hashes.has(scheme.hash)) return "yes";
  // API Gateway's page says "SHA-256 or stronger", and not what is.
  return isStrongerHashTaken && !brokenHashes.has(scheme.hash) && !scheme.hash.endsWith("224") ? "unknown" : "no";
}

/** Of what cannot be verified here, a service takes nothing that its page leaves out. */
export function mayTake(profile: Profile, { issuer, subject }: SignaturePair): boolean {
  return fitsSignature(profile, subject) !== "no" && fits(profile, issuer.publicKey) !== "no";
}
