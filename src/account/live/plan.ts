// What a live change comes to, worked out before anything is sent. Nothing here speaks to the user or to AWS.
import { broughtBy } from "../problems.ts";
import type { Aim, Conflicts, Plan, Version, Wish } from "./change.ts";
import type { Target } from "./target.ts";

export type Planned<Config> =
  | { readonly kind: "plan"; readonly plan: Plan<Config> }
  /** It is so already. */
  | { readonly kind: "nothing" }
  | Extract<Aim<Config>, { readonly kind: "impossible" }>
  | ({ readonly kind: "conflicts" } & Conflicts<Config>);

export function planFor<Config>(wish: Wish<Config>, fetched: Version<Config>, target: Target<Config>): Planned<Config> {
  const aim = wish.aim(fetched);
  if (aim.kind === "impossible") return aim;
  if (aim.kind === "conflicts") return { ...aim, fetched };
  const [before, goal] = [fetched.config, aim.config];
  const differences = target.diff(before, goal);
  if (differences.length === 0) return { kind: "nothing" };
  return {
    kind: "plan",
    plan: {
      fetched,
      goal,
      differences,
      steps: target.steps(before, goal),
      ...broughtBy(target.rules(before, before), target.rules(goal, before)),
      parts: wish.parts ?? target.trace(before, goal).parts,
    },
  };
}

/** Whether two looks saw the same: by its version, or by all that it says. */
export function isSameVersion<Config>(one: Version<Config>, other: Version<Config>, target: Target<Config>): boolean {
  return one.etag === undefined || other.etag === undefined
    ? target.diff(one.config, other.config).length === 0
    : one.etag === other.etag;
}
