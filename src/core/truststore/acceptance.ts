import * as l10n from "@vscode/l10n";
import { isSelfSigned } from "../x509/identity.ts";
import type { Certificate } from "../x509/model.ts";
import { searchPaths } from "../x509/path/path.ts";
import type { PathFault, PathFaultKind } from "../x509/path/path-faults.ts";
import {
  type Bounds,
  bounds,
  type CandidatePath,
  type PathEnd,
  type PathOptions,
  type PathSearch,
  type Search,
} from "../x509/path/search.ts";
import type { SignaturePair, Verdict } from "../x509/path/verdicts.ts";
import { mgf1 } from "../x509/read/pss.ts";
import { brokenHashes, signatureScheme } from "../x509/read/signature-algorithm.ts";
import { certificateTitle, keyText, nameTitle, signatureText } from "../x509/words/describe.ts";
import { type Profile, profiles, type Target, targets } from "./targets.ts";

// Would this client be let in? RFC 5280 decides whether there is a path; each service's documentation decides what of
// it is known. What is documented nowhere is said so: it is neither a yes nor a no.

export interface AcceptanceQuestion {
  /** What the client presents. */
  readonly client: Certificate;
  /** The intermediates that it sends along, in any order. */
  readonly presented: readonly Certificate[];
  /** The bundle: every certificate in it is a trust anchor. */
  readonly store: readonly Certificate[];
  readonly at: Date;
}

export type ReasonKind =
  | PathFaultKind
  /** No candidate has the issuer's name. */
  | "no-issuer"
  /** It issued itself, or the service wants whoever is on the path there, and is not in the bundle. */
  | "not-in-store"
  | "signature"
  /** There is another issuer, from where no path leads on. */
  | "other-issuer"
  /** An algorithm or a key that cannot be verified here. */
  | "unsupported"
  | "bound"
  | "chain-depth"
  | "version"
  | "key"
  | "signature-algorithm";

export interface AcceptanceReason {
  readonly message: string;
  /** On the path: 0 is the client's certificate. */
  readonly index: number | undefined;
  /** `expired`, at any index, is what a listener that ignores expiry may let pass. */
  readonly kind: ReasonKind;
  /** `refuses`: it decides. `undocumented`: it is why this is no bare yes. `gave-up`: it is why there is no answer. */
  readonly weight: "refuses" | "undocumented" | "gave-up";
}

export interface PathStep {
  readonly certificate: Certificate;
  readonly role: "client" | "intermediate" | "anchor";
  readonly from: "client" | "presented" | "store";
  /** Of the signature on it, by the next one's key; `undefined` at the end. */
  readonly signature: Verdict | undefined;
}

export interface Acceptance {
  /** `undefined`: what RFC 5280 says, and programs that follow it. */
  readonly target: Target | undefined;
  /**
   * `accepted`: verified, and documented. `undocumented`: RFC 5280 accepts, or leaves it open, and the reasons say what
   * the service does not document, or without a target what programs do not agree on: never a bare yes. `gave-up`:
   * there is no answer.
   */
  readonly verdict: "accepted" | "undocumented" | "refused" | "gave-up";
  /**
   * The client first, the trust anchor last; where it is refused, the attempt that comes closest. All signatures on it
   * hold.
   */
  readonly path: readonly PathStep[];
  readonly reasons: readonly AcceptanceReason[];
  /** Of the whole question. */
  readonly work: { readonly signatures: number; readonly paths: number };
}

export interface AcceptanceAnswer {
  readonly rfc5280: Acceptance;
  readonly byTarget: Readonly<Record<Target, Acceptance>>;
}

export const clientAuth = "1.3.6.1.5.5.7.3.2";

type Draft = Pick<Acceptance, "target" | "verdict" | "reasons"> & {
  readonly certificates: readonly Certificate[];
  readonly isAnchored: boolean /** Whether no path could have a better verdict. */;
  readonly isDecided: boolean;
};

const ranks: Readonly<Record<Acceptance["verdict"], number>> = {
  accepted: 0,
  undocumented: 1,
  "gave-up": 2,
  refused: 3,
};

