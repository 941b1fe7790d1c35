import type { Certificate, Extension, Parsed } from "../model.ts";
import { attempt, Cursor, derBytesOf, oidOf, smallInteger } from "../read/der.ts";
import { integer, objectIdentifier, primitive, sequence } from "../read/tags.ts";

// What RFC 5280 section 6.1 makes of policies, where no particular one is required: is there a policy left where one is
// required? Of the graph of RFC 9618 only the last level is needed for that: a node that is there has parents.

const anyPolicy = "2.5.29.32.0";
const policiesOid = "2.5.29.32";
const mappingsOid = "2.5.29.33";
const constraintsOid = "2.5.29.36";
const inhibitAnyOid = "2.5.29.54";
/** cps and unotice. */
const knownQualifiers: ReadonlySet<string> = new Set(["1.3.6.1.5.5.7.2.1", "1.3.6.1.5.5.7.2.2"]);

export interface PolicyConstraints {
  readonly requireExplicitPolicy: number | undefined;
  readonly inhibitPolicyMapping: number | undefined;
}

/** What one certificate says of policies. */
interface Policies {
  readonly policies: Parsed<readonly string[]>;
  /** Whether one of them has a qualifier that RFC 5280 does not define. */
  readonly hasUnknownQualifier: boolean;
  readonly mappings: Parsed<readonly (readonly [issuer: string, subject: string])[]>;
  readonly constraints: Parsed<PolicyConstraints>;
  readonly inhibitAny: Parsed<number>;
}

const known = new WeakMap<Certificate, Policies>();

function policiesOf(certificate: Certificate): Policies {
  const kept = known.get(certificate);
  if (kept !== undefined) return kept;
  const { der, extensions } = certificate;
  const parse = <T>(oid: string, read: (cursor: Cursor) => T): Parsed<T> => {
    const extension = extensions.find((one) => one.oid === oid);
    return extension && parsed(der, extension, read);
  };
  const named = parse(policiesOid, readPolicies);
  const found: Policies = {
    policies: named?.fault === undefined ? named && { value: named.value.policies } : named,
    hasUnknownQualifier: named?.value?.hasUnknownQualifier === true,
    mappings: parse(mappingsOid, readMappings),
    constraints: parse(constraintsOid, readConstraints),
    inhibitAny: parse(inhibitAnyOid, (cursor) => countIn(cursor, integer)),
  };
  known.set(certificate, found);
  return found;
}

function parsed<T>(der: Uint8Array, { oid, value }: Extension, read: (cursor: Cursor) => T): Parsed<T> {
  return attempt(() => {
    const cursor = new Cursor(derBytesOf(der), value.start, value.end, `extension ${oid}`);
    const found = read(cursor);
    cursor.end();
    return found;
  });
}

function readPolicies(cursor: Cursor): { readonly policies: readonly string[]; readonly hasUnknownQualifier: boolean } {
  const { source, part } = cursor;
  const list = cursor.into(sequence, part);
  const policies: string[] = [];
  let hasUnknownQualifier = false;
  while (list.more) {
    const policy = list.into(sequence, part);
    policies.push(oidOf(source, policy.take(objectIdentifier, part), part));
    const qualifiers = policy.sees(sequence) ? policy.into(sequence, part) : undefined;
    while (qualifiers?.more === true) {
      const qualifier = qualifiers.into(sequence, part);
      if (!knownQualifiers.has(oidOf(source, qualifier.take(objectIdentifier, part), part))) hasUnknownQualifier = true;
    }
    policy.end();
  }
  return { policies, hasUnknownQualifier };
}

function readMappings(cursor: Cursor): readonly (readonly [string, string])[] {
  const { source, part } = cursor;
  const list = cursor.into(sequence, part);
  const mappings: (readonly [string, string])[] = [];
  while (list.more) {
    const mapping = list.into(sequence, part);
    mappings.push([
      oidOf(source, mapping.take(objectIdentifier, part), part),
      oidOf(source, mapping.take(objectIdentifier, part), part),
    ]);
    mapping.end();
  }
  return mappings;
}

function readConstraints(cursor: Cursor): PolicyConstraints {
  const inner = cursor.into(sequence, cursor.part);
  const [requireExplicitPolicy, inhibitPolicyMapping] = [0, 1].map((number) =>
    inner.sees(primitive(number)) ? countIn(inner, primitive(number)) : undefined,
  );
  inner.end();
  return { requireExplicitPolicy, inhibitPolicyMapping };
}

/** A number too large to be read skips more certificates than there are. */
function countIn(cursor: Cursor, tag: number): number {
  const count = smallInteger(cursor.source, cursor.take(tag, cursor.part));
  return count === undefined || count < 0 ? Number.MAX_SAFE_INTEGER : count;
}

/** Whether a certificate says anything of policies that decides something, beside naming its own. */
export function constrainsPolicies(certificate: Certificate): boolean {
  const { mappings, constraints, inhibitAny } = policiesOf(certificate);
  return mappings !== undefined || constraints !== undefined || inhibitAny !== undefined;
}

