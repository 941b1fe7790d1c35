// What the answer to "would this client be accepted?" has against a certificate of the store, the rules and the status
// say of it too.
import * as assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { messageOf, tell } from "../../../src/core/messages/tell.ts";
import { read } from "../../../src/core/read.ts";
import type { SharedReason } from "../../../src/core/reason.ts";
import { check } from "../../../src/core/rules/check.ts";
import { acceptance } from "../../../src/core/truststore/acceptance.ts";
import { bundleFitness } from "../../../src/core/truststore/fitness.ts";
import { targets } from "../../../src/core/truststore/targets.ts";
import { certificatesOf } from "../../../src/core/x509/bundle/bundle.ts";
import { indexOf } from "../../../src/core/x509/path/chain.ts";
import { signaturePairs } from "../../../src/core/x509/path/pairs.ts";
import type { Verdict } from "../../../src/core/x509/path/verdicts.ts";
import { SignatureChecker, sha256 } from "../../../src/platform/node/crypto.ts";
import { holds } from "../../randomly.ts";
import {
  ascii,
  authorityKeyIdentifier,
  type Bytes,
  basicConstraints,
  type CertificateParts,
  dnsName,
  element,
  explicit,
  extendedKeyUsage,
  extension,
  implicit,
  integer,
  keyUsage,
  nothing,
  octets,
  oid,
  printableString,
  sequence,
  serverAuth,
  set,
  subjectKeyIdentifier,
} from "../x509/der-writer.ts";
import { createLeaf, type Issued, issue, keysOf } from "../x509/pki.ts";

const now = new Date("2026-06-01T00:00:00Z");

interface Oddity {
  readonly extensions?: readonly Bytes[];
  readonly parts?: CertificateParts;
  /** Its issuer's name is a PrintableString. */
  readonly isRespelled?: boolean;
}

const constraints = (content: Bytes, isCritical = true): Oddity => ({
  extensions: [extension("2.5.29.30", content, isCritical)],
});
const hosts = (host: string) => constraints(sequence(explicit(0, sequence(implicit(2, ascii(host))))));
const policies = (...content: readonly Bytes[]) => extension("2.5.29.32", sequence(...content), true);
const point = explicit(0, explicit(0, implicit(6, ascii("http://crl.example.com/"))));

const oddities: Readonly<Record<string, Oddity>> = {
  none: {},
  "unknown critical": { extensions: [extension("1.3.6.1.4.1.99999.1", octets([1]), true)] },
  "unknown, not critical": { extensions: [extension("1.3.6.1.4.1.99999.1", octets([1]))] },
  poison: { extensions: [extension("1.3.6.1.4.1.11129.2.4.3", nothing, true)] },
  "critical resources that are none": { extensions: [extension("1.3.6.1.5.5.7.1.8", sequence(integer(1)), true)] },
  "critical CRL points": { extensions: [extension("2.5.29.31", sequence(sequence(point)), true)] },
  "CRL points": { extensions: [extension("2.5.29.31", sequence(sequence(point)))] },
  "CRL points of reasons alone": { extensions: [extension("2.5.29.31", sequence(sequence(implicit(1, [1, 0x60]))))] },
  "no policies": { extensions: [policies()] },
  "a policy twice": { extensions: [policies(sequence(oid("1.2.3")), sequence(oid("1.2.3")))] },
  "an unknown qualifier": {
    extensions: [policies(sequence(oid("1.2.3"), sequence(sequence(oid("1.2.3.4"), nothing))))],
  },
  "no constraints": constraints(sequence()),
  "damaged constraints": constraints(sequence(integer(1))),
  "damaged constraints, not critical": constraints(sequence(integer(1)), false),
  "subtrees with a minimum": constraints(sequence(explicit(0, sequence(dnsName("example.com"), implicit(0, [1]))))),
  "constraints of hosts": hosts("example.com"),
  "constraints of hosts behind a period": hosts(".example.com"),
  "an address of five bytes": { extensions: [extension("2.5.29.17", sequence(implicit(7, [1, 2, 3, 4, 5])))] },
  "basic constraints twice": { extensions: [basicConstraints(true)] },
  "for servers": { extensions: [extendedKeyUsage(serverAuth)] },
  "never valid": { parts: { notBefore: "20300101000000Z", notAfter: "20290101000000Z" } },
  "never valid, and past": { parts: { notBefore: "20200101000000Z", notAfter: "20190101000000Z" } },
  "no date": { parts: { notAfter: element(0x17, ascii("991332000000Z")) } },
  expired: { parts: { notAfter: "20260501000000Z" } },
  respelled: { isRespelled: true },
};

const commonName = (text: string) => sequence(set(sequence(oid("2.5.4.3"), printableString(text))));

