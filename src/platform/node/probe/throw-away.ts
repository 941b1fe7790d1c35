import "reflect-metadata";
import { createPrivateKey, X509Certificate as NodeCertificate, randomBytes, webcrypto } from "node:crypto";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  PemConverter,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { type ClientCredential, certificatesIn } from "../../../core/probe/credential.ts";

/** Certificates that are made for one probe and forgotten with it. */

type Key = webcrypto.CryptoKey;
type KeyPair = webcrypto.CryptoKeyPair;

interface Issuer {
  readonly name: Name | string;
  readonly key: Key;
  readonly algorithm: Signing;
  /** Its key identifier, in hex. */
  readonly id: string | undefined;
}

interface Signing {
  readonly name: string;
  readonly hash: string;
  readonly namedCurve?: string;
}

const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const rsa = {
  name: "RSASSA-PKCS1-v1_5",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: "SHA-256",
} as const;

const day = 86_400_000;

/** What a CA that nobody advertises is called, so that the logs of the server tell where the certificate came from. */
const nameOfOurs = "CN=mTLS Workbench throw-away CA";
const nameOfClient = "CN=mTLS Workbench throw-away client";

/**
 * A client certificate of a CA that was made for it. The CA bears the name `authority` (DER) of one that the server
 * trusts, but has another key, so that only who verifies the signature refuses it. Its key identifier tells it from the
 * other. OpenSSL would else take that one for the issuer and trip over the signature, also where a server does not mind
 * CAs that it does not know, and looks at nothing but the name.
 */
export async function makeStranger(
  authority: Uint8Array | undefined,
  takesEcdsa: boolean,
  now: Date,
): Promise<ClientCredential> {
  const algorithm = takesEcdsa ? ecdsa : rsa;
  const keys = await generate(algorithm);
  const name = authority === undefined ? nameOfOurs : (nameOf(authority) ?? nameOfOurs);
  const id = randomBytes(20).toString("hex");
  const issuer: Issuer = { name, key: keys.privateKey, algorithm, id };
  const root = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(),
      name,
      ...validity(now),
      keys,
      signingAlgorithm: algorithm,
      extensions: [
        new BasicConstraintsExtension(true, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        new SubjectKeyIdentifierExtension(id),
      ],
    },
    webcrypto,
  );
  return issue(issuer, [root.toString("pem")], ExtendedKeyUsage.clientAuth, algorithm, validity(now));
}

/** One that the user's CA signs, and that a server has to refuse for its dates or for what it is made for. */
export async function issueUnfit(
  authority: ClientCredential,
  fault: "expired" | "server-auth",
  takesEcdsa: boolean,
  now: Date,
): Promise<ClientCredential> {
  const chain = certificatesIn(authority.certificate);
  const own = new X509Certificate(new NodeCertificate(chain[0] ?? "").raw);
  const id = own.getExtension(SubjectKeyIdentifierExtension)?.keyId;
  const issuer: Issuer = { name: own.subjectName, id, ...(await signingKey(authority.key)) };
  const dates =
    fault === "expired"
      ? { notBefore: new Date(now.getTime() - 30 * day), notAfter: new Date(now.getTime() - day) }
      : validity(now);
  const purpose = fault === "expired" ? ExtendedKeyUsage.clientAuth : ExtendedKeyUsage.serverAuth;
  return issue(issuer, chain, purpose, takesEcdsa ? ecdsa : rsa, dates);
}

async function issue(
  issuer: Issuer,
  chain: readonly string[],
  purpose: string,
  algorithm: typeof ecdsa | typeof rsa,
  dates: { readonly notBefore: Date; readonly notAfter: Date },
): Promise<ClientCredential> {
  const keys = await generate(algorithm);
  const extensions: Extension[] = [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([purpose]),
    ...(issuer.id === undefined ? [] : [new AuthorityKeyIdentifierExtension(issuer.id)]),
  ];
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: serialNumber(),
      subject: nameOfClient,
      issuer: issuer.name,
      ...dates,
      publicKey: keys.publicKey,
      signingKey: issuer.key,
      signingAlgorithm: issuer.algorithm,
      extensions,
    },
    webcrypto,
  );
  const key = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    certificate: [certificate.toString("pem"), ...chain].join("\n"),
    key: PemConverter.encode(key, "PRIVATE KEY"),
  };
}

async function generate(algorithm: typeof ecdsa | typeof rsa): Promise<KeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]) as Promise<KeyPair>;
}

/** The key of the user's CA, as WebCrypto has it. */
async function signingKey(pem: string): Promise<{ key: Key; algorithm: Signing }> {
  const key = createPrivateKey(pem);
  const algorithm: Signing =
    key.asymmetricKeyType === "ec"
      ? { name: "ECDSA", hash: "SHA-256", namedCurve: curves[key.asymmetricKeyDetails?.namedCurve ?? ""] ?? "P-256" }
      : { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const der = key.export({ type: "pkcs8", format: "der" });
  return { key: await webcrypto.subtle.importKey("pkcs8", der, algorithm, false, ["sign"]), algorithm };
}

/** As OpenSSL calls them, and as WebCrypto does. */
const curves: Readonly<Record<string, string>> = {
  prime256v1: "P-256",
  secp384r1: "P-384",
  secp521r1: "P-521",
};

function nameOf(der: Uint8Array): Name | undefined {
  try {
    return new Name(der);
  } catch {
    return undefined;
  }
}

function validity(now: Date): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(now.getTime() - day), notAfter: new Date(now.getTime() + day) };
}

/** Positive, and never twice the same: RFC 5280, section 4.1.2.2. */
function serialNumber(): string {
  return `4${randomBytes(9).toString("hex").slice(1)}`;
}
