import * as l10n from "@vscode/l10n";
import { isLine, means } from "../../dialect/payload.ts";
import { refusal } from "../../dialect/refusal.ts";
import { intoNewObject, intoObject } from "../../dialect/regroup.ts";
import { nameOf } from "../../dialect/spell.ts";
import type { Change } from "../../document/change.ts";
import type { Member } from "../../document/tree.ts";
import type { Listener } from "../../elb/listener.ts";
import type { Misplaced } from "../../elb/misplaced.ts";
import { meanings, names, settings, shapes } from "../../elb/vocabulary.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "belongs-in": ({ member, home, refusal }: { member: string; home: string; refusal: string }) =>
    l10n.t("{0} belongs in {1}. Elastic Load Balancing does not see it here. {2}", member, home, refusal),
  "belong-in": ({ members, last, home, refusal }: { members: string; last: string; home: string; refusal: string }) =>
    l10n.t(
      "{0} and {1} belong in {2}. Elastic Load Balancing does not see them here. {3}",
      members,
      last,
      home,
      refusal,
    ),
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
  twice: ({ member, home }: { member: string; home: string }) =>
    l10n.t(
      "{0} is next to {1}, where Elastic Load Balancing does not see it. {1} has another {0}. Keep the right one in {1}, and remove this one.",
      member,
      home,
    ),
  "twice-in-listener": ({ member }: { member: string }) =>
    l10n.t(
      "Elastic Load Balancing does not see {0} here. The listener has another {0}. Keep the right one directly in the listener, and remove this one.",
      member,
    ),
  "of-the-listener": ({ member, refusal }: { member: string; refusal: string }) =>
    l10n.t("{0} belongs directly in the listener. Elastic Load Balancing does not see it here. {1}", member, refusal),
  move: ({ member, home }: { member: string; home: string }) => l10n.t("Move {0} into {1}", member, home),
  "move-all": ({ members, last, home }: { members: string; last: string; home: string }) =>
    l10n.t("Move {0} and {1} into {2}", members, last, home),
  "move-into-listener": ({ member }: { member: string }) => l10n.t("Move {0} into the listener", member),
} satisfies Says;

export const mtlsPlace: Rule<Listener, typeof says> = {
  id: "listener/mtls-place",
  severity: "error",
  requires: l10n.t(
    "The settings of mutual authentication must be in MutualAuthentication, and MutualAuthentication must be directly in the listener.",
  ),
  source: sources.createListener,
  says,
  *check(listener) {
    for (const misplaced of listener.misplaced) {
      const { members, home } = misplaced;
      const [first] = members;
      const changes = changesFor(misplaced, listener);
      const member = first.spelled;
      if (misplaced.twice) {
        yield {
          at: first.keySpan,
          reason:
            home === "listener"
              ? { code: "twice-in-listener", args: { member } }
              : { code: "twice", args: { member, home: nameOf(listener.node, names.block) } },
        };
        continue;
      }
      if (home === "listener") {
        yield {
          at: first.keySpan,
          reason: { code: "of-the-listener", args: { member, refusal: refusal(first.parent, "it") } },
          ...(changes === undefined
            ? {}
            : { fixes: [{ reason: { code: "move-into-listener", args: { member } }, safe: false, changes }] }),
        };
        continue;
      }
      const into = nameOf(listener.node, names.block);
      const spelled = members.map((one) => one.spelled);
      const last = spelled.at(-1) ?? member;
      const one = { member, home: into };
      const all = { members: spelled.slice(0, -1), last, home: into };
      const isOne = members.length === 1;
      const title = isOne ? ({ code: "move", args: one } as const) : ({ code: "move-all", args: all } as const);
      const line = isLine(listener.node);
      yield {
        at: first.keySpan,
        ...(line ? { severity: "warning" } : {}),
        reason: isOne
          ? {
              code: line ? "line-belongs-in" : "belongs-in",
              args: { ...one, refusal: refusal(first.parent, line ? "it-here" : "it") },
            }
          : {
              code: line ? "line-belong-in" : "belong-in",
              args: { ...all, refusal: refusal(first.parent, line ? "them-here" : "them") },
            },
        ...(changes === undefined ? {} : { fixes: [{ reason: title, safe: false, changes }] }),
      };
    }
  },
};

/**
 * Only where nothing like it stands there, and nothing there contradicts it. It decides who is let in: no safe fix.
 */
function changesFor({ members, home }: Misplaced, listener: Listener): readonly Change[] | undefined {
  const { node, block, at, misplaced, mode, knownMode } = listener;
  if (misplaced.some(({ twice }) => twice)) return undefined;
  if (block !== undefined && mode?.member?.parent === block && knownMode !== "verify") return undefined;
  if (home === "listener") return intoObject(node, members, keyOf);
  if (block !== undefined) return intoObject(block, members, keyOf);
  // A null in the block's place is no block, but its name is taken.
  return at === undefined ? intoNewObject(node, names.block, members, keyOf) : undefined;
}

function keyOf(member: Member): string | undefined {
  const meant = [...settings, meanings.block].find((meaning) => means(member, meaning));
  if (meant !== undefined) return meant[0];
  return [...shapes.values()].some(({ members }) => members.has(member.key)) ? member.key : undefined;
}
