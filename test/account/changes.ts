// Changes that were made on this machine, as rows show them.
import type { ChangeState, NoUndo, ShownChange } from "../../src/account/shown-change.ts";

export const now = Date.now();

export function shownChange(more: Partial<ShownChange> = {}): ShownChange {
  const { account, id, at } = { account: "111122223333", id: "E1ORDERS000001", at: now - 60_000, ...more };
  return {
    ...{
      key: `${account}/distribution/${id}/${at}`,
      account,
      kind: "distribution",
      profile: "dev",
      id,
      name: "orders.example.com",
    },
    ...{
      what: "Enable mTLS",
      title: `Enable Origin mTLS: ${id}`,
      parts: ["orders-api"],
      at,
      ended: at + 1_000,
      undone: undefined,
    },
    ...{ calls: 1, taken: 1, state: "done", noUndo: undefined },
    ...more,
  };
}

const states: readonly ChangeState[] = [
  ...(["here", "elsewhere", "left", "done", "failed", "partly", "overtaken", "deleted", "unknown"] as const),
];

/** One of each that rows tell apart, the latest first. */
export const oneOfEach: readonly ShownChange[] = [
  ...states.map((state): Partial<ShownChange> => ({ state, ...(isOpen(state) ? { noUndo: "under-way" } : {}) })),
  { state: "partly", calls: 12, taken: 11 } as const,
  { undone: now, noUndo: "undone" } as const,
  { at: now - 300 * 24 * 3_600_000 },
  { name: undefined, id: `E${"W".repeat(40)}`, what: "Change Certificate" },
].map((more, index) => shownChange({ at: now - index * 86_400_000, ...more }));

function isOpen(state: ChangeState): boolean {
  return state === "here" || state === "elsewhere" || state === "left";
}

export const whyNot: readonly NoUndo[] = [
  ...(["undone", "failed", "not-last", "forgotten", "never", "among-others"] as const),
  ...(["unsaved", "changed", "config-gone", "deleted"] as const),
];
