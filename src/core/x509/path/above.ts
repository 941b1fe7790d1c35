import { judge } from "./judge.ts";
import type { PathFault } from "./path-faults.ts";
import type { Above, Search } from "./search.ts";
import { candidatesFor, entityOf, standingOf, verdictOn, type Walk } from "./walk.ts";

/** What is looked at above one trust anchor. */
const mostSteps = 200;

/**
 * From the trust anchor on top of the path through others of the store up to a root, whatever is against them: a
 * program that does not end at an intermediate goes there.
 */
export function* chainAbove(walk: Walk): Search<Above | undefined> {
  const { path } = walk;
  const start = path.length;
  const faults: PathFault[] = [];
  let best: Above | undefined;
  let steps = 0;
  let isCertain = true;
  /** @returns whether there is nothing better to find */
  function* climb(): Search<boolean> {
    const top = path.at(-1);
    if (top === undefined) return true;
    for (const issuer of yield* candidatesFor(walk, top)) {
      const entity = entityOf(walk, issuer);
      if (!walk.anchors.has(issuer) || path.some((other) => entityOf(walk, other) === entity)) continue;
      if (++steps > mostSteps || ++walk.steps > walk.bounds.paths) {
        isCertain = false;
        return true;
      }
      const verdict = yield* verdictOn(walk, issuer, top);
      if (verdict !== "valid") {
        if (verdict !== "invalid") isCertain = false;
        continue;
      }
      const judged = yield* judge(walk, issuer);
      if (judged === undefined) {
        isCertain = false;
        continue;
      }
      const before = faults.length;
      path.push(issuer);
      faults.push(...judged.all.filter(({ weight }) => weight !== "told"));
      if ((yield* standingOf(walk, issuer)) === "root") {
        if (best === undefined || faults.length < best.faults.length)
          best = { certificates: path.slice(start), faults: [...faults], isCertain: true };
      } else if (path.length < walk.bounds.length) yield* climb();
      path.pop();
      faults.length = before;
      if (best?.faults.length === 0 || !isCertain) return true;
    }
    return false;
  }
  yield* climb();
  return best && { ...best, isCertain };
}
