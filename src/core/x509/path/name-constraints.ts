import { once } from "../bundle/bundle.ts";
import type { Certificate, Extension, GeneralName, Parsed, Slice } from "../model.ts";
import { type Called, generalNameCalled, showable } from "../naming.ts";
import { attempt, Cursor, Damaged, derBytesOf, elementAt } from "../read/der.ts";
import { generalNameOf } from "../read/general-names.ts";
import { hex } from "../read/hex.ts";
import { constructed, primitive, sequence } from "../read/tags.ts";
import type { NameOfKind } from "./facts.ts";

// RFC 5280 section 4.2.1.10. Subtrees are looked up, not compared one by one: a thousand names under a thousand
// constraints stay a few thousand look-ups.

/** The names under one CA that its certificate permits or excludes, in a form to be looked up. */
interface Subtrees {
  /** Of which kinds there are any; a kind with none is left alone. */
  readonly kinds: Set<GeneralName["kind"]>;
  /** A host and all below it. */
  readonly hosts: Set<string>;
  /** All below a host, and not the host. */
  readonly below: Set<string>;
  readonly mailboxes: Set<string>;
  readonly mailHosts: Set<string>;
  readonly mailBelow: Set<string>;
  readonly uriHosts: Set<string>;
  readonly uriBelow: Set<string>;
  /** By mask, in hex. */
  readonly networks: Map<string, { readonly mask: readonly number[]; readonly addresses: Set<string> }>;
  readonly directories: Set<string>;
  /** Whether all directory names are within. */
  hasAllDirectories: boolean;
}

export interface NameConstraints {
  readonly critical: boolean;
  readonly permitted: Subtrees;
  readonly excluded: Subtrees;
  /** The first that RFC 5280 does not allow in this form, as it is written; programs differ on what it means. */
  readonly odd: Called | undefined;
}

function newSubtrees(): Subtrees {
  return {
    kinds: new Set(),
    hosts: new Set(),
    below: new Set(),
    mailboxes: new Set(),
    mailHosts: new Set(),
    mailBelow: new Set(),
    uriHosts: new Set(),
    uriBelow: new Set(),
    networks: new Map(),
    directories: new Set(),
    hasAllDirectories: false,
  };
}

const known = new WeakMap<Certificate, Parsed<NameConstraints>>();

export function nameConstraintsOf(certificate: Certificate): Parsed<NameConstraints> {
  const extension = certificate.nameConstraints;
  return extension && once(known, certificate, ({ der }) => readConstraints(der, extension));
}

function readConstraints(der: Uint8Array, { oid, value, critical }: Extension): Parsed<NameConstraints> {
  const part = `extension ${oid}`;
  const source = derBytesOf(der);
  return attempt(() => {
    const content = new Cursor(source, value.start, value.end, part);
    const inner = content.into(sequence, part);
    content.end();
    const [permitted, excluded] = [newSubtrees(), newSubtrees()];
    let odd: Called | undefined;
    for (const [number, trees] of [
      [0, permitted],
      [1, excluded],
    ] as const) {
      if (!inner.sees(constructed(number))) continue;
      const list = inner.into(constructed(number), part);
      while (list.more) {
        const subtree = list.into(sequence, part);
        const base = generalNameOf(source, subtree.any(part), part);
        const minimum = subtree.optional(primitive(0), part);
        const isWhole =
          minimum === undefined || (minimum.contentEnd - minimum.content === 1 && der[minimum.content] === 0);
        if (!isWhole || subtree.sees(primitive(1)))
          throw new Damaged(part, base.slice, { code: "der:subtree-distance" });
        subtree.end();
        if (!put(trees, base, der)) odd ??= inShort(generalNameCalled(base, der).value);
      }
    }
    inner.end();
    return { critical, permitted, excluded, odd };
  });
}

const hostName = /^[a-z\d_](?:[a-z\d_-]*[a-z\d_])?(?:\.[a-z\d_](?:[a-z\d_-]*[a-z\d_])?)*$/;

