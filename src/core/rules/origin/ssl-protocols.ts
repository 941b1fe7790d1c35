import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import type { Origin } from "../../cloudfront/distribution.ts";
import { itemsIn } from "../../dialect/shape.ts";
import type { Change } from "../../document/change.ts";
import { type Node, type ObjectNode, stringOf, valueOf } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const newest = "TLSv1.2";
const outdated = new Set<unknown>(["SSLv3", "TLSv1", "TLSv1.1"]);

const says = {
  outdated: ({ protocol }: { protocol: string }) =>
    l10n.t("{0} is outdated, and the handshake with the origin can fall back to it. Use only TLSv1.2.", protocol),
  offer: () => l10n.t("Use only TLSv1.2 (the origin must support it)"),
} satisfies Says;

export const sslProtocols: Rule<Origin, typeof says> = {
  id: "origin/ssl-protocols",
  severity: "warning",
  requires: l10n.t("An origin with mTLS should use only TLSv1.2, the newest protocol in OriginSslProtocols."),
  source: sources.customOriginConfig,
  says,
  *check({ id, custom, mtls }) {
    if (mtls === "off" || custom === undefined) return;
    const list = valueOf(custom, "OriginSslProtocols");
    const old = itemsIn(list).filter((item) => item.kind === "scalar" && outdated.has(item.value));
    if (list?.kind !== "object" || old.length === 0) return;
    const fixes: readonly Fix<ReasonOf<typeof says>>[] = [
      { reason: { code: "offer" }, safe: false, changes: newestOnly(list, itemsIn(list)) },
    ];
    for (const item of old) {
      const protocol = item.kind === "scalar" ? String(item.value) : "";
      yield { at: item, origin: id, reason: { code: "outdated", args: { protocol } }, fixes };
    }
  },
};

function newestOnly(list: ObjectNode, items: readonly Node[]): Change[] {
  const kept = items.filter((item) => stringOf(item) === newest || isTemplated(stringOf(item) ?? ""));
  const node = valueOf(list, "Items");
  const quantity = valueOf(list, "Quantity");
  const gone = items.filter((item) => !kept.includes(item));
  const changes: Change[] = kept.length > 0 ? gone.map((entry) => ({ kind: "remove", entry })) : [];
  if (kept.length === 0 && node !== undefined) changes.push({ kind: "set", node, value: [newest] });
  if (quantity !== undefined) changes.push({ kind: "set", node: quantity, value: Math.max(kept.length, 1) });
  return changes;
}
