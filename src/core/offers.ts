import { firstOffers } from "./cloudformation/begin.ts";
import type { CertificateOffers, Completion } from "./dialect/assist.ts";
import { standsAt } from "./dialect/completion.ts";
import { isJsonObject } from "./document/values.ts";
import { type ConfigFacts, readingsIn } from "./facts.ts";
import { kindOf } from "./kinds.ts";
import { contains } from "./text.ts";

/**
 * What may be written at an offset of a document, best first. In a template, what a condition leaves out of one reading
 * is completed in the reading that has it.
 * @param certificates what of the account may be named; left out: only what the document names already
 */
export function offersAt(facts: ConfigFacts, offset: number, certificates?: CertificateOffers): readonly Completion[] {
  const { tree, template } = facts;
  const at = standsAt(tree, offset);
  for (const subject of readingsIn(facts)) {
    const kind = kindOf(subject);
    if (!contains(kind.nodeOf(subject), at)) continue;
    const offers = kind.offers(subject, tree, offset, certificates);
    if (offers.length > 0)
      return offers.filter(({ replace, value }) => tree.text[replace.start] !== "!" || isJsonObject(value));
  }
  return template === undefined ? [] : firstOffers(template, tree, offset);
}
