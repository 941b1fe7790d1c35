import { isCalled, type Member } from "../document/tree.ts";

const turned = /^((is|m?tls|mutual[-_ ]?(tls|auth(entication)?))[-_ ]?)?(enabled?|disabled?|active|on|off)$/i;
const stated = /^(state|status|mode)$/i;
const yes = new Set(["true", "on", "enabled", "enable", "yes", "active"]);
const no = new Set(["false", "off", "disabled", "disable", "no", "none", "inactive"]);

/** Whether a member is called like an on/off flag, or has a value of one: no block of mutual TLS of an API has any. */
export function isFlag(member: Member): boolean {
  return isCalled(member, turned) || (isCalled(member, stated) && wordOf(member) !== undefined);
}

/** What whoever wrote a flag wants. */
export function flagSays(member: Member): "on" | "off" | "unclear" {
  const word = wordOf(member);
  if (word === undefined) return "unclear";
  return (word === "on") === isCalled(member, /(disabled?|off)$/i) ? "off" : "on";
}

function wordOf({ value }: Member): "on" | "off" | undefined {
  const written = value?.kind === "scalar" ? String(value.value).trim().toLowerCase() : "";
  return yes.has(written) ? "on" : no.has(written) ? "off" : undefined;
}
