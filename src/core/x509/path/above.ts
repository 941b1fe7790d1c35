import { isSelfSigned, namedBy } from "../identity.ts";
import { type Certificate, isCertificateAuthority } from "../model.ts";
import { certificateCalled } from "../naming.ts";
import type { PathFault } from "./facts.ts";
import { judge } from "./judge.ts";
import type { Above, Search } from "./search.ts";
import { candidatesFor, entityOf, standingOf, verdictOn, type Walk } from "./walk.ts";

/** What is looked at above one trust anchor. */
const mostSteps = 200;

/**
 * From the trust anchor on top of the path through others of the store up to a root, or as far as they lead, whatever
 * is against them: a program that does not end at an intermediate goes there.
 */
export function* chainAbove(walk: Walk): Search<Above | undefined> {
  const { path } = walk;
  const start = path.length;
  const faults: PathFault[] = [];
  let best: Above | undefined;
  let steps = 0;
  let isCertain = true;
  const end = (isWhole: boolean): void => {
    const isBetter =
      best === undefined || (best.isWhole === isWhole ? faults.length < best.faults.length : isWhole && !best.isWhole);
    if (isBetter) best = { certificates: path.slice(start), faults: [...faults], isWhole, isCertain: true };
  };
  /** @returns whether there is nothing better to find */
  function* climb(): Search<boolean> {
    const top = path.at(-1);
    if (top === undefined) return true;
    const others: Certificate[] = [];
    let isIssued = false;
    for (const issuer of yield* candidatesFor(walk, top)) {
      if (!walk.anchors.has(issuer)) continue;
      const entity = entityOf(walk, issuer);
      if (path.some((other) => entityOf(walk, other) === entity)) continue;
      if (++steps > mostSteps || ++walk.steps > walk.bounds.paths) {
        isCertain = false;
        return true;
      }
      const verdict = yield* verdictOn(walk, issuer, top);
      if (verdict === "invalid") others.push(issuer);
      else isIssued = true;
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
      if ((yield* standingOf(walk, issuer)) === "root") end(true);
      else if (path.length < walk.bounds.length) yield* climb();
      path.pop();
      faults.length = before;
      if ((best?.isWhole && best.faults.length === 0) || !isCertain) return true;
    }
    if (isIssued) return false;
    const forged = forgery(top, others, path.length - 1);
    if (forged !== undefined) faults.push(forged);
    if (path.length > start || forged !== undefined) end(false);
    if (forged !== undefined) faults.pop();
    return false;
  }
  yield* climb();
  return best && { ...best, isCertain };
}

/** Nobody in the store signed it, also not those whom it names. A CA of another key is not here: that is no fault. */
function forgery(top: Certificate, others: readonly Certificate[], index: number): PathFault | undefined {
  if (isSelfSigned(top)) return undefined;
  const named = others.find((other) => namedBy(top, other) === "named");
  const issuer = named ?? others.find((other) => namedBy(top, other) === "possible" && isCertificateAuthority(other));
  return (
    issuer && {
      kind: "partial-chain",
      index,
      weight: "open",
      isOfAnchor: true,
      fact: {
        code: "path:issuer-signature",
        args: { title: certificateCalled(top), issuer: certificateCalled(issuer) },
      },
    }
  );
}
