import type { Failure, FailureKind } from "../../core/failure.ts";
import { explainFailure, failureWords, remedyFor, remedyWords } from "../failure-words.ts";
import { item, type Outlook, rowKind } from "../kind.ts";
import { isRow, type Row } from "../row.ts";

/** Why a list does not go on, or why there is none. */
export interface FailureRow {
  readonly kind: "failure";
  /** The list; without one, the session. */
  readonly in: Row | undefined;
}

export function failureRow(list: Row | undefined): FailureRow {
  return { kind: "failure", in: list };
}

export function failureOf(row: FailureRow, { account }: Pick<Outlook, "account">): Failure | undefined {
  return row.in === undefined ? account.failure : account.listing(row.in).failure;
}

const contexts = [
  ...["failure.signed-out", "failure.expired", "failure.denied", "failure.throttled"],
  ...["failure.conflict", "failure.not-found", "failure.offline", "failure.wrong-endpoint", "failure.refused"],
  ...["failure.cancelled", "failure.unknown"],
] as const satisfies readonly `failure.${FailureKind}`[];

export const failure = rowKind(
  (value): value is FailureRow =>
    isRow(value) && value.kind === "failure" && (!("in" in value) || value.in === undefined || isRow(value.in)),
)({
  kind: "failure",
  key: (row, keyOf) => (row.in === undefined ? "failure" : `failure in ${keyOf(row.in)}`),
  contexts,
  item: (row, outlook) => {
    const met = failureOf(row, outlook);
    if (met === undefined) return undefined;
    const action = { does: "mend", title: remedyWords(remedyFor(met), met) } as const;
    return item(failureWords(met), "leaf", `failure.${met.failure}`, { action });
  },
  explain: (row, outlook) => {
    const met = failureOf(row, outlook);
    const hasMore = row.in !== undefined && outlook.account.listing(row.in).items.length > 0;
    return met === undefined ? undefined : explainFailure(met, hasMore);
  },
  parent: (row) => row.in,
  refresh: async (row, { account }) => {
    await account.retry(row.in);
    return undefined;
  },
});
