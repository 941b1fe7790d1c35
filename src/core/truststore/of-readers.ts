import type { Bundle } from "../x509/bundle/bundle.ts";
import {
  isMarkBeforeFirst,
  withBytesBehind,
  withMark,
  withNegativeSerial,
  withReturns,
} from "../x509/bundle/unseen.ts";
import { judgement, type Outside, type StoreJudgement } from "./judgement.ts";
import type { StoreFound } from "./reason.ts";
import type { Profile } from "./targets.ts";

/** Blocks that some programs are known not to find, or to refuse: no page says which the services are like. */
export function judgeForReaders(
  bundle: Bundle,
  profile: Profile,
  _now: Date,
  { encoding }: Outside,
): readonly StoreJudgement[] {
  const unsure = (code: UnseenCode, index: number | undefined): StoreJudgement =>
    judgement(profile, { requirement: "readers", severity: "warning", index, found: { code } });
  if (encoding === "utf16le" || encoding === "utf16be") return [unsure("store:utf16", undefined)];
  const isMarked = encoding === "utf8bom" && isMarkBeforeFirst(bundle);
  return [
    ...(isMarked ? [unsure("store:byte-order-mark", 0)] : []),
    ...withMark(bundle).map(({ index }) => unsure("store:byte-order-mark", index)),
    ...withReturns(bundle).map(({ index }) => unsure("store:lone-returns", index)),
    ...withBytesBehind(bundle).map(({ index }) => unsure("store:bytes-behind", index)),
    ...withNegativeSerial(bundle).map(({ index }) => unsure("store:negative-serial", index)),
  ];
}

type UnseenCode = Extract<
  StoreFound["code"],
  `store:${"utf16" | "byte-order-mark" | "lone-returns" | "bytes-behind" | "negative-serial"}`
>;