/** Whether one of its extensions on policies cannot be read. */
export function hasUnreadablePolicies(certificate: Certificate): boolean {
  const { policies, mappings, constraints, inhibitAny } = policiesOf(certificate);
  return [policies, mappings, constraints, inhibitAny].some((one) => one?.fault !== undefined);
}

/** RFC 5280 section 4.2.1.4: where the policies are critical, an unknown qualifier must be rejected. */
export function hasUnknownQualifier(certificate: Certificate): boolean {
  return policiesOf(certificate).hasUnknownQualifier;
}

/** How a path fails; the index is that of the path. */
export interface PolicyFault {
  /** `mapping`: from or to anyPolicy, which RFC 5280 does not allow. */
  readonly how: "none-left" | "mapping";
  readonly index: number;
}

/**
 * RFC 5280 sections 6.1.2 to 6.1.5, with any policy acceptable.
 * @param path the client's certificate first, without the trust anchor
 * @param isRequired whether a policy is required from the beginning (initial-explicit-policy)
 * @param anchor heeded as RFC 5937 heeds the constraints of a trust anchor; RFC 5280 does not
 */
export function policyFault(
  path: readonly Certificate[],
  isRequired = false,
  anchor?: Certificate,
): PolicyFault | undefined {
  const { length } = path;
  // What each policy of the level is called by the certificate below.
  let level: ReadonlyMap<string, ReadonlySet<string>> = new Map([[anyPolicy, new Set([anyPolicy])]]);
  let [explicit, mapping, inhibitAny] = [isRequired ? 0 : length + 1, length + 1, length + 1];
  if (anchor !== undefined) {
    const said = policiesOf(anchor);
    const next =
      said.policies === undefined
        ? new Map([...level].map(([policy, names]) => [policy, new Set(names)] as const))
        : nextLevel(level, said.policies.value, true);
    map(next, said.mappings?.value ?? [], true);
    level = next;
    explicit = Math.min(explicit, said.constraints?.value?.requireExplicitPolicy ?? explicit);
    mapping = Math.min(mapping, said.constraints?.value?.inhibitPolicyMapping ?? mapping);
    inhibitAny = Math.min(inhibitAny, said.inhibitAny?.value ?? inhibitAny);
  }
  for (let index = length - 1; index >= 0; index--) {
    const certificate = path[index];
    if (certificate === undefined) break;
    const said = policiesOf(certificate);
    const isLast = index === 0;
    const isAnyTaken = inhibitAny > 0 || (!isLast && certificate.selfIssued);
    const next = nextLevel(level, said.policies?.value, isAnyTaken);
    if (explicit === 0 && next.size === 0) return { how: "none-left", index };
    const constraints = said.constraints?.value;
    if (isLast) {
      const isRequiredHere = explicit <= 1 || constraints?.requireExplicitPolicy === 0;
      return isRequiredHere && next.size === 0 ? { how: "none-left", index } : undefined;
    }
    const mappings = said.mappings?.value ?? [];
    if (mappings.some((pair) => pair.includes(anyPolicy))) return { how: "mapping", index };
    map(next, mappings, mapping > 0);
    level = next;
    if (!certificate.selfIssued) {
      explicit = Math.max(0, explicit - 1);
      mapping = Math.max(0, mapping - 1);
      inhibitAny = Math.max(0, inhibitAny - 1);
    }
    explicit = Math.min(explicit, constraints?.requireExplicitPolicy ?? explicit);
    mapping = Math.min(mapping, constraints?.inhibitPolicyMapping ?? mapping);
    inhibitAny = Math.min(inhibitAny, said.inhibitAny?.value ?? inhibitAny);
  }
  return undefined;
}

function nextLevel(
  level: ReadonlyMap<string, ReadonlySet<string>>,
  policies: readonly string[] | undefined,
  isAnyTaken: boolean,
): Map<string, Set<string>> {
  const next = new Map<string, Set<string>>();
  if (policies === undefined || level.size === 0) return next;
  const expected = new Set<string>();
  for (const names of level.values()) for (const name of names) expected.add(name);
  for (const policy of policies) {
    if (policy !== anyPolicy && (expected.has(policy) || level.has(anyPolicy))) next.set(policy, new Set([policy]));
  }
  if (isAnyTaken && policies.includes(anyPolicy))
    for (const policy of expected) if (!next.has(policy)) next.set(policy, new Set([policy]));
  return next;
}

/** Changes what the policies of a level are called below. */
function map(
  level: Map<string, Set<string>>,
  mappings: readonly (readonly [issuer: string, subject: string])[],
  isAllowed: boolean,
): void {
  if (!isAllowed) {
    for (const [issuer] of mappings) level.delete(issuer);
    return;
  }
  const mapped = new Map<string, Set<string>>();
  for (const [issuer, subject] of mappings) {
    if (!level.has(issuer) && !level.has(anyPolicy)) continue;
    const names = mapped.get(issuer) ?? new Set<string>();
    mapped.set(issuer, names);
    names.add(subject);
  }
  for (const [issuer, names] of mapped) level.set(issuer, names);
}
