import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import type { Misplaced } from "../../apigateway/misplaced.ts";
import { blockMeant, placeMeant, type Spelling, settingsMeant, shapes } from "../../apigateway/vocabulary.ts";
import { isLine, means } from "../../dialect/payload.ts";
import { refusal } from "../../dialect/refusal.ts";
import { intoNewObject, intoObject, type KeyOf } from "../../dialect/regroup.ts";
import { nameOf } from "../../dialect/spell.ts";
import type { Change } from "../../document/change.ts";
import type { Member } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Finding, Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  unseen: ({ where, refusal }: { where: string; refusal: string }) =>
    l10n.t("{0} API Gateway does not see it here. {1}", where, refusal),
  "unseen-off": ({ where, refusal }: { where: string; refusal: string }) =>
    l10n.t("{0} API Gateway does not see it here. {1} Mutual TLS stays off.", where, refusal),
  "several-unseen": ({ where, refusal }: { where: string; refusal: string }) =>
    l10n.t("{0} API Gateway does not see them here. {1}", where, refusal),
  "several-unseen-off": ({ where, refusal }: { where: string; refusal: string }) =>
    l10n.t("{0} API Gateway does not see them here. {1} Mutual TLS stays off.", where, refusal),
  "line-belongs-in": ({ member, home, refusal }: { member: string; home: string; refusal: string }) =>
    l10n.t("If this is the input of a command, {0} belongs in {1}. {2}", member, home, refusal),
  "line-belong-in": (said: { members: string; last: string; home: string; refusal: string }) =>
    l10n.t(
      "If this is the input of a command, {0} and {1} belong in {2}. {3}",
      said.members,
      said.last,
      said.home,
      said.refusal,
    ),
  "belongs-at-top": ({ member }: { member: string }) =>
    l10n.t("{0} belongs at the top level of the domain name.", member),
  "belongs-in": ({ member, home }: { member: string; home: string }) => l10n.t("{0} belongs in {1}.", member, home),
  "belong-in": ({ members, last, home }: { members: string; last: string; home: string }) =>
    l10n.t("{0} and {1} belong in {2}.", members, last, home),
  "belongs-in-configuration": ({ member, home }: { member: string; home: string }) =>
    l10n.t("{0} belongs in the entry of {1}.", member, home),
  "belong-in-configuration": ({ members, last, home }: { members: string; last: string; home: string }) =>
    l10n.t("{0} and {1} belong in the entry of {2}.", members, last, home),
  twice: ({ member, home }: { member: string; home: string }) =>
    l10n.t(
      "API Gateway does not see {0} here. {1} has another {0}. Keep the right one in {1}, and remove this one.",
      member,
      home,
    ),
  "twice-at-top": ({ member }: { member: string }) =>
    l10n.t(
      "API Gateway does not see {0} here. The domain name has another {0} at its top level. Keep the right one there, and remove this one.",
      member,
    ),
  "of-an-api": ({ member, refusal }: { member: string; refusal: string }) =>
    l10n.t(
      "{0} is a setting of an API, not of a domain name. {1} The default endpoint then stays open. Set it on each API behind the domain name.",
      member,
      refusal,
    ),
  "move-to-top": ({ member }: { member: string }) => l10n.t("Move {0} to the top level of the domain name", member),
  move: ({ member, home }: { member: string; home: string }) => l10n.t("Move {0} into {1}", member, home),
  "move-all": ({ members, last, home }: { members: string; last: string; home: string }) =>
    l10n.t("Move {0} and {1} into {2}", members, last, home),
  remove: ({ member }: { member: string }) => l10n.t("Remove {0}", member),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const mtlsPlace: Rule<DomainName, typeof says> = {
  id: "domain-name/mtls-place",
  severity: "error",
  requires: l10n.t(
    "The trust store must be in mutualTlsAuthentication at the top level of the domain name, and the certificates of an HTTP API must be in DomainNameConfigurations.",
  ),
  source: sources.apiGatewayDomainName,
  says,
  *check(domain) {
    for (const misplaced of domain.misplaced) {
      const { members, home } = misplaced;
      const [first, ...others] = members;
      if (home === "api") {
        yield settingOfAnApi(first, domain.spelling);
        continue;
      }
      if (misplaced.twice) {
        const member = first.spelled;
        yield {
          at: first.keySpan,
          source: domain.spelling.api === "http" ? sources.httpApiDomainName : sources.apiGatewayDomainName,
          reason:
            home === "domain"
              ? { code: "twice-at-top", args: { member } }
              : { code: "twice", args: { member, home: nameIn(domain.node, homeKey(home, domain.spelling)) } },
        };
        continue;
      }
      const fix = fixFor(misplaced, domain);
      if (home === "block" && isLine(domain.node)) {
        const into = nameIn(domain.node, homeKey(home, domain.spelling));
        yield {
          at: first.keySpan,
          severity: "warning",
          reason:
            others.length === 0
              ? {
                  code: "line-belongs-in",
                  args: { member: first.spelled, home: into, refusal: refusal(first.parent, "it-here") },
                }
              : {
                  code: "line-belong-in",
                  args: { ...listed(members), home: into, refusal: refusal(first.parent, "them-here") },
                },
          ...(fix === undefined ? {} : { fixes: [fix] }),
        };
        continue;
      }
      const isOff =
        home !== "configuration" &&
        domain.at === undefined &&
        members.some((member) => isTrustStore(member, domain.spelling));
      const code = others.length === 0 ? "unseen" : "several-unseen";
      yield {
        at: first.keySpan,
        source: domain.spelling.api === "http" ? sources.httpApiDomainName : sources.apiGatewayDomainName,
        reason: {
          code: isOff ? `${code}-off` : code,
          args: {
            where: whereFor(misplaced, first, domain),
            refusal: refusal(first.parent, others.length === 0 ? "it" : "them"),
          },
        },
        ...(fix === undefined ? {} : { fixes: [fix] }),
      };
    }
  },
};

