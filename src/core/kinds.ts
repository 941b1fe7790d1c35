import { domainNamesKind } from "./apigateway/kind.ts";
import { distributionKind } from "./cloudfront/kind.ts";
import type { DocumentKind } from "./dialect/kind.ts";
import { listenersKind } from "./elb/kind.ts";
import type { Subject, SubjectKind, SubjectOf } from "./subjects.ts";

type Kinds = { readonly [Kind in SubjectKind]: DocumentKind<SubjectOf<Kind>> };

/** Every kind of subject there is, in the order in which an object is asked whether it is one. */
export const kinds: Kinds = {
  distribution: distributionKind,
  "domain-names": domainNamesKind,
  listeners: listenersKind,
};

/** What is known of the kind of a subject. */
export function kindOf<Found extends Subject>(subject: Found): DocumentKind<Found> {
  // The table has for each kind what takes subjects of that kind.
  return kinds[subject.kind] as DocumentKind<Subject> as DocumentKind<Found>;
}
