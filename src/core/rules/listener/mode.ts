import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import { nameIn } from "../../dialect/dialect.ts";
import { lostIn } from "../../dialect/lost-text.ts";
import { shape } from "../../dialect/shape.ts";
import { dialectOf } from "../../dialect/view.ts";
import { isComputed } from "../../document/tree.ts";
import type { Listener } from "../../elb/listener.ts";
import { modes, names, shapes } from "../../elb/vocabulary.ts";
import type { Says } from "../../reason.ts";
import { nearest } from "../../text.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

/**
 * Modes of other services, and what people call them: a load balancer has none that lets clients in with and without.
 */
const optional = /^(optional|request|requested|allow|permissive|optional_no_ca)$/i;

const says = {
  takes: ({ member, inner }: { member: string; inner: string }) =>
    l10n.t("{0} must be an object with the member {1}.", member, inner),
  put: ({ member, mode }: { member: string; mode: string }) => l10n.t("Set {0} to {1}", member, mode),
  missing: ({ member }: { member: string }) =>
    l10n.t(
      "{0} is missing. Without it, the mode is off, and the listener does not request a client certificate.",
      member,
    ),
  type: ({ member }: { member: string }) => l10n.t("{0} must be a string: off, passthrough, or verify.", member),
  empty: ({ member }: { member: string }) => l10n.t("{0} is empty. Set it to off, passthrough, or verify.", member),
  optional: ({ mode }: { mode: string }) =>
    l10n.t(
      "A listener has no mode {0}. In passthrough mode, the listener requests a certificate, accepts all clients, and passes the certificate to the target. In verify mode, it rejects clients without a certificate that the trust store accepts.",
      mode,
    ),
  undocumented: ({ mode }: { mode: string }) =>
    l10n.t("The mode is {0}. The documented modes are off, passthrough, and verify, in lower case.", mode),
  change: ({ to }: { to: string }) => l10n.t("Change to {0}", to),
} satisfies Says;

export const mode: Rule<Listener, typeof says> = {
  id: "listener/mode",
  severity: "error",
  requires: l10n.t("The mode of mutual authentication must be off, passthrough, or verify."),
  source: sources.mutualAuthentication,
  says,
  *check({ node: listener, mode, block, at, complete, role }) {
    const called = nameIn(dialectOf(listener), shapes.get("MutualAuthentication"), names.mode);
    if (mode === undefined) {
      if (isComputed(at?.value)) return;
      if (
        at?.value !== undefined &&
        block === undefined &&
        at.value.kind === "scalar" &&
        typeof at.value.value === "string" &&
        // What a program wrote in its place: listener/member-type.
        lostIn(at.value, shape("MutualAuthentication")) === undefined &&
        !isTemplated(at.value.value)
      ) {
        const written = at.value.value;
        // verify would want a trust store as well.
        const known = modes.find((one) => one !== "verify" && one === written.toLowerCase());
        yield {
          at: at.value,
          reason: { code: "takes", args: { member: at.spelled, inner: called } },
          ...(known === undefined
            ? {}
            : {
                fixes: [
                  {
                    reason: { code: "put", args: { member: called, mode: known } },
                    safe: true,
                    changes: [{ kind: "set", node: at.value, value: { [names.mode]: known } }],
                  },
                ],
              }),
        };
      } else if (complete && role !== "output" && block !== undefined && at !== undefined) {
        yield { at: at.keySpan, severity: "warning", reason: { code: "missing", args: { member: called } } };
      }
      return;
    }
    const { node, text } = mode;
    if (isComputed(node)) return;
    if (text === undefined) {
      yield { at: node, reason: { code: "type", args: { member: mode.member?.spelled ?? called } } };
      return;
    }
    if (modes.some((known) => known === text) || isTemplated(text)) return;
    if (text.trim() === "") {
      yield {
        at: node,
        severity: "warning",
        reason: { code: "empty", args: { member: mode.member?.spelled ?? called } },
      };
      return;
    }
    const meant = modes.find((known) => known === text.trim().toLowerCase()) ?? nearest(text, modes);
    // The model has no enumeration: a mode may be newer than this rule.
    yield {
      at: node,
      severity: "warning",
      reason: { code: optional.test(text) ? "optional" : "undocumented", args: { mode: text } },
      ...(meant === undefined
        ? {}
        : {
            fixes: [
              {
                reason: { code: "change", args: { to: meant } },
                safe: text.trim().toLowerCase() === meant,
                changes: [{ kind: "set", node, value: meant }],
              },
            ],
          }),
    };
  },
};
