import { booleanOf } from "../document/tree.ts";
import type { Listener } from "./listener.ts";
import { names } from "./vocabulary.ts";

/** What no shell and no shorthand of the AWS CLI reads anything into. */
const harmless = /^[\w+:./-]+$/;

/**
 * The command that makes mutual authentication of a listener what the document says; `undefined` where it names none,
 * something would have to be quoted, or it has filters: no version of the AWS CLI knows them yet, and a command without
 * them might remove them.
 */
export function modifyListenerCommand({
  arn,
  knownMode,
  mode,
  trustStore,
  ignoreExpiry,
  advertise,
  filters,
}: Listener): string | undefined {
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
  return `aws elbv2 modify-listener --listener-arn ${arn} --mutual-authentication ${written.map((pair) => pair.join("=")).join(",")}`;
}
