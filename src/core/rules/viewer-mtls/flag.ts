import * as l10n from "@vscode/l10n";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { offWith } from "../../cloudfront/viewer-intent.ts";
import { isFlagOfViewerMtls } from "../../cloudfront/viewer-mtls.ts";
import { flagSays } from "../../dialect/flag.ts";
import { refusalOf } from "../../dialect/refusal.ts";
import { nameOf } from "../../dialect/spell.ts";
import type { Member } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { nameOfHolder } from "../related.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  flag: ({ holder, refusal }: { holder: string; refusal: string }) =>
    l10n.t("{0} has no on/off flag. Viewer mTLS is on as soon as a mode is set. {1}", holder, refusal),
  "stays-on": ({ holder, refusal, block }: { holder: string; refusal: string; block: string }) =>
    l10n.t(
      "{0} has no on/off flag, and viewer mTLS stays on. {1} To turn off viewer mTLS, remove {2}.",
      holder,
      refusal,
      block,
    ),
  remove: ({ key }: { key: string }) => l10n.t("Remove {0}", key),
  "turn-off": ({ keys }: { keys: string }) => l10n.t("Remove {0} (turns off viewer mTLS)", keys),
  "leave-on": ({ key }: { key: string }) => l10n.t("Remove {0} (viewer mTLS stays on)", key),
} satisfies Says;

export const flag: Rule<Distribution, typeof says> = {
  id: "viewer-mtls/flag",
  severity: "error",
  requires: l10n.t(
    "ViewerMtlsConfig must not have an on/off flag, because viewer mTLS is off only if there is no ViewerMtlsConfig.",
  ),
  source: sources.viewerMtlsConfig,
  says,
  *check(distribution) {
    const { soundUpTo, members, viewerMtls } = distribution;
    for (const { member, shape } of members.unknown) {
      if (!isFlagOfViewerMtls(member, shape.name) || member.start >= soundUpTo) continue;
      const meant = flagSays(member);
      const key = member.spelled;
      const refusal = refusalOf(member.parent, key);
      const isBeside = shape.name === "DistributionConfig";
      const holder = isBeside ? nameOf(member.parent, "ViewerMtlsConfig") : (nameOfHolder(member.parent) ?? shape.name);
      const block = viewerMtls?.member;
      const remove = { safe: meant === "on", changes: [{ kind: "remove", entry: member }] } as const;
      if (meant !== "off" || viewerMtls?.on !== true) {
        yield {
          at: member.keySpan,
          reason: { code: "flag", args: { holder, refusal } },
          fixes: [{ reason: { code: "remove", args: { key } }, ...remove }],
        };
        continue;
      }
      yield {
        at: member.keySpan,
        reason: { code: "stays-on", args: { holder, refusal, block: block?.spelled ?? shape.name } },
        fixes: [
          ...turnOff(distribution, block, isBeside ? [member] : []),
          { reason: { code: "leave-on", args: { key } }, ...remove },
        ],
      };
    }
  },
};

function turnOff(
  distribution: Distribution,
  block: Member | undefined,
  beside: readonly Member[],
): readonly Fix<ReasonOf<typeof says>>[] {
  if (block === undefined) return [];
  const gone = [...offWith(distribution, block), ...beside];
  return [
    {
      reason: { code: "turn-off", args: { keys: gone.map(({ spelled }) => spelled) } },
      safe: false,
      changes: gone.map((entry) => ({ kind: "remove", entry })),
    },
  ];
}
