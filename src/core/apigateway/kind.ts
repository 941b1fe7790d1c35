import type { DocumentKind } from "../dialect/kind.ts";
import { atOnce } from "../steps.ts";
import { domainNameOffers } from "./completion.ts";
import type { DomainNames } from "./domain-name.ts";
import { findDomainNames } from "./find-domain-names.ts";

/** Custom domain names of API Gateway. */
export const domainNamesKind: DocumentKind<DomainNames> = {
  recognise: (node, { soundUpTo, isTemplate }) =>
    atOnce(() => {
      const found = findDomainNames(node, soundUpTo);
      return found === undefined || isTemplate() ? undefined : found;
    }),
  // What is named mutual TLS and nothing else may be of another service.
  isUnmistakable: ({ domains }) => domains.every(({ form, name }) => form !== "block" && name !== undefined),
  covers: ({ node }) => node,
  nodeOf: ({ node }) => node,
  offers: domainNameOffers,
};
