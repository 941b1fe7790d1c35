// Certificates that are really signed, made when somebody asks for them: most are never asked for, and RSA keys take
// their time.
import { createHash, createPrivateKey, type webcrypto } from "node:crypto";
import type { CertificateSeed, KeyKind } from "./seed.ts";

export interface Pem {
  readonly body: string;
  readonly chain: string;
}

export interface Facts {
  /** Colons between the octets, as ACM writes it. */
  readonly serial: string;
  readonly issuer: string;
  readonly signatureAlgorithm: string;
}

interface Pair {
  readonly kind: KeyKind;
  readonly keys: webcrypto.CryptoKeyPair;
}

interface Authority extends Pair {
  readonly name: string;
  readonly pem: string;
  readonly issuer: Authority | undefined;
}

const year = 365 * 86_400_000;

/** From the ARN, so that it is the same after a restart. */
export function serialOf(arn: string): string {
  // The first bit is 0: the number is positive. The second is 1: it has 16 octets.
  const octets = createHash("sha256").update(`serial ${arn}`).digest().subarray(0, 16);
  octets[0] = ((octets[0] ?? 0) & 0x7f) | 0x40;
  return octets.toString("hex");
}

const issuers: Readonly<Record<CertificateSeed["chain"], readonly string[]>> = {
  // From the one that signs to the root.
  private: ["Example Corp Issuing CA", "Example Corp Root CA"],
  deep: ["Example Corp Partner CA", "Example Corp Issuing CA", "Example Corp Root CA"],
  amazon: ["Amazon RSA 2048 M02", "Amazon Root CA 1"],
};

function isRsa(kind: KeyKind): boolean {
  return kind.startsWith("RSA");
}

function commonNames(seed: CertificateSeed): readonly string[] {
  return issuers[seed.chain].map((name) => (seed.chain === "amazon" || !isRsa(seed.key) ? name : `${name} (RSA)`));
}

/** What is known of a certificate without making it. */
export function factsOf(seed: CertificateSeed): Facts {
  return {
    serial: (serialOf(seed.arn).match(/../g) ?? []).join(":"),
    issuer: seed.chain === "amazon" ? "Amazon" : (commonNames(seed)[0] ?? ""),
    signatureAlgorithm: isRsa(seed.key) ? "SHA256WITHRSA" : "SHA256WITHECDSA",
  };
}

async function library(): Promise<typeof import("@peculiar/x509")> {
  await import("reflect-metadata");
  return import("@peculiar/x509");
}

/** Keys at most of a kind that is slow to make. */
const slowPairs = 2;

function algorithmOf(kind: KeyKind): webcrypto.RsaHashedKeyGenParams | webcrypto.EcKeyGenParams {
  if (isRsa(kind))
    return {
      name: "RSASSA-PKCS1-v1_5",
      hash: "SHA-256",
      modulusLength: Number(kind.slice(4)),
      publicExponent: new Uint8Array([1, 0, 1]),
    };
  return { name: "ECDSA", namedCurve: kind === "EC_secp384r1" ? "P-384" : "P-256" };
}

/** For as long as the process is there: certificates are dated from each start; keys, which take the time, are not. */
const pairs = new Map<string, Promise<Pair>>();

