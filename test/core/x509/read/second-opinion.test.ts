// What must hold of every certificate, and that @peculiar/x509 reads in those it makes what we read.
import "reflect-metadata";
import * as assert from "node:assert/strict";
import { createHash, webcrypto, X509Certificate } from "node:crypto";
import { describe, test } from "node:test";
import * as x509 from "@peculiar/x509";
import fc from "fast-check";
import { tell } from "../../../../src/core/messages/tell.ts";
import { type Certificate, isUnreadable, type Slice } from "../../../../src/core/x509/model.ts";
import { readCertificate } from "../../../../src/core/x509/read/certificate.ts";
import { readRequest } from "../../../../src/core/x509/read/request.ts";
import { holds } from "../../../randomly.ts";
import { readable, readableRequest } from "../reading.ts";

const algorithms = {
  "P-256": { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
  "P-384": { name: "ECDSA", namedCurve: "P-384", hash: "SHA-384" },
  "RSA-2048": {
    name: "RSASSA-PKCS1-v1_5",
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
    hash: "SHA-256",
  },
  "PSS-2048": {
    name: "RSA-PSS",
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
    hash: "SHA-256",
    saltLength: 32,
  },
  Ed25519: { name: "Ed25519" },
} as const;

type KeyName = keyof typeof algorithms;
const keyNames = Object.keys(algorithms) as readonly KeyName[];
const keys = new Map<KeyName, webcrypto.CryptoKeyPair>();

async function keysOf(name: KeyName): Promise<webcrypto.CryptoKeyPair> {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const made = (await webcrypto.subtle.generateKey(algorithms[name], false, [
    "sign",
    "verify",
  ])) as webcrypto.CryptoKeyPair;
  keys.set(name, made);
  return made;
}

const text = fc
  .string({ unit: fc.constantFrom("a", "B", "7", " ", "é", "ж", "-", ".", "*"), minLength: 1, maxLength: 12 })
  .map((value) => `x${value}x`);
const host = fc.string({ unit: fc.constantFrom("a", "b", "-", "."), minLength: 1, maxLength: 20 });
const wanted = fc.record({
  key: fc.constantFrom(...keyNames),
  issuerKey: fc.constantFrom(...keyNames),
  names: fc.array(fc.record({ type: fc.constantFrom("CN", "O", "OU", "L", "C"), value: text }), { maxLength: 4 }),
  serial: fc.uint8Array({ minLength: 1, maxLength: 20 }),
  notBefore: fc.date({
    min: new Date("1951-01-01T00:00:00Z"),
    max: new Date("2049-01-01T00:00:00Z"),
    noInvalidDate: true,
  }),
  days: fc.integer({ min: 0, max: 30_000 }),
  ca: fc.option(fc.record({ ca: fc.boolean(), length: fc.option(fc.integer({ min: 0, max: 300 })) })),
  usage: fc.option(fc.integer({ min: 1, max: 511 })),
  purposes: fc.option(
    fc.uniqueArray(fc.constantFrom("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", "1.2.3.4.5", "2.5.29.37.0"), {
      minLength: 1,
    }),
  ),
  hosts: fc.option(
    fc.array(
      fc.oneof(
        host.map((value) => ({ type: "dns" as const, value })),
        fc.ipV4().map((value) => ({ type: "ip" as const, value })),
        host.map((value) => ({ type: "url" as const, value: `https://${value}` })),
      ),
      { minLength: 1, maxLength: 5 },
    ),
  ),
  identifiers: fc.boolean(),
});
type Wanted = typeof wanted extends fc.Arbitrary<infer One> ? One : never;

function extensionsOf({ ca, usage, purposes, hosts }: Wanted): x509.Extension[] {
  return [
    ...(ca === null ? [] : [new x509.BasicConstraintsExtension(ca.ca, ca.length ?? undefined, true)]),
    ...(usage === null ? [] : [new x509.KeyUsagesExtension(usage, true)]),
    ...(purposes === null ? [] : [new x509.ExtendedKeyUsageExtension(purposes)]),
    ...(hosts === null ? [] : [new x509.SubjectAlternativeNameExtension(hosts)]),
  ];
}

const nameOf = ({ names }: Wanted): x509.JsonName =>
  names.map(({ type, value }): Record<string, string[]> => ({ [type]: [value] }));

async function make(wish: Wanted): Promise<x509.X509Certificate> {
  const [subjectKeys, issuerKeys] = [await keysOf(wish.key), await keysOf(wish.issuerKey)];
  return x509.X509CertificateGenerator.create({
    serialNumber: Buffer.from(wish.serial).toString("hex"),
    subject: nameOf(wish),
    issuer: "CN=Issuer, O=Second Opinion",
    notBefore: wish.notBefore,
    notAfter: new Date(wish.notBefore.getTime() + wish.days * 86_400_000),
    signingAlgorithm: algorithms[wish.issuerKey],
    publicKey: subjectKeys.publicKey,
    signingKey: issuerKeys.privateKey,
    extensions: [
      ...extensionsOf(wish),
      ...(wish.identifiers
        ? [
            await x509.SubjectKeyIdentifierExtension.create(subjectKeys.publicKey),
            await x509.AuthorityKeyIdentifierExtension.create(issuerKeys.publicKey),
          ]
        : []),
    ],
  });
}

const usages = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
];
const upper = (identifier: string | undefined) => identifier?.toUpperCase();