/** Asks for signatures one by one (`Search`), and then has the answer. */
export function* acceptance(
  question: AcceptanceQuestion,
  options: Partial<Omit<PathOptions, "at">> = {},
): Search<AcceptanceAnswer> {
  const asked: readonly (Target | undefined)[] = [undefined, ...targets];
  const judging: PathOptions = { purpose: clientAuth, ...options, at: question.at.getTime() };
  const best = new Map<Target | undefined, Draft>();
  const isEnough = (path: CandidatePath): boolean => {
    let isAll = true;
    for (const target of asked) {
      const known = best.get(target);
      const draft = draftOf(target, path);
      const isBetter =
        known === undefined ||
        ranks[draft.verdict] < ranks[known.verdict] ||
        (draft.verdict === known.verdict && draft.reasons.length < known.reasons.length);
      if (isBetter) best.set(target, draft);
      if (best.get(target)?.isDecided !== true) isAll = false;
    }
    return isAll;
  };
  const search = yield* searchPaths(question, judging, isEnough);
  const answer = (target: Target | undefined): Acceptance =>
    finish(question, best.get(target) ?? failedDraft(question, target, search), search, {
      ...bounds,
      ...options.bounds,
    });
  return {
    rfc5280: answer(undefined),
    byTarget: { cloudfront: answer("cloudfront"), apigateway: answer("apigateway"), alb: answer("alb") },
  };
}

/** The best rank that any path can have: what is against the client's own certificate is so on every path. */
function floorOf(
  target: Target | undefined,
  { certificates, faults }: Pick<CandidatePath, "certificates" | "faults">,
): number {
  const [client] = certificates;
  const own = faults.filter(
    ({ index, kind }) => index === 0 && kind !== "name-constraints" && kind !== "client-in-store",
  );
  const reasons = [
    ...own.flatMap((fault) => reasonOf(fault, target) ?? []),
    ...(target === undefined || client === undefined ? [] : certificateReasons(profiles[target], client, 0, false)),
  ];
  return ranks[verdictOf(reasons)];
}

function verdictOf(reasons: readonly AcceptanceReason[]): Acceptance["verdict"] {
  if (reasons.some(({ weight }) => weight === "refuses")) return "refused";
  if (reasons.some(({ weight }) => weight === "gave-up")) return "gave-up";
  return reasons.length > 0 ? "undocumented" : "accepted";
}

function draftOf(target: Target | undefined, path: CandidatePath): Draft {
  const { certificates, isAnchored, faults, openEnd } = path;
  // Where the chain must be in the store, that it ends there is said with what is missing.
  const isSaid = target !== undefined && profiles[target].isChainInStore && openEnd !== undefined;
  const left = isSaid ? faults.filter(({ kind }) => kind !== "partial-chain" && kind !== "client-in-store") : faults;
  const reasons = [
    ...left.flatMap((fault) => reasonOf(fault, target) ?? []),
    ...(target === undefined ? [] : pathReasons(profiles[target], path)),
  ];
  const order = (reason: AcceptanceReason) => (reason.weight === "refuses" ? 0 : 1);
  const sorted = reasons.toSorted((a, b) => order(a) - order(b));
  const verdict = verdictOf(sorted);
  return {
    target,
    verdict,
    reasons: sorted,
    certificates,
    isAnchored,
    isDecided: ranks[verdict] <= floorOf(target, path),
  };
}

/** No path holds by RFC 5280. */
function failedDraft(
  { client }: AcceptanceQuestion,
  target: Target | undefined,
  { attempt, end, bound, unsupported }: PathSearch,
): Draft {
  const faults = attempt?.faults ?? [];
  const draft = draftOf(target, {
    certificates: attempt?.certificates ?? [client],
    isAnchored: attempt?.isAnchored ?? false,
    faults,
    anchors: attempt?.anchors ?? new Set(),
    openEnd: attempt?.openEnd,
  });
  const index = draft.certificates.length - 1;
  const top = draft.certificates[index];
  const ending = end === undefined || top === undefined ? [] : [endReason(end, top, index)];
  const open = openReasons(target, draft.certificates, unsupported);
  const reasons = [...draft.reasons, ...ending.filter(({ kind }) => kind !== "unsupported")];
  // What is against the client's own certificate stays, whatever the search did not get to.
  if (floorOf(target, { ...draft, faults }) === ranks.refused || (bound === undefined && open.length === 0)) {
    const told = reasons.some(({ weight }) => weight === "refuses")
      ? reasons
      : [...reasons, ...ending.map((reason): AcceptanceReason => ({ ...reason, weight: "refuses" }))];
    return { ...draft, reasons: told, verdict: "refused" };
  }
  return soften({ ...draft, reasons: [...open.slice(0, 1), ...reasons] });
}

