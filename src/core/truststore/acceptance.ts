import type { IdentityFilters } from "../elb/identity-filter.ts";
import type { SharedReason } from "../reason.ts";
import type { Certificate } from "../x509/model.ts";
import { certificateCalled } from "../x509/naming.ts";
import { searchPaths } from "../x509/path/path.ts";
import {
  type Bounds,
  bounds,
  type CandidatePath,
  type PathOptions,
  type PathSearch,
  type Search,
} from "../x509/path/search.ts";
import type { Verdict } from "../x509/path/verdicts.ts";
import { clientAuth } from "../x509/usages.ts";
import { aboveObjections, boundObjection, endObjection, objectionOf, unsupportedObjection } from "./by-rfc5280.ts";
import { certificateObjections, depthAbove, mayTake, pathObjections } from "./by-service.ts";
import { answerOfFilters, type FilterAnswer } from "./identity-filters.ts";
import type { AcceptanceReason, Objection } from "./objection.ts";
import { belowAnchor, ocspObjection, revocationNotes } from "./revocation.ts";
import { perTarget, profiles, type Target, targets } from "./targets.ts";

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
  /** Of the Network Load Balancer's listener that is meant; `undefined`: nobody said which. */
  readonly filters?: IdentityFilters | undefined;
  /** Whether the trust store of CloudFront checks OCSP; `undefined`: that is not known. */
  readonly ocsp?: boolean | undefined;
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
   * `accepted`: verified, and documented. `undocumented`: RFC 5280 accepts, or leaves it open, and the objections say
   * what the service does not document, or without a target what programs do not agree on: never a bare yes.
   * `gave-up`: there is no answer.
   */
  readonly verdict: "accepted" | "undocumented" | "refused" | "gave-up";
  /**
   * The client first, the trust anchor last; where it is refused, the attempt that comes closest. All signatures on it
   * hold.
   */
  readonly path: readonly PathStep[];
  readonly objections: readonly Objection[];
  /** Of an answer that is no refusal: what was not looked at, and what the service does about it. */
  readonly notes: readonly SharedReason[];
  /** Of the whole question. */
  readonly work: { readonly signatures: number; readonly paths: number };
}

export interface AcceptanceAnswer {
  readonly rfc5280: Acceptance;
  readonly byTarget: Readonly<Record<Target, Acceptance>>;
  /** Only what is not accepted is among the objections of a Network Load Balancer. */
  readonly filters: FilterAnswer;
}

type Draft = Pick<Acceptance, "target" | "verdict" | "objections"> & {
  readonly certificates: readonly Certificate[];
  readonly isAnchored: boolean;
  /** Whether no path could have a better verdict. */
  readonly isDecided: boolean;
  /** How much is against the path itself, up to its trust anchor. */
  readonly weight: number;
  /** Those whose revocation counts. */
  readonly below: readonly Certificate[];
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
      const draft = draftOf(target, path, question.ocsp);
      const isBetter =
        known === undefined ||
        ranks[draft.verdict] < ranks[known.verdict] ||
        (draft.verdict === known.verdict && draft.weight < known.weight);
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
  const filters = answerOfFilters(question.client, question.filters);
  return {
    rfc5280: answer(undefined),
    byTarget: perTarget((target) => (target === "nlb" ? behindFilters(answer(target), filters) : answer(target))),
    filters,
  };
}

const weights = { refused: "refuses", undocumented: "undocumented", undecided: "gave-up" } as const;

/** Filters come behind the trust store: they see no client that it refuses. */
function behindFilters(answer: Acceptance, { verdict, reason }: FilterAnswer): Acceptance {
  if (answer.verdict === "refused" || verdict === "accepted") return answer;
  const weight = weights[verdict];
  const objection: Objection = { kind: "identity-filters", index: 0, weight, reason };
  const objections = [objection, ...answer.objections];
  const left = verdictOf(objections);
  return { ...answer, objections, verdict: left, notes: left === "refused" ? [] : answer.notes };
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
  const objections = [
    ...own.flatMap((fault) => objectionOf(fault, target) ?? []),
    ...(target === undefined || client === undefined ? [] : certificateObjections(profiles[target], client, 0, false)),
  ];
  return ranks[verdictOf(objections)];
}

function verdictOf(objections: readonly Objection[]): Acceptance["verdict"] {
  if (objections.some(({ weight }) => weight === "refuses")) return "refused";
  if (objections.some(({ weight }) => weight === "gave-up")) return "gave-up";
  return objections.length > 0 ? "undocumented" : "accepted";
}

