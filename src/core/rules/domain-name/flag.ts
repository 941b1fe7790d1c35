import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import { flagSays } from "../../dialect/flag.ts";
import { refusalOf } from "../../dialect/refusal.ts";
import { nameOf } from "../../dialect/spell.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  flag: ({ holder, refusal }: { holder: string; refusal: string }) =>
    l10n.t("{0} has no on/off flag. Mutual TLS is on as soon as a trust store is set. {1}", holder, refusal),
  "stays-on": ({ holder, refusal }: { holder: string; refusal: string }) =>
    l10n.t(
      "{0} has no on/off flag, and mutual TLS stays on. {1} To turn off mutual TLS for an existing domain name, set the trust store URI to an empty string. For a new one, leave out {0}.",
      holder,
      refusal,
    ),
  remove: ({ key }: { key: string }) => l10n.t("Remove {0}", key),
  "leave-out": ({ holder }: { holder: string }) => l10n.t("Remove {0} (a new domain name has no mutual TLS)", holder),
  "set-empty": ({ uri }: { uri: string }) => l10n.t("Set {0} to an empty string (turns off mutual TLS)", uri),
  "set-empty-and-remove": ({ uri, others }: { uri: string; others: string }) =>
    l10n.t("Set {0} to an empty string and remove {1} (turns off mutual TLS)", uri, others),
  "leave-on": ({ key }: { key: string }) => l10n.t("Remove {0} (mutual TLS stays on)", key),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const flag: Rule<DomainName, typeof says> = {
  id: "domain-name/flag",
  severity: "error",
  requires: l10n.t(
    "Mutual TLS for a custom domain name must not have an on/off flag, because it is off only without a trust store.",
  ),
  source: sources.apiGatewayMtls,
  says,
  *check(domain) {
    const { flags, block, at, mtls, role, spelling } = domain;
    // What an answer holds was not written by the user.
    if (block === undefined || role === "output") return;
    const holder = at?.spelled ?? nameOf(undefined, spelling.block);
    for (const member of flags) {
      const key = member.spelled;
      const args = { holder, refusal: refusalOf(member.parent, key) };
      const meant = flagSays(member);
      const remove = { safe: meant === "on", changes: [{ kind: "remove", entry: member }] } as const;
      if (meant !== "off" || mtls !== "on")
        yield {
          at: member.keySpan,
          reason: { code: "flag", args },
          fixes: [{ reason: { code: "remove", args: { key } }, ...remove }],
        };
      else
        yield {
          at: member.keySpan,
          reason: { code: "stays-on", args },
          // The first one leaves what AWS does as it is.
          fixes: [{ reason: { code: "leave-on", args: { key } }, ...remove }, ...turnedOff(domain)],
        };
    }
  },
};

/** What creates one of an HTTP API, and what updates it, look the same; an update turns it off by the empty text. */
function turnedOff({ uri, block, at, spelling, form }: DomainName): readonly Fix<Said>[] {
  if (spelling.api === "rest")
    return at === undefined || form !== "domain"
      ? []
      : [
          {
            reason: { code: "leave-out", args: { holder: at.spelled } },
            safe: false,
            changes: [{ kind: "remove", entry: at }],
          },
        ];
  if (uri?.member === undefined || uri.member.parent !== block) return [];
  const others = block.members.filter((member) => member !== uri.member);
  const called = uri.member.spelled;
  return [
    {
      reason:
        others.length === 0
          ? { code: "set-empty", args: { uri: called } }
          : { code: "set-empty-and-remove", args: { uri: called, others: others.map(({ spelled }) => spelled) } },
      safe: false,
      changes: [
        { kind: "set", node: uri.node, value: "" },
        ...others.map((entry) => ({ kind: "remove", entry }) as const),
      ],
    },
  ];
}