export function createPki(now: Date): { issue(seed: CertificateSeed): Promise<Pem> } {
  const authorities = new Map<string, Promise<Authority>>();
  const issued = new Map<string, Promise<Pem>>();

  const pairOf = (kind: KeyKind, owner: string): Promise<Pair> => {
    const place =
      isRsa(kind) && !owner.endsWith("CA")
        ? `${kind} ${(createHash("sha256").update(owner).digest()[0] ?? 0) % slowPairs}`
        : `${kind} ${owner}`;
    return kept(pairs, place, async () => ({
      kind,
      keys: await crypto.subtle.generateKey(algorithmOf(kind), true, ["sign", "verify"]),
    }));
  };

  const authority = (names: readonly string[], kind: KeyKind): Promise<Authority> => {
    const [name = "", ...above] = names;
    return kept(authorities, names.join(" < "), async () => {
      const x509 = await library();
      const issuer = above.length === 0 ? undefined : await authority(above, kind);
      const pair = await pairOf(kind, `${name} CA`);
      const subject = name.startsWith("Amazon") ? `CN=${name}, O=Amazon, C=US` : `CN=${name}, O=Example Corp`;
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: serialOf(name),
        subject,
        issuer: issuer?.name ?? subject,
        notBefore: new Date(now.getTime() - 5 * year),
        notAfter: new Date(now.getTime() + 10 * year),
        signingAlgorithm: signingOf(issuer ?? pair),
        publicKey: pair.keys.publicKey,
        signingKey: (issuer ?? pair).keys.privateKey,
        extensions: [
          new x509.BasicConstraintsExtension(true, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
          await x509.SubjectKeyIdentifierExtension.create(pair.keys.publicKey),
          await x509.AuthorityKeyIdentifierExtension.create((issuer ?? pair).keys.publicKey),
        ],
      });
      return { ...pair, name: subject, pem: certificate.toString("pem"), issuer };
    });
  };

  const make = async (seed: CertificateSeed): Promise<Pem> => {
    const x509 = await library();
    const above = await authority(
      commonNames(seed),
      isRsa(seed.key) || seed.chain === "amazon" ? "RSA_2048" : "EC_prime256v1",
    );
    const { keys } = await pairOf(seed.key, seed.arn);
    const usages = x509.KeyUsageFlags.digitalSignature | (isRsa(seed.key) ? x509.KeyUsageFlags.keyEncipherment : 0);
    const { notBefore, notAfter } = datesOf(seed, now);
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serialOf(seed.arn),
      subject: seed.subject.replaceAll(",", ", "),
      issuer: above.name,
      notBefore: notBefore ?? now,
      notAfter: notAfter ?? now,
      signingAlgorithm: signingOf(above),
      publicKey: keys.publicKey,
      signingKey: above.keys.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(false),
        new x509.KeyUsagesExtension(usages, true),
        new x509.ExtendedKeyUsageExtension(
          seed.purposes.map((purpose) => x509.ExtendedKeyUsage[purpose === "client" ? "clientAuth" : "serverAuth"]),
        ),
        ...(seed.names.length === 0
          ? []
          : [
              new x509.SubjectAlternativeNameExtension(
                seed.names.map((name) => ({ type: "dns" as const, value: name })),
              ),
            ]),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
        await x509.AuthorityKeyIdentifierExtension.create(above.keys.publicKey),
      ],
    });
    const chain: string[] = [];
    for (let one: Authority | undefined = above; one !== undefined; one = one.issuer) chain.push(one.pem);
    return { body: certificate.toString("pem"), chain: chain.join("\n") };
  };

  return { issue: (seed) => kept(issued, seed.arn, () => make(seed)) };
}

function kept<T>(in_: Map<string, Promise<T>>, place: string, make: () => Promise<T>): Promise<T> {
  const known = in_.get(place);
  if (known !== undefined) return known;
  const made = make();
  in_.set(place, made);
  return made;
}

function signingOf({ kind }: Pair): { readonly name: string; readonly hash: string } {
  return { name: isRsa(kind) ? "RSASSA-PKCS1-v1_5" : "ECDSA", hash: "SHA-256" };
}

/**
 * Whole seconds, as a certificate has them. Some hours more than whole days, so that a count of days does not change
 * while a test runs.
 */
export function datesOf(
  seed: CertificateSeed,
  now: Date,
): { readonly notBefore: Date | undefined; readonly notAfter: Date | undefined } {
  if (seed.days === undefined) return { notBefore: undefined, notAfter: undefined };
  const second = Math.floor(now.getTime() / 1000) * 1000;
  const day = 86_400_000;
  return {
    notBefore: new Date(second - seed.days.since * day - day / 4),
    notAfter: new Date(second + seed.days.left * day + day / 4),
  };
}

export interface ServerIdentity {
  readonly key: string;
  readonly certificate: string;
  /** Who signed it: what a client has to trust. */
  readonly authority: string;
}

/** For a TLS server on this machine, with a CA of its own. */
export async function serverIdentity(now: Date): Promise<ServerIdentity> {
  const x509 = await library();
  const [ca, server] = await Promise.all(
    [0, 1].map(() => crypto.subtle.generateKey(algorithmOf("EC_prime256v1"), true, ["sign", "verify"])),
  );
  if (ca === undefined || server === undefined) throw new Error("no keys");
  const validity = { notBefore: new Date(now.getTime() - year / 12), notAfter: new Date(now.getTime() + year / 2) };
  const signing = { signingAlgorithm: { name: "ECDSA", hash: "SHA-256" }, signingKey: ca.privateKey };
  const authority = await x509.X509CertificateGenerator.create({
    ...validity,
    ...signing,
    serialNumber: "5a01",
    subject: "CN=Sandbox CA",
    issuer: "CN=Sandbox CA",
    publicKey: ca.publicKey,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(ca.publicKey),
    ],
  });
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity,
    ...signing,
    serialNumber: "5a02",
    subject: "CN=localhost",
    issuer: "CN=Sandbox CA",
    publicKey: server.publicKey,
    extensions: [
      new x509.BasicConstraintsExtension(false),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: "dns", value: "localhost" },
        { type: "dns", value: "sandbox.test" },
        { type: "ip", value: "127.0.0.1" },
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(ca.publicKey),
    ],
  });
  const key = createPrivateKey({
    key: Buffer.from(await crypto.subtle.exportKey("pkcs8", server.privateKey)),
    format: "der",
    type: "pkcs8",
  });
  return {
    key: key.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: certificate.toString("pem"),
    authority: `${authority.toString("pem")}\n`,
  };
}
