import * as l10n from "@vscode/l10n";
import type { Beside, Wrapper } from "../../cloudfront/config.ts";
import type { Change } from "../../document/change.ts";
import { memberOf, type ObjectNode } from "../../document/tree.ts";
import { type ConfigFacts, subjectsOf } from "../../facts.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  beside: ({ key, config }: { key: string; config: string }) =>
    l10n.t("{0} is next to {1}, where CloudFront does not see it. It belongs in {1}.", key, config),
  "of-origin": ({ key, config }: { key: string; config: string }) =>
    l10n.t(
      "{0} is next to {1}, where CloudFront does not see it. It belongs in the CustomOriginConfig of an origin.",
      key,
      config,
    ),
  slip: ({ key, config, right }: { key: string; config: string; right: string }) =>
    l10n.t("{0} is next to {1}, where CloudFront does not see it. It belongs in {1}, as {2}.", key, config, right),
  "of-viewers": ({ key, config }: { key: string; config: string }) =>
    l10n.t(
      "{0} is next to {1}, where CloudFront does not see it. It belongs in the ViewerMtlsConfig of {1}.",
      key,
      config,
    ),
  "of-origins": ({ key, config }: { key: string; config: string }) =>
    l10n.t("{0} is next to {1}, where CloudFront does not see it. It belongs in the Origins of {1}.", key, config),
  twice: ({ key, config, right }: { key: string; config: string; right: string }) =>
    l10n.t(
      "{0} is next to {1}, where CloudFront does not see it. {1} has another {2}. Keep the right one in {1}, and remove this one.",
      key,
      config,
      right,
    ),
  move: ({ keys, config }: { keys: string; config: string }) => l10n.t("Move {0} into {1}", keys, config),
  "move-as": ({ key, config, right }: { key: string; config: string; right: string }) =>
    l10n.t("Move {0} into {1} as {2}", key, config, right),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const besideConfig: Rule<ConfigFacts, typeof says> = {
  id: "file/beside-config",
  severity: "error",
  requires: l10n.t("The settings of a distribution must be in its configuration, not next to it."),
  source: sources.updateDistribution,
  says,
  *check(facts) {
    for (const { distribution, wrapper } of subjectsOf(facts, "distribution")) {
      if (wrapper === undefined) continue;
      for (const one of wrapper.beside) {
        const { member, isMtls } = one;
        if (member.start >= distribution.soundUpTo) continue;
        const fixes = fixesOf(one, wrapper, distribution.node);
        yield {
          at: member.keySpan,
          reason: reasonFor(one, wrapper, distribution.node),
          ...(isMtls ? {} : { severity: "warning" }),
          ...(fixes.length === 0 ? {} : { fixes }),
        };
      }
    }
  },
};

function reasonFor({ member, key, home }: Beside, wrapper: Wrapper, node: ObjectNode): Said {
  const args = { key: member.spelled, config: wrapper.member.spelled };
  switch (home) {
    case "origin":
      return { code: "of-origin", args };
    case "origins":
      return { code: "of-origins", args };
    case "viewer-mtls":
      return { code: "of-viewers", args };
    case "config":
      if (memberOf(node, key) !== undefined) return { code: "twice", args: { ...args, right: key } };
      return key === member.key ? { code: "beside", args } : { code: "slip", args: { ...args, right: key } };
  }
}

function fixesOf(one: Beside, { member, beside }: Wrapper, to: ObjectNode): readonly Fix<Said>[] {
  if (one.home !== "config" || memberOf(to, one.key) !== undefined) return [];
  const config = member.spelled;
  const alike = beside.filter(({ home, key }) => home === "config" && key === one.key);
  if (alike.length > 1) return [];
  // Without viewer mTLS, a connection function is refused.
  const viewers =
    one.key === "ConnectionFunctionAssociation" && memberOf(to, "ViewerMtlsConfig") === undefined
      ? beside.filter(({ key }) => key === "ViewerMtlsConfig")
      : [];
  const all = viewers.length === 1 ? [...viewers, one] : [one];
  const changes = all.map((each): Change => {
    const move = { kind: "move", member: each.member, to } as const;
    return each.key === each.member.key ? move : { ...move, key: each.key };
  });
  const reason: Said =
    one.key === one.member.key
      ? { code: "move", args: { keys: all.map((each) => each.member.spelled), config } }
      : { code: "move-as", args: { key: one.member.spelled, config, right: one.key } };
  return [{ reason, safe: false, changes }];
}
