import type { Json } from "../document/tree.ts";
import type { Reason } from "../reason.ts";
import type { Span } from "../text.ts";

/** What a hover says: sentences, then facts as name and value, then where to read on. */
export interface Explanation {
  readonly title: Reason | string;
  readonly text: readonly string[];
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly link: { readonly title: string; readonly url: string } | undefined;
}

/** What may be written at an offset. */
export interface Completion {
  readonly kind: "member" | "value";
  readonly label: string;
  /** A few words beside the label. */
  readonly detail: string | Reason;
  readonly replace: Span;
  /** Where a comma goes first, behind what stands before it without one. */
  readonly commaAt?: number | undefined;
  /** The name of a member, with its value; or the value itself. */
  readonly key?: string;
  readonly value: Json;
  readonly required: boolean;
  /** More to find it by than its label. */
  readonly keywords?: string;
  /** Sentences with more detail. */
  readonly documentation?: readonly (string | Reason)[];
}

/** A client certificate that may be named. */
export interface CertificateOffer {
  readonly arn: string;
  readonly label: string;
  readonly detail: string | Reason;
  readonly documentation: readonly (string | Reason)[];
}

/**
 * Those to be offered, best first, given the ones that the config names already. Asked only where a certificate
 * belongs.
 */
export type CertificateOffers = (named: readonly string[]) => readonly CertificateOffer[];
