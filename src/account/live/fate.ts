// What became of a change to which no answer came that says it: what AWS has now is held against what was sent.
import type { Version } from "./change.ts";
import type { KeptConfigs, WaitRecord } from "./records.ts";
import type { Target } from "./target.ts";

/**
 * `there`: AWS has what was sent, and nothing else. `extended`: with what the service, or somebody, added.
 * `among-others`: what it changes is there, and another update changed something else.
 * `before`: what it was to replace is still there, so it may yet arrive. `overtaken`: another update came before or
 * after it; where the service compares versions, it cannot arrive any more. `untold`: something else is there, and what
 * was sent is not known any more.
 */
export type Fate = Arrived | "before" | "overtaken" | "untold";

export type Arrived = "there" | "extended" | "among-others";

export function hasArrived(fate: Fate): fate is Arrived {
  return fate === "there" || fate === "extended" || fate === "among-others";
}

/** @param configs as they were kept beside the record; `undefined`: only its names say what was sent */
export function fateOf<Config>(
  record: Pick<WaitRecord, "expected" | "isWhole" | "replaced">,
  configs: KeptConfigs | undefined,
  now: Version<Config>,
  target: Target<Config>,
): Fate {
  const { expected, isWhole, replaced: version } = record;
  /** `undefined`: no version tells. */
  const isMoved = version === undefined || now.etag === undefined ? undefined : now.etag !== version;
  const [replaced, sent] = [configs?.replaced, configs?.sent].map((text) =>
    text === undefined ? undefined : target.read(text),
  );
  if (replaced !== undefined && sent !== undefined) {
    const isAsBefore = target.diff(replaced, now.config).length === 0;
    if (isAsBefore && isMoved !== true) return "before";
    if (target.readBack(sent, now.config).length === 0)
      return target.diff(sent, now.config).length === 0 ? "there" : "extended";
    const { config, conflicts } = target.merge(replaced, sent, now.config);
    if (!isAsBefore && conflicts.length === 0 && target.diff(config, now.config).length === 0) return "among-others";
    return isMoved === false ? "before" : "overtaken";
  }
  const isUnmet = target.unmet(expected, now.config).length > 0;
  if (isWhole && !isUnmet) return "there";
  if (isMoved === false || (isMoved === undefined && isWhole)) return "before";
  return isUnmet ? "overtaken" : "untold";
}