describe("a second opinion", () => {
  test("@peculiar/x509 reads the same in what it makes", async () => {
    await holds(
      fc.asyncProperty(wanted, async (wish) => {
        const theirs = await make(wish);
        const ours = readable(new Uint8Array(theirs.rawData));
        assert.deepEqual([...ours.faults], []);
        assert.equal(ours.version, 3);
        assert.equal(ours.serial.replace(/^0+(?=.)/, ""), theirs.serialNumber.toUpperCase().replace(/^0+(?=.)/, ""));
        assert.deepEqual(
          [ours.notBefore.at, ours.notAfter.at],
          [theirs.notBefore.getTime(), theirs.notAfter.getTime()],
        );
        assert.deepEqual(
          ours.subject.rdns.map((rdn) => rdn.map(({ value }) => value)),
          wish.names.map(({ value }) => [value]),
        );
        assert.equal(theirs.subjectName.toJSON().length, ours.subject.rdns.length);
        assert.deepEqual([ours.selfIssued, ours.trailing], [false, 0]);
        assert.deepEqual(
          ours.extensions.map(({ oid, critical, value }) => [oid, critical, bytesOf(ours, value)]),
          [...theirs.extensions].map(({ type, critical, value }) => [
            type,
            critical,
            Buffer.from(value).toString("hex"),
          ]),
        );
        const constraints = theirs.getExtension(x509.BasicConstraintsExtension);
        assert.deepEqual(
          ours.basicConstraints?.value,
          constraints === null ? undefined : { ca: constraints.ca, pathLength: constraints.pathLength },
        );
        const flags = theirs.getExtension(x509.KeyUsagesExtension)?.usages;
        assert.deepEqual(
          ours.keyUsage?.value,
          flags === undefined ? undefined : usages.filter((_, bit) => (flags & (1 << bit)) !== 0),
        );
        assert.deepEqual(
          ours.extendedKeyUsage?.value?.join(),
          theirs.getExtension(x509.ExtendedKeyUsageExtension)?.usages.join(),
        );
        assert.deepEqual(
          ours.subjectAltName?.value?.map(({ value }) => value),
          theirs.getExtension(x509.SubjectAlternativeNameExtension)?.names.items.map(({ value }) => value),
        );
        assert.equal(
          ours.subjectKeyIdentifier?.value,
          upper(theirs.getExtension(x509.SubjectKeyIdentifierExtension)?.keyId),
        );
        assert.equal(
          ours.authorityKeyIdentifier?.value?.keyIdentifier,
          upper(theirs.getExtension(x509.AuthorityKeyIdentifierExtension)?.keyId),
        );
        assert.equal(bytesOf(ours, ours.publicKey.spki), Buffer.from(theirs.publicKey.rawData).toString("hex"));
        assert.equal(bytesOf(ours, ours.signature), Buffer.from(theirs.signature).toString("hex"));
      }),
      60,
    );
  });

  test("node:crypto reads the same", async () => {
    await holds(
      fc.asyncProperty(wanted, async (wish) => {
        const der = new Uint8Array((await make(wish)).rawData);
        const [ours, theirs] = [readable(der), new X509Certificate(der)];
        assert.equal(ours.serial.replace(/^0+(?=.)/, ""), theirs.serialNumber.replace(/^0+(?=.)/, ""));
        assert.deepEqual(
          [ours.notBefore.at, ours.notAfter.at],
          [theirs.validFromDate.getTime(), theirs.validToDate.getTime()],
        );
        // OpenSSL's answer asks for the usage too.
        assert.equal(
          ours.basicConstraints?.value?.ca === true && ours.keyUsage?.value?.includes("keyCertSign") !== false,
          theirs.ca,
        );
        const { asymmetricKeyType, asymmetricKeyDetails } = theirs.publicKey;
        assert.equal(ours.publicKey.kind, asymmetricKeyType);
        if (ours.publicKey.kind === "rsa")
          assert.deepEqual(
            [ours.publicKey.bits, ours.publicKey.exponent],
            [asymmetricKeyDetails?.modulusLength, String(asymmetricKeyDetails?.publicExponent)],
          );
        if (ours.publicKey.kind === "ec") assert.equal(ours.publicKey.curve?.name, asymmetricKeyDetails?.namedCurve);
        assert.deepEqual(ours.extendedKeyUsage?.value, theirs.keyUsage);
        assert.equal(
          createHash("sha256").update(ours.der).digest("hex").toUpperCase(),
          theirs.fingerprint256.replaceAll(":", ""),
        );
      }),
      40,
    );
  });

  test("@peculiar/x509 asks for what we read that is asked", async () => {
    await holds(
      fc.asyncProperty(wanted, async (wish) => {
        const pair = await keysOf(wish.key);
        const theirs = await x509.Pkcs10CertificateRequestGenerator.create({
          name: nameOf(wish),
          keys: pair,
          signingAlgorithm: algorithms[wish.key],
          extensions: extensionsOf(wish),
          attributes: [new x509.ChallengePasswordAttribute("not a secret")],
        });
        const ours = readableRequest(new Uint8Array(theirs.rawData));
        assert.deepEqual([...ours.faults], []);
        assert.deepEqual(
          ours.subject.rdns.map((rdn) => rdn.map(({ value }) => value)),
          wish.names.map(({ value }) => [value]),
        );
        assert.deepEqual(
          ours.extensions.map(({ oid, critical }) => [oid, critical]),
          [...theirs.extensions].map(({ type, critical }) => [type, critical]),
        );
        assert.deepEqual(
          ours.subjectAltName?.value?.map(({ value }) => value),
          wish.hosts?.map(({ value }) => value) ?? undefined,
        );
        assert.deepEqual([...ours.attributes].sort(), [...theirs.attributes].map(({ type }) => type).sort());
        assert.equal(bytesOf(ours, ours.publicKey.spki), Buffer.from(theirs.publicKey.rawData).toString("hex"));
      }),
      30,
    );
  });
});