/** As host names are compared: ASCII letters alone have a case. */
function lower(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** @returns whether it is in the form that RFC 5280 has for its kind. */
function put(trees: Subtrees, base: GeneralName, der: Uint8Array): boolean {
  trees.kinds.add(base.kind);
  switch (base.kind) {
    case "dns":
      return putHost(base.value, trees.hosts, trees.below) && !base.value.startsWith(".");
    case "uri":
      return putHost(base.value, trees.uriHosts, trees.uriBelow) && base.value !== "";
    case "email": {
      const at = base.value.lastIndexOf("@");
      if (at < 0) return putHost(base.value, trees.mailHosts, trees.mailBelow) && base.value !== "";
      trees.mailboxes.add(mailboxKey(base.value, at));
      return isMailbox(base.value, at);
    }
    case "ip": {
      const octets = contentOf(der, base.slice);
      const size = octets.length / 2;
      const mask = octets.slice(size);
      if (size !== 4 && size !== 16) return false;
      const key = hex(Uint8Array.from(mask));
      const network = trees.networks.get(key) ?? { mask, addresses: new Set<string>() };
      trees.networks.set(key, network);
      network.addresses.add(masked(octets.slice(0, size), mask));
      return isContiguous(mask);
    }
    case "directory":
      if (base.value.isEmpty) trees.hasAllDirectories = true;
      else trees.directories.add(base.value.key);
      return true;
    default:
      return true;
  }
}

/** A period in front: all below. RFC 5280 has that for e-mail and URIs; of DNS names most programs read it so. */
function putHost(value: string, hosts: Set<string>, below: Set<string>): boolean {
  const host = lower(value);
  if (!host.startsWith(".")) {
    hosts.add(host);
    return host === "" || hostName.test(host);
  }
  below.add(host.slice(1));
  return hostName.test(host.slice(1));
}

function contentOf(der: Uint8Array, { start, end }: Slice): number[] {
  const { content, contentEnd } = elementAt(derBytesOf(der), start, end, "");
  return [...der.subarray(content, Math.min(contentEnd, content + 33))];
}

function masked(address: readonly number[], mask: readonly number[]): string {
  return hex(Uint8Array.from(address, (octet, at) => octet & (mask[at] ?? 0)));
}

function isContiguous(mask: readonly number[]): boolean {
  return /^1*0*$/.test(mask.map((octet) => octet.toString(2).padStart(8, "0")).join(""));
}

/** The part before the sign has its case. */
function mailboxKey(value: string, at: number): string {
  return `${value.slice(0, at)}@${lower(value.slice(at + 1))}`;
}

function isMailbox(value: string, at: number): boolean {
  return (
    at > 0 && (!value.slice(0, at).includes("@") || value.startsWith('"')) && hostName.test(lower(value.slice(at + 1)))
  );
}

// --- names of a certificate

interface ConstrainedName {
  readonly name: GeneralName;
  readonly der: Uint8Array;
  /**
   * RFC 5280 does not say that it is to be judged, and some programs judge it: a common name that looks like a host.
   */
  readonly isBesides: boolean;
}

const emailAddress = "1.2.840.113549.1.9.1";
const commonName = "2.5.4.3";

const namesOfCertificates = new WeakMap<Certificate, readonly ConstrainedName[]>();

function namesOf(certificate: Certificate): readonly ConstrainedName[] {
  const kept = namesOfCertificates.get(certificate);
  if (kept !== undefined) return kept;
  const { subject, subjectAltName, der } = certificate;
  const alternative = subjectAltName?.value ?? [];
  const names: ConstrainedName[] = alternative.map((name) => ({ name, der, isBesides: false }));
  const { slice } = subject;
  if (!subject.isEmpty) names.push({ name: { kind: "directory", value: subject, slice }, der, isBesides: false });
  for (const { oid, value } of subject.rdns.flat()) {
    if (oid === emailAddress && value !== undefined)
      names.push({ name: { kind: "email", value, slice }, der, isBesides: subjectAltName !== undefined });
  }
  const hasHost = alternative.some(({ kind }) => kind === "dns");
  for (const { oid, value } of subject.rdns.flat()) {
    if (hasHost || oid !== commonName || value === undefined || !value.includes(".") || !hostName.test(lower(value)))
      continue;
    names.push({ name: { kind: "dns", value, slice }, der, isBesides: true });
  }
  namesOfCertificates.set(certificate, names);
  return names;
}

/** How many look-ups `breachOf` makes, in round numbers. */
export function namesToCheck(certificate: Certificate): number {
  return namesOf(certificate).length;
}

// --- one under the other

export interface Breach {
  readonly name: NameOfKind;
  /**
   * `outside`: of what is permitted. `unclear`: RFC 5280 does not say how the two are compared, or that they are.
   * `unknown-kind`: it has no comparison for names of this kind.
   */
  readonly how: "outside" | "excluded" | "unclear" | "unknown-kind";
}

/**
 * The first name of a certificate that the constraints above it do not let pass; one that surely does not before one
 * that is unclear.
 */
export function breachOf({ permitted, excluded }: NameConstraints, certificate: Certificate): Breach | undefined {
  let unclear: Breach | undefined;
  for (const constrained of namesOf(certificate)) {
    const how = judge(permitted, excluded, constrained);
    if (how === undefined) continue;
    const { kind, value } = generalNameCalled(constrained.name, constrained.der);
    const breach: Breach = {
      name: { code: "path:name", args: { kind, name: inShort(value) } },
      how: constrained.isBesides ? "unclear" : how,
    };
    if (breach.how !== "unclear") return breach;
    unclear ??= breach;
  }
  return unclear;
}

function judge(permitted: Subtrees, excluded: Subtrees, { name, der }: ConstrainedName): Breach["how"] | undefined {
  const { kind } = name;
  const [isPermittedKind, isExcludedKind] = [permitted.kinds.has(kind), excluded.kinds.has(kind)];
  if (!isPermittedKind && !isExcludedKind) return undefined;
  const look = looking(name, der);
  if (look === "unknown-kind" || look === "unclear") return look;
  // A URI without a host that is a name cannot be within what is told by hosts: RFC 5280 has it refused.
  if (look === "none") return "outside";
  if (isExcludedKind && look(excluded)) return "excluded";
  if (isExcludedKind && reachesInto(name, excluded)) return "unclear";
  return isPermittedKind && !look(permitted) ? "outside" : undefined;
}

/** How a name is looked up among subtrees. */
function looking(
  name: GeneralName,
  der: Uint8Array,
): ((trees: Subtrees) => boolean) | "unclear" | "unknown-kind" | "none" {
  switch (name.kind) {
    case "dns": {
      const host = lower(name.value);
      if (!hostName.test(host.startsWith("*.") ? host.slice(2) : host)) return "unclear";
      return ({ hosts, below }) => isWithin(host, hosts, below);
    }
    case "uri": {
      const host = hostOf(name.value);
      return host === undefined ? "none" : ({ uriHosts, uriBelow }) => uriHosts.has(host) || isBelow(host, uriBelow);
    }
    case "email": {
      const at = name.value.lastIndexOf("@");
      if (!isMailbox(name.value, at)) return "unclear";
      const [host, key] = [lower(name.value.slice(at + 1)), mailboxKey(name.value, at)];
      return ({ mailboxes, mailHosts, mailBelow }) =>
        mailboxes.has(key) || mailHosts.has(host) || isBelow(host, mailBelow);
    }
    case "ip": {
      const address = contentOf(der, name.slice);
      if (address.length !== 4 && address.length !== 16) return "unclear";
      return ({ networks }) => {
        for (const { mask, addresses } of networks.values())
          if (mask.length === address.length && addresses.has(masked(address, mask))) return true;
        return false;
      };
    }
    case "directory": {
      const { key, isEmpty } = name.value;
      return (trees) =>
        trees.hasAllDirectories || (!isEmpty && trees.directories.size > 0 && isUnder(key, trees.directories));
    }
    default:
      return "unknown-kind";
  }
}

/** No name in use has as many labels, or RDNs. */
const mostParts = 128;

function isWithin(host: string, hosts: ReadonlySet<string>, below: ReadonlySet<string>): boolean {
  return hosts.has("") || hosts.has(host) || isBelow(host, hosts) || isBelow(host, below);
}

/** Below a host that is in the set. */
function isBelow(host: string, set: ReadonlySet<string>): boolean {
  if (set.size === 0) return false;
  if (set.has("")) return true;
  let at = host.indexOf(".");
  for (let count = 0; at >= 0 && count < mostParts; count++) {
    if (set.has(host.slice(at + 1))) return true;
    at = host.indexOf(".", at + 1);
  }
  return false;
}

/** `*.example.com` is none of `a.example.com`, and stands for it. */
function reachesInto(name: GeneralName, { hosts, below }: Subtrees): boolean {
  if (name.kind !== "dns" || !name.value.startsWith("*.")) return false;
  const parent = lower(name.value.slice(1));
  for (const set of [hosts, below]) for (const host of set) if (host.endsWith(parent)) return true;
  return false;
}

/**
 * Whether a key begins with all RDNs of another: each begins with a slash, and slashes in values are behind a
 * backslash.
 */
function isUnder(key: string, directories: ReadonlySet<string>): boolean {
  let count = 0;
  for (let at = 1; at <= key.length && count < mostParts; at++) {
    if (at !== key.length && (key[at] !== "/" || isEscaped(key, at))) continue;
    count++;
    if (directories.has(key.slice(0, at))) return true;
  }
  return false;
}

function isEscaped(key: string, at: number): boolean {
  let slashes = 0;
  while (key[at - 1 - slashes] === "\\") slashes++;
  return slashes % 2 === 1;
}

/** `undefined`: none, or an address. */
function hostOf(uri: string): string | undefined {
  const authority = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(uri)?.[1];
  const host =
    authority === undefined ? "" : lower(authority.slice(authority.lastIndexOf("@") + 1).replace(/:\d*$/, ""));
  return hostName.test(host) && !/^\d+(?:\.\d+){3}$/.test(host) ? host : undefined;
}

const longestName = 200;

function inShort(name: Called): Called {
  if (typeof name === "string") return showable(name, longestName);
  if (name.code !== "x509:cut") return name;
  const { text, left } = name.args;
  return { code: name.code, args: { text: text.slice(0, longestName), left: left + text.length - longestName } };
}
