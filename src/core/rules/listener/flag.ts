import * as l10n from "@vscode/l10n";
import { flagSays } from "../../dialect/flag.ts";
import { refusalOf } from "../../dialect/refusal.ts";
import { nameOf, wordAt } from "../../dialect/spell.ts";
import type { Listener } from "../../elb/listener.ts";
import { names } from "../../elb/vocabulary.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  flag: ({ holder, mode, refusal }: { holder: string; mode: string; refusal: string }) =>
    l10n.t("{0} has no on/off flag. Only {1} turns mutual authentication on or off. {2}", holder, mode, refusal),
  "stays-on": ({ holder, mode, value, refusal }: { holder: string; mode: string; value: string; refusal: string }) =>
    l10n.t(
      "{0} has no on/off flag. Mutual authentication stays on, because {1} is {2}. {3}",
      holder,
      mode,
      value,
      refusal,
    ),
  "stays-off": ({ holder, mode, value, refusal }: { holder: string; mode: string; value: string; refusal: string }) =>
    l10n.t(
      "{0} has no on/off flag. Mutual authentication stays off, because {1} is {2}. {3}",
      holder,
      mode,
      value,
      refusal,
    ),
  remove: ({ key }: { key: string }) => l10n.t("Remove {0}", key),
  "turn-off": ({ keys, mode, off }: { keys: string; mode: string; off: string }) =>
    l10n.t("Set {1} to {2} and remove {0} (turns off mutual authentication)", keys, mode, off),
  "leave-on": ({ key }: { key: string }) => l10n.t("Remove {0} (mutual authentication stays on)", key),
  "leave-off": ({ key }: { key: string }) => l10n.t("Remove {0} (mutual authentication stays off)", key),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const flag: Rule<Listener, typeof says> = {
  id: "listener/flag",
  severity: "error",
  requires: l10n.t("MutualAuthentication must not have an on/off flag, because only its mode turns it on or off."),
  source: sources.mutualAuthentication,
  says,
  *check(listener) {
    const { flags, block, at, mode, knownMode, role, node } = listener;
    // What an answer holds was not written by the user.
    if (block === undefined || role === "output") return;
    const holder = at?.spelled ?? nameOf(node, names.block);
    for (const member of flags) {
      const key = member.spelled;
      const meant = flagSays(member);
      const isOn = knownMode === "verify" || knownMode === "passthrough";
      const args = {
        holder,
        mode: mode?.member?.spelled ?? nameOf(block, names.mode),
        refusal: refusalOf(member.parent, key),
      };
      const remove = { safe: false, changes: [{ kind: "remove", entry: member }] } as const;
      if (knownMode !== undefined && mode !== undefined && meant === (isOn ? "off" : "on"))
        yield {
          at: member.keySpan,
          reason: { code: isOn ? "stays-on" : "stays-off", args: { ...args, value: mode.text ?? knownMode } },
          fixes: [
            ...(isOn ? turnedOff(listener) : []),
            { reason: { code: isOn ? "leave-on" : "leave-off", args: { key } }, ...remove },
          ],
        };
      else
        yield {
          at: member.keySpan,
          reason: { code: "flag", args },
          fixes: [
            { reason: { code: "remove", args: { key } }, ...remove, safe: meant === "on" ? isOn : knownMode === "off" },
          ],
        };
    }
  },
};

/** Nothing else may stand beside the mode that is off. */
function turnedOff({ block, mode }: Listener): readonly Fix<Said>[] {
  if (mode?.member === undefined || mode.member.parent !== block) return [];
  const others = block.members.filter((member) => member !== mode.member);
  return [
    {
      reason: {
        code: "turn-off",
        args: { keys: others.map(({ spelled }) => spelled), mode: mode.member.spelled, off: wordAt(mode.node, "off") },
      },
      safe: false,
      changes: [
        { kind: "set", node: mode.node, value: "off" },
        ...others.map((entry) => ({ kind: "remove", entry }) as const),
      ],
    },
  ];
}