function draftOf(target: Target | undefined, path: CandidatePath, ocsp: boolean | undefined): Draft {
  const { certificates, isAnchored, faults, openEnd, above } = path;
  // Where the chain must be in the store, that it ends there is said with what is missing.
  const profile = target && profiles[target];
  const isSaid = profile?.isChainInStore === true && openEnd !== undefined;
  const isDocumented = profile?.isAnyAnchor === true;
  const left = faults.filter(
    ({ kind, fact }) =>
      !(isSaid && (kind === "partial-chain" || kind === "client-in-store")) &&
      !(isDocumented && fact.code === "path:anchor-not-a-root"),
  );
  const own = [
    ...left.flatMap((fault) => objectionOf(fault, target) ?? []),
    ...(profile === undefined ? [] : pathObjections(profile, path)),
  ];
  const [depth, unasked] = [profile && depthAbove(profile, path), ocspObjection(target, path, ocsp)];
  const objections = [
    ...own,
    ...(unasked === undefined ? [] : [unasked]),
    ...(above === undefined ? [] : aboveObjections(above, target, certificates.length - 1)),
    ...(depth === undefined ? [] : [depth]),
  ];
  const order = ({ weight }: Objection) => (weight === "refuses" ? 0 : 1);
  const sorted = objections.toSorted((a, b) => order(a) - order(b));
  const verdict = verdictOf(sorted);
  return {
    target,
    verdict,
    objections: sorted,
    certificates,
    isAnchored,
    isDecided: ranks[verdict] <= floorOf(target, path),
    weight: own.length,
    below: belowAnchor(path),
  };
}

/** No path holds by RFC 5280. */
function failedDraft(
  { client, ocsp }: AcceptanceQuestion,
  target: Target | undefined,
  { attempt, end, bound, unsupported }: PathSearch,
): Draft {
  const faults = attempt?.faults ?? [];
  const draft = draftOf(
    target,
    {
      certificates: attempt?.certificates ?? [client],
      isAnchored: attempt?.isAnchored ?? false,
      faults,
      anchors: attempt?.anchors ?? new Set(),
      openEnd: attempt?.openEnd,
      above: attempt?.above,
    },
    ocsp,
  );
  const index = draft.certificates.length - 1;
  const top = draft.certificates[index];
  const ending = end === undefined || top === undefined ? [] : [endObjection(end, top, index)];
  const open = openObjections(target, draft.certificates, unsupported);
  const objections = [...draft.objections, ...ending.filter(({ kind }) => kind !== "unsupported")];
  // What is against the client's own certificate stays, whatever the search did not get to.
  if (floorOf(target, { ...draft, faults }) === ranks.refused || (bound === undefined && open.length === 0)) {
    const told = objections.some(({ weight }) => weight === "refuses")
      ? objections
      : [...objections, ...ending.map((objection): Objection => ({ ...objection, weight: "refuses" }))];
    return { ...draft, objections: told, verdict: "refused" };
  }
  return soften({ ...draft, objections: [...open.slice(0, 1), ...objections] });
}

/** Paths that might hold, but whose signatures cannot be verified here. */
function openObjections(
  target: Target | undefined,
  certificates: readonly Certificate[],
  unsupported: PathSearch["unsupported"],
): readonly Objection[] {
  return unsupported
    .filter((pair) => target === undefined || mayTake(profiles[target], pair))
    .map(({ issuer, subject }) => unsupportedObjection(subject, issuer, certificates.indexOf(subject)));
}

/** Which issuer is tried first, and whether others are tried behind it, is documented nowhere. */
function withLost(draft: Draft, { lost }: PathSearch): Draft {
  const { target, certificates, verdict, below } = draft;
  if (target === undefined || verdict !== "accepted") return draft;
  // Where any CA of the store ends the path, nothing is tried above the first one.
  const { isAnyAnchor } = profiles[target];
  const tried = isAnyAnchor ? below : certificates;
  const other = lost.find(
    ({ issuer, subject, isPartial }) =>
      tried.includes(subject) && !certificates.includes(issuer) && !(isAnyAnchor && isPartial),
  );
  if (other === undefined) return draft;
  const reason: AcceptanceReason = {
    code: "acceptance:other-issuer",
    args: {
      title: certificateCalled(other.subject),
      issuer: certificateCalled(other.issuer),
      service: profiles[target].name,
    },
  };
  const objection: Objection = {
    kind: "other-issuer",
    index: certificates.indexOf(other.subject),
    weight: "undocumented",
    reason,
  };
  return { ...draft, verdict: "undocumented", objections: [...draft.objections, objection] };
}

/** A way that was not looked at may be better. */
function soften(draft: Draft): Draft {
  return {
    ...draft,
    objections: draft.objections.map((objection): Objection => ({ ...objection, weight: "gave-up" })),
    verdict: "gave-up",
  };
}

function finish({ presented, ocsp }: AcceptanceQuestion, found: Draft, search: PathSearch, most: Bounds): Acceptance {
  const { bound, attempt, work } = search;
  const isWorst = attempt === undefined && found.verdict === "refused" && !found.isDecided;
  const open = isWorst ? openObjections(found.target, found.certificates, search.unsupported).slice(0, 1) : [];
  const isOpen = isWorst && (bound !== undefined || open.length > 0);
  const draft = isOpen ? soften({ ...found, objections: [...open, ...found.objections] }) : withLost(found, search);
  const { target, certificates, isAnchored } = draft;
  const isUndecided = bound !== undefined && draft.verdict !== "accepted" && draft.verdict !== "refused";
  const weight = draft.verdict === "gave-up" ? "gave-up" : "undocumented";
  const objections = isUndecided ? [boundObjection(bound, most, weight), ...draft.objections] : draft.objections;
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
  const notes = draft.verdict === "refused" ? [] : revocationNotes(target, draft.below, ocsp);
  return { target, verdict: draft.verdict, path, objections, notes, work };
}
