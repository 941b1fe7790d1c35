// What a user is told of a document: what the rules find in it, but for what the settings hide.
import type { ViewerMode } from "./cloudfront/viewer-mtls.ts";
import type { Facts } from "./facts.ts";
import { read } from "./read.ts";
import { check, checkInSteps } from "./rules/check.ts";
import type { Context, Problem } from "./rules/rule.ts";
import type { FaultListener } from "./rules/run.ts";
import type { Steps } from "./steps.ts";

/** One finding the user wants not to see: by rule, file, and origin or certificate, never by place. */
export interface Suppression {
  readonly rule: string;
  /** Relative to the workspace folder, with `/`. */
  readonly path: string;
  /** Without it, all findings of the rule in the file. */
  readonly origin?: string;
  /** Serial number and checksum, in hexadecimal. */
  readonly certificate?: string;
}

/** What a document is judged by. */
export interface Judging {
  readonly context: Context;
  readonly onFault: FaultListener;
  /** Of this document. */
  readonly hidden: readonly Suppression[];
}

/** What is found, and what of it the settings hide. */
export interface Judged {
  readonly shown: readonly Problem[];
  /** By which of the settings each is. */
  readonly hidden: readonly { readonly problem: Problem; readonly by: Suppression }[];
}

export function* judgeInSteps(facts: Facts, { context, onFault, hidden }: Judging): Steps<Judged> {
  const problems = yield* checkInSteps(facts, context, onFault);
  if (hidden.length === 0) return { shown: problems, hidden: [] };
  return {
    shown: problems.filter((problem) => isShown(problem, hidden)),
    hidden: problems.flatMap((problem) => {
      const by = hiderOf(problem, hidden);
      return by === undefined ? [] : [{ problem, by }];
    }),
  };
}

/** All that the settings let through. */
export function* shownProblems(facts: Facts, judging: Judging): Steps<readonly Problem[]> {
  return (yield* judgeInSteps(facts, judging)).shown;
}

export function isShown(problem: Problem, hidden: readonly Suppression[]): boolean {
  return hiderOf(problem, hidden) === undefined;
}

function hiderOf(problem: Problem, hidden: readonly Suppression[]): Suppression | undefined {
  return hidden.find(
    ({ rule, origin, certificate }) =>
      rule === problem.rule.id &&
      (origin === undefined || origin === problem.origin) &&
      (certificate === undefined || certificate === problem.certificate),
  );
}

/**
 * What the rules say of the ID of a trust store that is not in the document yet. The user asks for it: no setting hides
 * it.
 */
export function checkTrustStoreId(
  id: string,
  mode: ViewerMode,
  { context, onFault }: Pick<Judging, "context" | "onFault">,
): Problem[] {
  const text = JSON.stringify({ ViewerMtlsConfig: { Mode: mode, TrustStoreConfig: { TrustStoreId: id } } });
  const shownAll = { ...context, settings: { ...context.settings, severities: {} } };
  return check(read({ text, syntax: "json", name: "" }), shownAll, onFault).filter(
    ({ rule }) => rule.id === "viewer-mtls/trust-store-id",
  );
}
