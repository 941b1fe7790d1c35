import { addTo } from "../grouped.ts";
import { allOf, isSameReason, type SharedReason } from "../reason.ts";
import type { Bundle } from "../x509/bundle/bundle.ts";
import { judgeStore } from "./fitness.ts";
import { type Outside, type StoreJudgement, type StoreRequirement, serviceNames } from "./judgement.ts";
import type { StoreLimit, StoreUse } from "./reason.ts";
import { documentedTargets, type Target } from "./targets.ts";

/** One fault of a trust store, whichever of the services concerned it is one for. */
export interface UnmetInStore {
  /** `undefined`: the whole file, or the text below the last block. */
  readonly index: number | undefined;
  readonly severity: StoreJudgement["severity"];
  readonly reason: SharedReason;
  /**
   * Of what is said first; `undefined`: the services are not set, and no page is more to the point than another.
   */
  readonly source: StoreJudgement["source"] | undefined;
}

/** By what a file is judged as a trust store. */
export interface Judged extends Outside {
  readonly now: Date;
  /** None: the services are not set, and only what all of them say counts that say something. */
  readonly targets?: readonly Target[] | undefined;
}

const gravities = ["info", "warning", "error"] as const;

/** What a service makes of it. */
interface Answer {
  readonly target: Target;
  readonly judgement: StoreJudgement;
}

/**
 * What of a requirement the services concerned would not take. Each fault once, as grave as the strictest says; each
 * says what it says itself.
 */
export function* unmetInStore(
  bundle: Bundle,
  requirement: StoreRequirement,
  { now, targets = [], ...outside }: Judged,
): Generator<UnmetInStore, void, void> {
  const isSaid = targets.length > 0;
  const concerned = isSaid ? targets : documentedTargets;
  const faults = new Map<number | undefined, Answer[]>();
  for (const target of concerned) {
    let place = 0;
    for (const judgement of judgeStore(bundle, target, requirement, now, outside)) {
      // Above one block there may be several kinds of text; all services that restrict it say the same of it.
      const key = requirement === "text" ? place++ : judgement.index;
      addTo(faults, key, { target, judgement });
    }
    if (!isSaid && faults.size === 0) return;
  }
  for (const answers of faults.values()) {
    if (!isSaid && answers.length < documentedTargets.length) continue;
    const sorted = answers.toSorted((a, b) => (isSaid ? rank(b) - rank(a) : rank(a) - rank(b)));
    const [first] = sorted;
    if (first === undefined) continue;
    const { index, severity, source, found, limit } = first.judgement;
    // Where the services are not set, what the mildest one says holds for all.
    const reason = !isSaid && limit === undefined ? found : reasonOf(first, sorted, concerned);
    yield { index, severity, reason, source: isSaid ? source : undefined };
  }
}

function rank({ judgement }: Answer): number {
  return gravities.indexOf(judgement.severity);
}

/** @param answers the first is what decides how grave it is */
function reasonOf(first: Answer, answers: readonly Answer[], concerned: readonly Target[]): SharedReason {
  const [one = [first], ...others] = groupsOf(answers, (a, b) => isSameReason(a.judgement.found, b.judgement.found));
  return allOf(saidOnce(one, concerned), ...others.map((group) => saidOnce(group, concerned)));
}

/** What is the matter, then what the services say of it; else for which of them it is so, where it is not for all. */
function saidOnce(answers: readonly [Answer, ...Answer[]], concerned: readonly Target[]): SharedReason {
  const [{ judgement }] = answers;
  const limits = answers.flatMap(({ judgement: { limit } }) => limit ?? []);
  if (limits.length > 0)
    return allOf(judgement.found, ...groupsOf(limits, (a, b) => isSameReason(unnamed(a), unnamed(b))).map(asOne));
  if (answers.length === concerned.length) return judgement.found;
  const use: StoreUse = {
    code: "store:applies",
    args: { services: serviceNames(answers.map(({ target }) => target)) },
  };
  return allOf(judgement.found, use);
}

/** The same for all services that say the same. */
function unnamed(limit: StoreLimit): SharedReason {
  return { code: limit.code, args: { ...limit.args, services: [] } };
}

function asOne([limit, ...others]: readonly [StoreLimit, ...StoreLimit[]]): SharedReason {
  const services = [limit, ...others].flatMap(({ args }) => args.services);
  return { code: limit.code, args: { ...limit.args, services } };
}

/** What is alike together, in the order of the first of each. */
function groupsOf<Item>(
  items: readonly Item[],
  isAlike: (one: Item, other: Item) => boolean,
): readonly (readonly [Item, ...Item[]])[] {
  const groups: [Item, ...Item[]][] = [];
  for (const item of items) {
    const known = groups.find(([first]) => isAlike(first, item));
    if (known === undefined) groups.push([item]);
    else known.push(item);
  }
  return groups;
}