function bytesOf({ der }: Pick<Certificate, "der">, { start, end }: Slice): string {
  return Buffer.from(der.subarray(start, end)).toString("hex");
}

// --- damage at random

const places = fc.array(
  fc.record({
    at: fc.nat(),
    kind: fc.constantFrom("set", "insert", "remove", "cut"),
    octet: fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(0, 1, 5, 0x30, 0x31, 0x80, 0x81, 0x82, 0x84, 0xa0, 0xa3, 0xff),
    ),
    count: fc.integer({ min: 1, max: 40 }),
  }),
  { minLength: 1, maxLength: 6 },
);
type Place = typeof places extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

function damaged(der: readonly number[], { at, kind, octet, count }: Place): readonly number[] {
  const place = at % (der.length + 1);
  switch (kind) {
    case "set":
      return [...der.slice(0, place), octet, ...der.slice(place + 1)];
    case "insert":
      return [...der.slice(0, place), ...Array.from({ length: count }, () => octet), ...der.slice(place)];
    case "remove":
      return [...der.slice(0, place), ...der.slice(place + count)];
    default:
      return der.slice(0, place);
  }
}

/** Every place in what was read, wherever it stands. */
function slicesIn(value: unknown, found: Slice[] = []): Slice[] {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return found;
  if (Array.isArray(value)) for (const inner of value) slicesIn(inner, found);
  else if ("start" in value && "end" in value) found.push({ start: Number(value.start), end: Number(value.end) });
  else for (const inner of Object.values(value)) slicesIn(inner, found);
  return found;
}