/** Ways that nobody here can tell whether they hold. */
function openReasons(
  target: Target | undefined,
  certificates: readonly Certificate[],
  unsupported: PathSearch["unsupported"],
): readonly AcceptanceReason[] {
  return unsupported
    .filter((pair) => target === undefined || mayTake(profiles[target], pair))
    .map(({ issuer, subject }) => unsupportedReason(subject, issuer, certificates.indexOf(subject)));
}

/** Which issuer is tried first, and whether others are tried behind it, is documented nowhere. */
function withLost(draft: Draft, { lost }: PathSearch): Draft {
  const { target, certificates, verdict } = draft;
  if (target === undefined || verdict !== "accepted") return draft;
  const other = lost.find(({ issuer, subject }) => certificates.includes(subject) && !certificates.includes(issuer));
  if (other === undefined) return draft;
  const [subject, issuer] = [certificateTitle(other.subject), certificateTitle(other.issuer)];
  const message = l10n.t(
    "“{0}” has another issuer here, a certificate of “{1}” from where no such path leads on. RFC 5280 accepts this path; {2} does not document which it tries",
    subject,
    issuer,
    profiles[target].name,
  );
  const reason: AcceptanceReason = {
    kind: "other-issuer",
    index: certificates.indexOf(other.subject),
    weight: "undocumented",
    message,
  };
  return { ...draft, verdict: "undocumented", reasons: [...draft.reasons, reason] };
}

/** A way that was not looked at may be better. */
function soften(draft: Draft): Draft {
  return {
    ...draft,
    reasons: draft.reasons.map((reason): AcceptanceReason => ({ ...reason, weight: "gave-up" })),
    verdict: "gave-up",
  };
}

/** Of what cannot be verified here, a service takes nothing that its page leaves out. */
function mayTake(profile: Profile, { issuer, subject }: SignaturePair): boolean {
  return fitsSignature(profile, subject) !== "no" && fits(profile, issuer.publicKey) !== "no";
}

function finish({ presented }: AcceptanceQuestion, found: Draft, search: PathSearch, most: Bounds): Acceptance {
  const { bound, attempt, work } = search;
  const isWorst = attempt === undefined && found.verdict === "refused" && !found.isDecided;
  const open = isWorst ? openReasons(found.target, found.certificates, search.unsupported).slice(0, 1) : [];
  const isOpen = isWorst && (bound !== undefined || open.length > 0);
  const draft = isOpen ? soften({ ...found, reasons: [...open, ...found.reasons] }) : withLost(found, search);
  const { target, certificates, isAnchored } = draft;
  const isUndecided = bound !== undefined && draft.verdict !== "accepted" && draft.verdict !== "refused";
  const weight = draft.verdict === "gave-up" ? "gave-up" : "undocumented";
  const reasons: readonly AcceptanceReason[] = isUndecided
    ? [{ kind: "bound", index: undefined, message: boundText(bound, most), weight }, ...draft.reasons]
    : draft.reasons;
  const shown = new Set(presented);
  const last = certificates.length - 1;
  const path = certificates.map((certificate, index): PathStep => {
    const isAnchor = isAnchored && index === last;
    return {
      certificate,
      role: index === 0 ? "client" : isAnchor ? "anchor" : "intermediate",
      from: index === 0 ? "client" : !isAnchor && shown.has(certificate) ? "presented" : "store",
      signature: index < last ? "valid" : undefined,
    };
  });
  return { target, verdict: draft.verdict, path, reasons, work };
}

function boundText(bound: keyof Bounds, most: Bounds): string {
  switch (bound) {
    case "signatures":
      return l10n.t(
        "No more than {0} signatures are verified for one question: there may be a path that was not looked at",
        most.signatures,
      );
    case "paths":
      return l10n.t(
        "No more than {0} ways are tried for one question: there may be a path that was not looked at",
        most.paths,
      );
    case "length":
      return l10n.t("No path of more than {0} certificates is looked at", most.length);
    case "names":
      return l10n.t(
        "No more than {0} names are looked up in name constraints: there may be a path that was not looked at",
        most.names,
      );
  }
}

