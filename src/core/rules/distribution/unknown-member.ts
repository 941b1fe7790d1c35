import * as l10n from "@vscode/l10n";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { meansOriginMtls } from "../../cloudfront/origin-mtls.ts";
import { cloudFormationSpelling, type Shape } from "../../cloudfront/vocabulary.ts";
import { type Member, memberOf } from "../../document/tree.ts";
import { nearest } from "../../text.ts";
import type { Finding, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const unknownMember: Rule<Distribution> = {
  id: "distribution/unknown-member",
  severity: "error",
  requires: l10n.t("A config has only members that the API knows, spelled as the API spells them."),
  source: sources.distributionConfig,
  *check({ dialect, members, origins, strayBlocks }) {
    const owned = new Set<Member>([...strayBlocks, ...origins.flatMap((origin) => origin.blocks)].flatMap(({ member, arn, enabled }) => [member, arn, enabled]).filter((member) => member !== undefined));
    for (const { member, shape } of members.unknown) {
      if (owned.has(member) || (shape.name === "OriginMtlsConfig" && meansOriginMtls(member.key, dialect))) continue;
      yield judge(member, shape);
    }
  },
};

function judge(member: Member, shape: Shape): Finding {
  const meant = meaning(member.key, shape);
  if (meant === undefined) {
    return { at: member.keySpan, severity: "info", message: l10n.t("{0} is no member of {1} that we know. The AWS CLI refuses members it does not know; a newer one may know it.", member.key, shape.name) };
  }
  const taken = memberOf(member.parent, meant) !== undefined;
  return {
    at: member.keySpan,
    message: l10n.t("{0} is no member of {1}; it is spelled {2}.", member.key, shape.name, meant),
    ...(taken ? {} : { fixes: [{ title: l10n.t("Rename to {0}", meant), safe: false, changes: [{ kind: "rename", member, key: meant }] }] }),
  };
}

function meaning(key: string, shape: Shape): string | undefined {
  const spelled = cloudFormationSpelling.get(key);
  if (spelled !== undefined && shape.members.has(spelled)) return spelled;
  return nearest(key, shape.members.keys());
}
