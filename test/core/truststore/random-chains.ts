// CAs below each other, in which something may be odd.
import * as fc from "fast-check";
import {
  authorityKeyIdentifier,
  type Bytes,
  basicConstraints,
  element,
  explicit,
  extension,
  keyUsage,
  name,
  sequence,
  subjectKeyIdentifier,
} from "../x509/der-writer.ts";
import { type Issued, issue, keysOf } from "../x509/pki.ts";

export interface Described {
  readonly isExpired: boolean;
  /** `false`: it says that it is none. */
  readonly isAuthority: boolean;
  readonly pathLength: number | undefined;
  readonly mayNotSign: boolean;
  readonly isDamaged: boolean;
  /** Of its issuer: none, the right one, or another. */
  readonly identifier: "none" | "right" | "other";
  readonly permits: string | undefined;
  /** It has its issuer's name, and another key: a CA that got a new one. */
  readonly isSelfIssued: boolean;
}

const seldom = fc.nat(9).map((number) => number === 0);
const described: fc.Arbitrary<Described> = fc.record({
  isExpired: seldom,
  isAuthority: seldom.map((is) => !is),
  pathLength: fc.constantFrom(undefined, undefined, undefined, 0, 1),
  mayNotSign: seldom,
  isDamaged: seldom,
  identifier: fc.constantFrom("none", "right", "right", "right", "other"),
  permits: fc.constantFrom(undefined, undefined, undefined, undefined, "O=Heron Works", "O=Elsewhere"),
  isSelfIssued: seldom,
});

/** From the root down. */
export const chains = fc.array(described, { minLength: 1, maxLength: 5 });

export const sound: Described = {
  isExpired: false,
  isAuthority: true,
  pathLength: undefined,
  mayNotSign: false,
  isDamaged: false,
  identifier: "right",
  permits: undefined,
  isSelfIssued: false,
};

export function make(chain: readonly Described[]): readonly Issued[] {
  const made: Issued[] = [];
  for (const [level, one] of chain.entries()) {
    const above = made.at(-1);
    const keys = keysOf("p256", 300 + level);
    const signer = above?.keys ?? keys;
    const identifiers: Readonly<Record<Described["identifier"], readonly Bytes[]>> = {
      none: [],
      right: [authorityKeyIdentifier(signer.identifier)],
      other: [authorityKeyIdentifier([level, 9, 9])],
    };
    const permitted = (directory: string) =>
      extension("2.5.29.30", sequence(explicit(0, sequence(element(0xa4, name(directory))))), true);
    made.push(
      issue(
        {
          subject: one.isSelfIssued && above !== undefined ? above.subject : `O=Heron Works,CN=CA ${level}`,
          keys,
          ...(above !== undefined && { issuer: above }),
          signedBy: one.isDamaged ? keysOf("p256", 399) : signer,
          parts: one.isExpired ? { notAfter: "20260501000000Z" } : {},
          only: [
            basicConstraints(one.isAuthority, one.isAuthority ? one.pathLength : undefined),
            keyUsage(one.mayNotSign ? "cRLSign" : "keyCertSign"),
            subjectKeyIdentifier(keys.identifier),
            ...identifiers[one.identifier],
            ...(one.permits === undefined ? [] : [permitted(one.permits)]),
          ],
        },
        [],
      ),
    );
  }
  return made;
}