function endReason(end: PathEnd, top: Certificate, index: number): AcceptanceReason {
  const title = certificateTitle(top);
  switch (end.why) {
    case "no-issuer": {
      const issuer = nameTitle(top.issuer, top.der);
      return {
        kind: end.why,
        index,
        weight: "refuses",
        message: l10n.t("The issuer of “{0}”, “{1}”, is neither in the bundle nor presented", title, issuer),
      };
    }
    case "not-in-store":
      return {
        kind: end.why,
        index,
        weight: "refuses",
        message: l10n.t("“{0}” is self-signed, and is not in the bundle", title),
      };
    case "signature":
      return {
        kind: end.why,
        index,
        weight: "refuses",
        message: l10n.t(
          "The signature of “{0}” does not verify with the key of “{1}”, which has its issuer's name",
          title,
          certificateTitle(end.candidate),
        ),
      };
    case "unsupported":
      return unsupportedReason(top, end.candidate, index);
  }
}

function unsupportedReason(subject: Certificate, issuer: Certificate, index: number): AcceptanceReason {
  const [title, signature] = [certificateTitle(subject), signatureText(subject.signatureAlgorithm, subject.der)];
  const message = l10n.t(
    "The signature of “{0}” ({1}) cannot be verified here with the key of “{2}”",
    title,
    signature,
    certificateTitle(issuer),
  );
  return { kind: "unsupported", index: index < 0 ? undefined : index, weight: "gave-up", message };
}

/** `undefined`: nothing against it. */
function reasonOf({ kind, index, fact, weight }: PathFault, target: Target | undefined): AcceptanceReason | undefined {
  if (weight === "refused") return { kind, index, message: fact, weight: "refuses" };
  if (weight === "told" && target === undefined) return undefined;
  // "You can also provide self-signed certificates" (rest-api-mutual-tls).
  if (weight === "told" && target === "apigateway" && kind === "client-in-store") return undefined;
  return { kind, index, message: openText(fact, weight, target), weight: "undocumented" };
}

function openText(fact: string, weight: PathFault["weight"], target: Target | undefined): string {
  if (target === undefined)
    return weight === "silent"
      ? l10n.t("{0}. RFC 5280 does not settle it, and programs differ", fact)
      : l10n.t("{0}. RFC 5280 accepts, and not all programs do", fact);
  const { name } = profiles[target];
  return weight === "silent"
    ? l10n.t("{0}. RFC 5280 does not settle it, and {1} does not document it", fact, name)
    : l10n.t("{0}. RFC 5280 accepts; {1} does not document what it does then", fact, name);
}

// --- what the services document

function pathReasons(profile: Profile, path: CandidatePath): readonly AcceptanceReason[] {
  const { certificates, isAnchored } = path;
  const last = certificates.length - 1;
  const each = certificates.flatMap((certificate, index) =>
    certificateReasons(profile, certificate, index, isAnchored && index === last && index > 0),
  );
  const depth = depthReason(profile, certificates.length, isAnchored);
  const outside = profile.isChainInStore && isAnchored ? storeReasons(profile, path) : [];
  return depth === undefined ? [...outside, ...each] : [depth, ...outside, ...each];
}

/**
 * "For API Gateway to proceed with the request, the certificate's issuer and the complete chain of trust up to the root
 * CA certificate must be in your truststore" (rest-api-mutual-tls).
 */
function storeReasons(
  { name }: Profile,
  { certificates, anchors, openEnd }: CandidatePath,
): readonly AcceptanceReason[] {
  const presented = certificates.flatMap((certificate, index): AcceptanceReason[] =>
    index === 0 || anchors.has(certificate)
      ? []
      : [
          {
            kind: "not-in-store",
            index,
            weight: "refuses",
            message: l10n.t(
              "“{0}” is presented, and is not in the bundle; {1} wants the chain there up to its root",
              certificateTitle(certificate),
              name,
            ),
          },
        ],
  );
  if (openEnd === undefined) return presented;
  const message = l10n.t(
    "“{0}”, which issued “{1}”, is not in the bundle; {2} wants the chain there up to its root",
    nameTitle(openEnd.issuer, openEnd.der),
    certificateTitle(openEnd),
    name,
  );
  const index = certificates.indexOf(openEnd);
  return [...presented, { kind: "partial-chain", index: index < 0 ? undefined : index, weight: "refuses", message }];
}

