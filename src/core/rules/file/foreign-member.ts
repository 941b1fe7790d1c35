import * as l10n from "@vscode/l10n";
import { refusal, refusalOf } from "../../dialect/refusal.ts";
import { type ForeignMember, foreignIn } from "../../dialect/view.ts";
import type { Change } from "../../document/change.ts";
import type { Member } from "../../document/tree.ts";
import { type ConfigFacts, readingsIn } from "../../facts.ts";
import { kindOf } from "../../kinds.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Finding, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  renamed: ({ called, refused }: { called: string; refused: string }) =>
    l10n.t("In a template, this property is called {0}. {1}", called, refused),
  absent: ({ written, refused }: { written: string; refused: string }) =>
    l10n.t("{0} belongs to the JSON of the API. {1}", written, refused),
  counted: ({ written }: { written: string }) =>
    l10n.t("In a template, {0} is a list. Only the JSON of the API has Quantity and Items around it.", written),
  "renamed-and-counted": ({ written, called }: { written: string; called: string }) =>
    l10n.t(
      "In a template, this property is called {1}, and it is a list. Only the JSON of the API has {0}, with Quantity and Items around the list.",
      written,
      called,
    ),
  rename: ({ called }: { called: string }) => l10n.t("Rename to {0}", called),
  remove: ({ written }: { written: string }) => l10n.t("Remove {0}", written),
  list: () => l10n.t("Convert to a list"),
  "rename-to-list": ({ called }: { called: string }) => l10n.t("Rename to {0}, and convert it to a list", called),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const foreignMember: Rule<ConfigFacts, typeof says> = {
  id: "file/foreign-member",
  severity: "error",
  requires: l10n.t("A template must have the properties that CloudFormation has, in its own spelling."),
  source: sources.distributionResource,
  says,
  *check(facts) {
    const members = new Map<Member, readonly [ForeignMember, ...ForeignMember[]]>();
    for (const subject of readingsIn(facts))
      for (const foreign of foreignIn(kindOf(subject).nodeOf(subject))) {
        const known = members.get(foreign.member);
        if (known === undefined) members.set(foreign.member, [foreign]);
        else if (!known.some(({ kind }) => kind === foreign.kind)) members.set(foreign.member, [...known, foreign]);
      }
    for (const [member, foreign] of members) yield judge(member, foreign);
  },
};

function judge(member: Member, foreign: readonly [ForeignMember, ...ForeignMember[]]): Finding<Said> {
  const { spelled: written, keySpan: at } = member;
  const [{ object }] = foreign;
  const renamed = foreign.find(({ kind }) => kind === "renamed");
  const counted = foreign.find(({ kind }) => kind === "counted");
  if (renamed === undefined && counted === undefined)
    return {
      at,
      reason: { code: "absent", args: { written, refused: refusal(object, "it-here") } },
      fixes: [
        { reason: { code: "remove", args: { written } }, safe: true, changes: [{ kind: "remove", entry: member }] },
      ],
    };
  const called = renamed?.called ?? written;
  const code = renamed === undefined ? "counted" : counted === undefined ? "renamed" : "renamed-and-counted";
  const changes = changesFor(member, renamed, counted);
  const reasonFor = (what: typeof code): Said => {
    if (what === "counted") return { code: what, args: { written } };
    return what === "renamed"
      ? { code: what, args: { called, refused: refusalOf(object, written) } }
      : { code: what, args: { written, called } };
  };
  return {
    at,
    reason: reasonFor(code),
    ...(changes === undefined ? {} : { fixes: [{ reason: titleOf(code, called), safe: true, changes }] }),
  };
}

function titleOf(code: "counted" | "renamed" | "renamed-and-counted", called: string): Said {
  if (code === "counted") return { code: "list" };
  return { code: code === "renamed" ? "rename" : "rename-to-list", args: { called } };
}

/** `undefined` where something would be lost: a second member of the name, or what stands beside the list. */
function changesFor(
  member: Member,
  renamed: ForeignMember | undefined,
  counted: ForeignMember | undefined,
): readonly Change[] | undefined {
  const { items } = counted ?? {};
  if (items?.isAlone === false) return undefined;
  if (renamed !== undefined && member.parent.members.some(({ spelled }) => spelled === renamed.called))
    return undefined;
  const lift: readonly Change[] = items === undefined ? [] : [{ kind: "lift", part: items.list, whole: items.whole }];
  return renamed === undefined ? lift : [{ kind: "rename", member, key: renamed.called }, ...lift];
}
