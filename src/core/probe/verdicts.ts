/** From the best to the worst, but for what could not be told. */
export type Verdict =
  | "enforced-tls"
  | "enforced-http"
  | "unreachable"
  | "cannot-tell"
  | "asks-late"
  | "asks-only"
  | "does-not-ask";

const order: readonly Verdict[] = [
  "enforced-tls",
  "enforced-http",
  "unreachable",
  "cannot-tell",
  "asks-late",
  "asks-only",
  "does-not-ask",
];

/** Whether a verdict says that nobody gets in without the right certificate; undefined: it leaves that open. */
export function isEnforced(verdict: Verdict): boolean | undefined {
  if (verdict === "enforced-tls" || verdict === "enforced-http") return true;
  return verdict === "unreachable" || verdict === "cannot-tell" ? undefined : false;
}

/** The first of those that are worst. */
export function worst<One extends { readonly verdict: Verdict }>(judgements: readonly One[]): One | undefined {
  return judgements.reduce<One | undefined>(
    (found, one) => (found === undefined || order.indexOf(one.verdict) > order.indexOf(found.verdict) ? one : found),
    undefined,
  );
}