/**
 * Whether the CA of the store counts is documented nowhere: CloudFront's page on OCSP counts the client's and three
 * above it.
 */
function depthReason({ name, chainDepth }: Profile, length: number, isAnchored: boolean): AcceptanceReason | undefined {
  if (length <= chainDepth.most) return undefined;
  const isCertain = length - (isAnchored ? 1 : 0) > chainDepth.most;
  const reason = { kind: "chain-depth", index: length - 1 } as const;
  if (isCertain)
    return {
      ...reason,
      weight: "refuses",
      message: l10n.t("The path has {0} certificates; {1} takes a chain of {2}", length, name, chainDepth.most),
    };
  return {
    ...reason,
    weight: "undocumented",
    message: l10n.t(
      "The path has {0} certificates with the CA of the bundle; {1} takes a chain of {2}, and does not document whether that CA counts",
      length,
      name,
      chainDepth.most,
    ),
  };
}

function certificateReasons(
  profile: Profile,
  certificate: Certificate,
  index: number,
  isAnchor: boolean,
): readonly AcceptanceReason[] {
  const { name, isVersion3Only, outcome } = profile;
  const reasons: AcceptanceReason[] = [];
  const title = certificateTitle(certificate);
  if (isVersion3Only && certificate.version !== 3) {
    reasons.push({
      kind: "version",
      index,
      weight: "refuses",
      message: l10n.t(
        "“{0}” is an X.509 version {1} certificate; {2} takes version 3",
        title,
        certificate.version,
        name,
      ),
    });
  }
  const key = fits(profile, certificate.publicKey);
  if (key !== "yes") {
    const text = keyText(certificate.publicKey);
    reasons.push(
      key === "no"
        ? {
            kind: "key",
            index,
            weight: "refuses",
            message: l10n.t("The key of “{0}” is {1}; {2} does not take it", title, text, name),
          }
        : {
            kind: "key",
            index,
            weight: "undocumented",
            message: l10n.t("The key of “{0}” is {1}; {2} does not document whether it takes it", title, text, name),
          },
    );
  }
  const signature = fitsSignature(profile, certificate);
  if (signature === "yes") return reasons;
  const text = signatureText(certificate.signatureAlgorithm, certificate.der);
  // Nobody needs the signature of a trust anchor, but where the store as a whole is refused for it: of what a root
  // signed itself with, no page speaks.
  const refuses = signature === "no" && (!isAnchor || (outcome === "refused" && !isSelfSigned(certificate)));
  reasons.push(
    refuses
      ? {
          kind: "signature-algorithm",
          index,
          weight: "refuses",
          message: l10n.t("The signature of “{0}” is {1}; {2} does not take it", title, text, name),
        }
      : {
          kind: "signature-algorithm",
          index,
          weight: "undocumented",
          message: l10n.t(
            "The signature of “{0}” is {1}; {2} does not document whether it takes it",
            title,
            text,
            name,
          ),
        },
  );
  return reasons;
}

function fits({ keys }: Profile, { kind, bits, curve }: Certificate["publicKey"]): "yes" | "no" | "unknown" {
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

function fitsSignature(
  { hashes, isPssDocumented, keys }: Profile,
  { signatureAlgorithm, der }: Certificate,
): "yes" | "no" | "unknown" {
  const scheme = signatureScheme(signatureAlgorithm, der);
  if (scheme === undefined) return "no";
  if (!scheme.keys.some((kind) => kind === "rsa" || kind === "ec") || scheme.hash === undefined) return "no";
  if (scheme.pss !== undefined && (scheme.pss.maskGeneration !== mgf1 || scheme.pss.maskHash !== scheme.pss.hash))
    return "unknown";
  if (scheme.pss !== undefined && !isPssDocumented) return brokenHashes.has(scheme.hash) ? "no" : "unknown";
  if (hashes.has(scheme.hash)) return "yes";
  // API Gateway's page says "SHA-256 or stronger", and not what is.
  return keys.rsa.most === undefined && !brokenHashes.has(scheme.hash) && !scheme.hash.endsWith("224")
    ? "unknown"
    : "no";
}
