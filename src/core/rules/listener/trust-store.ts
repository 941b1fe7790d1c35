import * as l10n from "@vscode/l10n";
import { nameOf } from "../../dialect/spell.ts";
import { isDecidedLater } from "../../dialect/view.ts";
import { isOfNoMode, type Listener } from "../../elb/listener.ts";
import { names } from "../../elb/vocabulary.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  missing: ({ member }: { member: string }) =>
    l10n.t("The mode verify requires {0}, the trust store with the CA certificates of accepted clients.", member),
  unused: ({ mode, member }: { mode: string; member: string }) =>
    l10n.t(
      "In {0} mode, the listener does not support {1}, whatever its value. Only verify mode has a trust store.",
      mode,
      member,
    ),
  remove: ({ member }: { member: string }) => l10n.t("Remove {0}", member),
} satisfies Says;

export const trustStore: Rule<Listener, typeof says> = {
  id: "listener/trust-store",
  severity: "error",
  requires: l10n.t(
    "A listener must have a trust store in verify mode, and must not have a trust store or trust store settings in off and passthrough mode.",
  ),
  source: sources.albMtls,
  says,
  *check(listener) {
    const { block, knownMode, mode, trustStore, ignoreExpiry, advertise, complete, role } = listener;
    // What an answer holds was not written by the user.
    if (mode === undefined || knownMode === undefined || role === "output") return;
    if (knownMode === "verify") {
      if (trustStore !== undefined || !complete) return;
      // A listener that is there may have its trust store already, for all we know.
      yield {
        at: mode.node,
        ...(role === "create" ? {} : { severity: "warning" }),
        reason: { code: "missing", args: { member: nameOf(listener.block, names.trustStore) } },
      };
      return;
    }
    for (const setting of [trustStore, ignoreExpiry, advertise]) {
      if (setting?.member === undefined || !isOfNoMode(listener, setting)) continue;
      yield {
        at: setting.at,
        ...(knownMode === "off"
          ? { source: sources.modeSettings }
          : setting === trustStore
            ? { source: sources.passthroughTrustStore }
            : setting === ignoreExpiry
              ? { source: sources.passthroughExpiry }
              : // No answer of the service is known that refuses it.
                { severity: "warning" }),
        reason: { code: "unused", args: { mode: knownMode, member: setting.member.spelled } },
        // Another mode that it may have needs it.
        ...(isDecidedLater(block, names.mode)
          ? {}
          : {
              fixes: [
                {
                  reason: { code: "remove", args: { member: setting.member.spelled } },
                  safe: false,
                  changes: [{ kind: "remove", entry: setting.member }],
                },
              ],
            }),
      };
    }
  },
};
