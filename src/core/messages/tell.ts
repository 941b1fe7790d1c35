import type { Arg, Args, Reason, Says } from "../reason.ts";
import type { Fix, Problem, Related } from "../rules/rule.ts";
import { acceptance } from "./acceptance.ts";
import { acm, originMtls } from "./acm.ts";
import { arn } from "./arn.ts";
import { clientCertificate } from "./client-certificate.ts";
import { der } from "./der.ts";
import { filters } from "./filters.ts";
import { listText, momentText } from "./format.ts";
import { offers } from "./offers.ts";
import { path } from "./path.ts";
import { refused } from "./refused.ts";
import { related } from "./related.ts";
import { template } from "./template.ts";
import { text } from "./text.ts";
import { split, trustStore } from "./trust-store.ts";
import { update } from "./update.ts";
import { namings, validities } from "./x509.ts";
import { xmlFaults } from "./xml.ts";

/** Sentences of reasons that several share, by what decides them. */
const shared: readonly Says[] = [
  text,
  arn,
  related,
  namings,
  validities,
  offers,
  xmlFaults,
  der,
  path,
  clientCertificate,
  acm,
  originMtls,
  trustStore,
  split,
  acceptance,
  filters,
  update,
  template,
  refused,
];

/**
 * A reason in words.
 * @param says the sentences of who gave the reason; what is not among them is among the shared ones
 */
export function tell(reason: Reason | string, says: Says = {}): string {
  if (typeof reason === "string") return reason;
  const sentence = sentenceFor(reason.code, says);
  if (sentence === undefined) throw new Error(`Nothing is said of "${reason.code}"`);
  // A reason is made with what its sentence takes: the compiler sees to it where it is made.
  return sentence(wordsOf(reason.args ?? {}, says) as never);
}

function sentenceFor(code: string, says: Says): Says[string] | undefined {
  return [says, ...shared].find((sentences) => Object.hasOwn(sentences, code))?.[code];
}

function wordsOf(args: Args, says: Says): Readonly<Record<string, string | number | boolean>> {
  return Object.fromEntries(Object.entries(args).map(([name, arg]) => [name, wordFor(arg, says)]));
}

function wordFor(arg: Arg, says: Says): string | number | boolean {
  if (typeof arg !== "object") return arg;
  if (arg instanceof Date) return momentText(arg);
  if (Array.isArray(arg)) return listText(arg.map((item: Arg) => String(wordFor(item, says))));
  return tell(arg as Reason, says);
}

/** What a problem says. */
export function messageOf({ reason, rule }: Pick<Problem, "reason" | "rule">): string {
  return tell(reason, rule.says);
}

/** What is said of a place that belongs to a problem. */
export function relatedText({ reason }: Related, { rule }: Pick<Problem, "rule">): string {
  return tell(reason, rule.says);
}

/** What a fix of a problem is called. */
export function fixTitle({ reason }: Pick<Fix, "reason">, { rule }: Pick<Problem, "rule">): string {
  return tell(reason, rule.says);
}
