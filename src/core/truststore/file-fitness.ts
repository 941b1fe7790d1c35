import * as l10n from "@vscode/l10n";
import type { Bundle } from "../x509/bundle/bundle.ts";
import { storeReasons } from "./fitness.ts";
import { type Outside, type StoreReason, type StoreRequirement, serviceNames } from "./reason.ts";
import { targets as allTargets, profiles, type Target } from "./targets.ts";

/** One fault of a trust store, whichever of the services concerned it is one for. */
export interface UnmetInStore {
  /** `undefined`: the whole file, or the text below the last block. */
  readonly index: number | undefined;
  readonly severity: StoreReason["severity"];
  /** A sentence. */
  readonly message: string;
  /**
   * Of what is said first; `undefined`: nobody said for which services it is, and no page is more to the point than
   * another.
   */
  readonly source: StoreReason["source"] | undefined;
}

/** By what a file is judged as a trust store. */
export interface Judged extends Outside {
  readonly now: Date;
  /** None: nobody said for which services it is, and only what all of them say counts. */
  readonly targets?: readonly Target[] | undefined;
}

const gravities = ["info", "warning", "error"] as const;

interface Found {
  readonly target: Target;
  readonly reason: StoreReason;
}

/**
 * What of a requirement the services concerned would not take. Each fault once, as grave as the strictest says; each
 * says what it says itself.
 */
export function unmetInStore(
  bundle: Bundle,
  requirement: StoreRequirement,
  { now, targets = [], fingerprint, encoding }: Judged,
): readonly UnmetInStore[] {
  const outside: Outside = { fingerprint, encoding };
  const isSaid = targets.length > 0;
  const concerned = isSaid ? targets : allTargets;
  const faults = new Map<string, Found[]>();
  for (const target of concerned) {
    let place = 0;
    for (const reason of storeReasons(bundle, target, requirement, now, outside)) {
      // Above one block there may be several kinds of text; all services that restrict it say the same of it.
      const key = requirement === "text" ? `text ${place++}` : String(reason.index);
      const known = faults.get(key);
      if (known === undefined) faults.set(key, [{ target, reason }]);
      else known.push({ target, reason });
    }
    if (!isSaid && faults.size === 0) return [];
  }
  return [...faults.values()].flatMap((reasons) => {
    if (!isSaid && reasons.length < allTargets.length) return [];
    const sorted = reasons.toSorted((a, b) => (isSaid ? rank(b) - rank(a) : rank(a) - rank(b)));
    const [first] = sorted;
    if (first === undefined) return [];
    const { index, severity, source } = first.reason;
    return [{ index, severity, message: told(sorted, isSaid), source: isSaid ? source : undefined }];
  });
}

function rank({ reason }: Found): number {
  return gravities.indexOf(reason.severity);
}

/** @param reasons what decides how grave it is stands first */
function told(reasons: readonly Found[], isSaid: boolean): string {
  const [first] = reasons;
  if (first === undefined) return "";
  if (first.reason.takes === undefined && !isSaid) return l10n.t("{0}.", capitalized(first.reason.finds));
  const alike = new Map<string, Found[]>();
  for (const found of reasons) {
    const known = alike.get(found.reason.finds);
    if (known === undefined) alike.set(found.reason.finds, [found]);
    else known.push(found);
  }
  return l10n.t("{0}.", [...alike.values()].map(clauseOf).join("; "));
}

/** What some services say of one fault in the same words. */
function clauseOf(reasons: readonly Found[]): string {
  const [first] = reasons;
  if (first === undefined) return "";
  const { finds, takes, message } = first.reason;
  if (reasons.length === 1) return message;
  if (takes === undefined) return l10n.t("{0}: {1}", serviceNames(reasons.map(({ target }) => target)), finds);
  const alike = new Map<string, { readonly takes: string; readonly others: Target[] }>();
  for (const { target, reason } of reasons) {
    const what = reason.takes?.replace(profiles[target].name, "") ?? "";
    const known = alike.get(what);
    if (known === undefined) alike.set(what, { takes: reason.takes ?? "", others: [] });
    else known.others.push(target);
  }
  const all = [...alike.values()].map((one) =>
    one.others.length === 0 ? one.takes : l10n.t("{0} (likewise {1})", one.takes, serviceNames(one.others)),
  );
  return l10n.t("{0}; {1}", all.join("; "), finds);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