/** From the root down. */
function make(chain: readonly string[]): readonly Issued[] {
  const made: Issued[] = [];
  for (const [level, what] of chain.entries()) {
    const { extensions = [], parts = {}, isRespelled } = oddities[what] ?? assert.fail(what);
    const above = made.at(-1);
    const keys = keysOf("p256", 300 + level);
    made.push(
      issue(
        {
          subject: `CN=CA ${level}`,
          keys,
          ...(above !== undefined && { issuer: above }),
          parts: { ...parts, ...(isRespelled && above !== undefined && { issuer: commonName(`CA ${level - 1}`) }) },
          only: [
            basicConstraints(true),
            keyUsage("keyCertSign"),
            subjectKeyIdentifier(keys.identifier),
            authorityKeyIdentifier((above?.keys ?? keys).identifier),
            ...extensions,
          ],
        },
        [],
      ),
    );
  }
  return made;
}

function firstOf(reason: SharedReason): SharedReason {
  const first = reason.code === "text:both" ? reason.args?.first : undefined;
  return typeof first === "object" && "code" in first ? firstOf(first as SharedReason) : reason;
}

/** RFC 5280 accepts it, and a CA may well say so: what is not documented of a service is said with the answer alone. */
const ordinary: ReadonlySet<string> = new Set([
  "path:name-constraints-kept",
  "path:constrains-policies",
  "path:critical-policies",
  // Several CAs may end the chain, and this one is no root.
  "path:anchor-not-a-root",
]);

/** In so wide use that the rules only tell it. */
const onlyTold: ReadonlySet<string> = new Set(["path:odd-name-constraints"]);

test("what is against a CA of the store is found there, and no store with it passes", (t) => {
  const counts: Record<string, number> = {};
  const names = Object.keys(oddities);
  const chains = fc.array(fc.constantFrom("none", "none", ...names), { minLength: 1, maxLength: 3 });
  const judge = (chain: readonly string[]): void => {
    const made = make(chain);
    const facts = read({ text: made.map(({ pem }) => pem).join(""), syntax: "pem", name: "clients.pem" });
    assert.ok(facts.kind === "bundle");
    const { bundle } = facts;
    const store = certificatesOf(bundle).map(({ certificate }) => certificate);
    const signatures = new SignatureChecker();
    for (const { issuer, subject } of signaturePairs(indexOf(bundle)).pairs) signatures.check(issuer, subject);
    const client = createLeaf({ issuer: made.at(-1) ?? assert.fail() }).certificate;
    const search = acceptance({ client, presented: [], store, at: now });
    let step = search.next();
    while (step.done !== true) {
      const verdict: Verdict | undefined = step.value && signatures.check(step.value.issuer, step.value.subject);
      step = search.next(verdict);
    }
    for (const target of targets) {
      const context = { now, settings: { severities: {}, expiryWarningDays: 0 }, fingerprint: sha256, signatures };
      const problems = check(facts, { ...context, purpose: "trust-store", targets: [target] }, (_, error) =>
        assert.fail(String(error)),
      );
      const { verdict: status } = bundleFitness(bundle, target, now, signatures, { fingerprint: sha256 });
      const { objections } = step.value.byTarget[target];
      for (const { index, reason } of objections) {
        const { code, args } = firstOf(reason);
        // What is above the path's end is told with its end: only the name says which certificate is meant.
        const level = /^CA (\d)$/.exec(String(args?.title))?.[1];
        if (index === 0 || ordinary.has(code)) continue;
        counts[code] = (counts[code] ?? 0) + 1;
        const piece = certificatesOf(bundle)[Number(level)] ?? assert.fail(code);
        const [start, end] = [bundle.starts[piece.index] ?? 0, bundle.starts[piece.index + 1] ?? Infinity];
        const about = problems.filter((problem) => problem.at.start >= start && problem.at.start < end);
        const where = `${chain.join(", ")} for ${target}: ${tell(reason)} Status: ${status}. Found: ${problems.map(messageOf).join(" | ")}`;
        assert.ok(about.length > 0, where);
        if (onlyTold.has(code)) continue;
        assert.ok(
          about.some(({ severity }) => severity !== "info"),
          where,
        );
        assert.notEqual(status, "passes", where);
      }
    }
  };
  for (const name of names) for (const chain of [[name], ["none", name], [name, "none"]]) judge(chain);
  holds(fc.property(chains, judge), 60);
  t.diagnostic(JSON.stringify(counts));
  for (const code of ["unknown-critical-extension", "critical-extension", "damaged", "expired", "spelling"])
    assert.ok((counts[`path:${code}`] ?? 0) > 0, code);
});
