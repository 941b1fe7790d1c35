import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import type { Setting } from "../../dialect/payload.ts";
import { isComputed, type Json, type Node } from "../../document/tree.ts";
import { isOfNoMode, type Listener } from "../../elb/listener.ts";
import { names } from "../../elb/vocabulary.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Finding, Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "text-not-boolean": () => l10n.t('{0} must be the string "on" or "off", not true or false.', names.advertise),
  text: () => l10n.t('{0} must be the string "on" or "off".', names.advertise),
  boolean: () => l10n.t("{0} must be true or false, without quotes.", names.ignoreExpiry),
  change: ({ to }: { to: string }) => l10n.t("Change to {0}", to),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const memberType: Rule<Listener, typeof says> = {
  id: "listener/member-type",
  severity: "error",
  requires: l10n.t(
    "AdvertiseTrustStoreCaNames must be the string on or off, and IgnoreClientCertificateExpiry must be true or false, without quotes.",
  ),
  source: sources.mutualAuthentication,
  says,
  *check(listener) {
    const { advertise, ignoreExpiry, role } = listener;
    // Another rule says that it must go.
    const isGoing = (setting: Setting): boolean => role !== "output" && isOfNoMode(listener, setting);
    // Where an answer has no value, some SDKs show the empty text.
    const isNothing = role === "output" && advertise?.text === "";
    if (advertise !== undefined && !isNothing && !isComputed(advertise.node) && !isGoing(advertise))
      yield* judgeAdvertise(advertise);
    if (ignoreExpiry !== undefined && !isComputed(ignoreExpiry.node) && !isGoing(ignoreExpiry))
      yield* judgeIgnoreExpiry(ignoreExpiry);
  },
};

function change(node: Node, value: Json): { readonly fixes: readonly Fix<Said>[] } {
  return {
    fixes: [
      {
        reason: { code: "change", args: { to: JSON.stringify(value) } },
        safe: true,
        changes: [{ kind: "set", node, value }],
      },
    ],
  };
}

function* judgeAdvertise({ node, text }: Setting): Iterable<Finding<Said>> {
  if (text === "on" || text === "off" || (text !== undefined && isTemplated(text))) return;
  const value = node.kind === "scalar" ? node.value : undefined;
  const meant = wordFor(typeof value === "string" ? value.trim().toLowerCase() : value);
  const code = typeof value === "boolean" ? "text-not-boolean" : "text";
  yield { at: node, reason: { code }, ...(meant === undefined ? {} : change(node, meant)) };
}

function wordFor(value: unknown): "on" | "off" | undefined {
  if (value === true || value === "true" || value === "on") return "on";
  return value === false || value === "false" || value === "off" ? "off" : undefined;
}

function* judgeIgnoreExpiry({ node, text }: Setting): Iterable<Finding<Said>> {
  if ((node.kind === "scalar" && typeof node.value === "boolean") || (text !== undefined && isTemplated(text))) return;
  const meant = text?.trim().toLowerCase();
  yield {
    at: node,
    reason: { code: "boolean" },
    ...(meant === "true" || meant === "false" ? change(node, meant === "true") : {}),
  };
}