describe("a damaged certificate", () => {
  test("is read or refused, throws nothing, and every place in it is in it", async () => {
    const samples = await Promise.all(
      fc.sample(wanted, { numRuns: 12, seed: 1 }).map(async (wish) => [...new Uint8Array((await make(wish)).rawData)]),
    );
    let readCount = 0;
    holds(
      fc.property(fc.constantFrom(...samples), places, (sample, list) => {
        const der = Uint8Array.from(list.reduce(damaged, sample));
        for (const read of [readCertificate(der), readRequest(der)]) {
          if (isUnreadable(read)) {
            assert.ok(
              read.fault.at.start >= 0 && read.fault.at.start <= read.fault.at.end && read.fault.at.end <= der.length,
            );
            assert.ok(tell(read.fault.reason) !== "" && read.fault.part !== "");
            continue;
          }
          readCount++;
          const {
            subject,
            publicKey,
            extensions,
            faults,
            basicConstraints,
            keyUsage,
            extendedKeyUsage,
            subjectAltName,
            subjectKeyIdentifier,
            authorityKeyIdentifier,
            signature,
            signatureAlgorithm,
          } = read;
          const told = [
            subject.slice,
            subject.rdns,
            publicKey.spki,
            publicKey.algorithm,
            publicKey.fault,
            extensions,
            faults,
            basicConstraints,
            keyUsage,
            extendedKeyUsage,
            subjectAltName,
            subjectKeyIdentifier,
            authorityKeyIdentifier,
            signature,
            signatureAlgorithm,
          ];
          if ("issuer" in read) told.push(read.issuer.slice, read.issuer.rdns, read.tbs, read.outerSignatureAlgorithm);
          for (const { start, end } of slicesIn(told))
            assert.ok(start >= 0 && start <= end && end <= read.der.length, `${start} to ${end} of ${read.der.length}`);
          if ("serial" in read) {
            assert.match(read.serial, /^-?([0-9A-F]{2})+$/);
            assert.ok([read.notBefore, read.notAfter].every(({ at }) => at === undefined || Number.isSafeInteger(at)));
            assert.ok(Number.isInteger(read.hash));
          }
          for (const parsed of [
            basicConstraints,
            keyUsage,
            extendedKeyUsage,
            subjectAltName,
            subjectKeyIdentifier,
            authorityKeyIdentifier,
            { fault: publicKey.fault },
          ]) {
            if (parsed?.fault !== undefined) assert.ok(faults.includes(parsed.fault));
          }
        }
      }),
      3000,
    );
    assert.ok(readCount > 100, `${readCount} were read`);
  });
});