function settingOfAnApi(member: Member, { api }: Spelling): Finding<Said> {
  return {
    at: member.keySpan,
    source: api === "http" ? sources.disableHttpDefaultEndpoint : sources.disableDefaultEndpoint,
    reason: { code: "of-an-api", args: { member: member.spelled, refusal: refusal(member.parent, "it-here") } },
    fixes: [
      {
        reason: { code: "remove", args: { member: member.spelled } },
        safe: false,
        changes: [{ kind: "remove", entry: member }],
      },
    ],
  };
}

function whereFor({ home, members }: Misplaced, first: Member, { node, spelling }: DomainName): Said {
  const member = first.spelled;
  if (home === "domain" || home === "api") return { code: "belongs-at-top", args: { member } };
  const into = nameIn(node, homeKey(home, spelling));
  const one = { member, home: into };
  const all = { ...listed(members), home: into };
  if (home === "configuration")
    return members.length === 1
      ? { code: "belongs-in-configuration", args: one }
      : { code: "belong-in-configuration", args: all };
  return members.length === 1 ? { code: "belongs-in", args: one } : { code: "belong-in", args: all };
}

function homeKey(home: Misplaced["home"], { block }: Spelling): string {
  return home === "configuration" ? "DomainNameConfigurations" : block;
}

/** The last one apart: there is an "and" before it. */
function listed(members: Misplaced["members"]): { readonly members: readonly string[]; readonly last: string } {
  const spelled = members.map((member) => member.spelled);
  return { members: spelled.slice(0, -1), last: spelled.at(-1) ?? "" };
}

/** Without it there is no mutual TLS. */
function isTrustStore(member: Member, spelling: Spelling): boolean {
  return [blockMeant(spelling), placeMeant(spelling)].some((meaning) => means(member, meaning));
}

function nameIn(node: DomainName["node"], key: string): string {
  return nameOf(node.kind === "object" ? node : undefined, key);
}

/** Only where there is one place for each, and nothing like it stands there. It decides who is let in: no safe one. */
function fixFor(misplaced: Misplaced, domain: DomainName): Fix<Said> | undefined {
  const { members, home } = misplaced;
  const { node, spelling } = domain;
  const changes = changesFor(misplaced, domain);
  if (changes === undefined) return undefined;
  const into = nameIn(node, homeKey(home, spelling));
  const member = members[0].spelled;
  return {
    reason:
      home === "domain"
        ? { code: "move-to-top", args: { member } }
        : members.length === 1
          ? { code: "move", args: { member, home: into } }
          : { code: "move-all", args: { ...listed(members), home: into } },
    safe: false,
    changes,
  };
}

function changesFor({ members, home }: Misplaced, domain: DomainName): readonly Change[] | undefined {
  const { node, spelling, configurations, block, at } = domain;
  if (node.kind !== "object" || domain.misplaced.some(({ twice }) => twice)) return undefined;
  const keyOf = keyIn(spelling);
  switch (home) {
    case "domain":
      return intoObject(node, members, keyOf);
    case "configuration": {
      const [only, another] = configurations?.items ?? [];
      return only?.kind === "object" && another === undefined ? intoObject(only, members, keyOf) : undefined;
    }
    default:
      // A null in the block's place is no block, but its name is taken.
      if (block === undefined && at !== undefined) return undefined;
      return block === undefined
        ? intoNewObject(node, spelling.block, members, keyOf)
        : intoObject(block, members, keyOf);
  }
}

function keyIn(spelling: Spelling): KeyOf {
  return (member) => {
    const settings = member.value?.kind === "object" ? [blockMeant(spelling)] : settingsMeant(spelling);
    const meant = settings.find((meaning) => means(member, meaning));
    if (meant !== undefined) return meant[0];
    return [...shapes.values()].some(({ members }) => members.has(member.key)) ? member.key : undefined;
  };
}
