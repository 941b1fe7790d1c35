import { booleanOf } from "../document/tree.ts";
import { commandOf, type Terminal, type Unquotable } from "../shell.ts";
import type { Listener } from "./listener.ts";
import { names } from "./vocabulary.ts";

/** What the shorthand of the AWS CLI reads nothing into. */
const harmless = /^[\w+:./-]+$/;

/**
 * The command that makes mutual authentication of a listener what the document says; `undefined` where it names none,
 * something would have to be quoted, or it has filters: no version of the AWS CLI knows them yet, and a command without
 * them might remove them.
 */
export function modifyListenerCommand(
  { arn, knownMode, mode, trustStore, ignoreExpiry, advertise, filters }: Listener,
  terminal: Terminal,
): string | Unquotable | undefined {
  if (filters !== undefined) return undefined;
  if (arn === undefined || !arn.startsWith("arn:") || knownMode === undefined || mode?.text !== knownMode)
    return undefined;
  const expiry = booleanOf(ignoreExpiry?.node);
  const members: readonly (readonly [string, string | undefined])[] = [
    [names.mode, mode.text],
    [names.trustStore, trustStore?.text],
    [names.ignoreExpiry, expiry === undefined ? undefined : String(expiry)],
    [names.advertise, advertise?.text],
  ];
  const written = members.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  if (!harmless.test(arn) || !written.every(([, value]) => harmless.test(value))) return undefined;
  const block = written.map((pair) => pair.join("=")).join(",");
  return commandOf(
    ["aws", "elbv2", "modify-listener", "--listener-arn", arn, "--mutual-authentication", block],
    terminal,
  );
}
