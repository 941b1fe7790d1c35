// Certificates of one run, for servers that are probed and for the clients that the probe presents. Their keys are made
// anew each time and stay in memory, but for what a program needs as files: those are gone with the test.
import type { ClientCredential } from "../../src/core/probe/credential.ts";
import {
  basicConstraints,
  clientAuth,
  dnsName,
  extendedKeyUsage,
  implicit,
  keyUsage,
  serverAuth,
  subjectAltName,
} from "../core/x509/der-writer.ts";
import { createCa, type Issued, issue, type KeyKind, newKeys } from "../core/x509/pki.ts";

const day = 86_400_000;

/** `YYYYMMDDHHMMSSZ`, so many days from now. */
function inDays(days: number): string {
  return new Date(Date.now() + days * day).toISOString().replace(/[-:T]|\.\d+/g, "");
}

const valid = { notBefore: inDays(-2), notAfter: inDays(30) };

function ca(subject: string, kind: KeyKind = "p256", issuer?: Issued): Issued {
  return createCa({ subject, keys: newKeys(kind), parts: valid, ...(issuer === undefined ? {} : { issuer }) });
}

interface LeafOptions {
  readonly subject: string;
  readonly issuer?: Issued;
  readonly kind?: KeyKind;
  readonly purposes?: readonly string[];
  readonly dates?: { readonly notBefore: string; readonly notAfter: string };
  readonly names?: readonly Uint8Array[];
}

function leaf({ subject, issuer, kind = "p256", purposes = [clientAuth], dates = valid, names }: LeafOptions): Issued {
  return issue({ subject, keys: newKeys(kind), parts: dates, ...(issuer === undefined ? {} : { issuer }) }, [
    basicConstraints(false),
    // A cipher without an exchange of keys encrypts with the server's RSA key.
    keyUsage("digitalSignature", ...(kind.startsWith("rsa") ? (["keyEncipherment"] as const) : [])),
    extendedKeyUsage(...purposes),
    ...(names === undefined ? [] : [subjectAltName(...names)]),
  ]);
}

/** A certificate with its key, in PEM: what servers and clients take. `above` follows it in its chain. */
export function credentialOf(issued: Issued, ...above: readonly Issued[]): ClientCredential {
  return {
    certificate: [issued, ...above].map(({ pem }) => `${pem.trimEnd()}\n`).join(""),
    key: issued.keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

const hereNames = [
  dnsName("localhost"),
  implicit(7, [127, 0, 0, 1]),
  implicit(7, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
];

const server = (options: Partial<LeafOptions> = {}): Issued =>
  leaf({ subject: "CN=localhost", purposes: [serverAuth], names: hereNames, ...options });

export type Authority = ReturnType<typeof createAuthority>;

/** What every test of the probe is made of. The RSA keys take their time, and are made when they are asked for. */
export function createAuthority() {
  const serverCa = ca("CN=Servers of this run,O=Example Corp");
  const clientCa = ca("CN=Clients of this run,O=Example Corp");
  const otherCa = ca("CN=Somebody else,O=Example Corp");
  const issuing = ca("CN=Issuing CA of this run,O=Example Corp", "p256", clientCa);
  const client = (options: Partial<LeafOptions> = {}): Issued =>
    leaf({ subject: "CN=client.example.com", issuer: clientCa, ...options });
  let rsaServer: Issued | undefined;
  let rsaClient: Issued | undefined;
  return {
    /** Whoever connects is to trust this one. */
    roots: [serverCa.pem],
    /** The CA of clients, in PEM as servers take it, and with its key. */
    trustStore: `${clientCa.pem.trimEnd()}\n`,
    clientCa,
    issuer: credentialOf(clientCa),
    otherStore: `${otherCa.pem.trimEnd()}\n`,
    otherCa,
    server: credentialOf(server({ issuer: serverCa })),
    serverOfOtherName: credentialOf(server({ issuer: serverCa, names: [dnsName("elsewhere.example.com")] })),
    selfSignedServer: credentialOf(server()),
    get rsaServer(): Issued {
      return (rsaServer ??= server({ issuer: serverCa, kind: "rsa2048" }));
    },
    client: credentialOf(client()),
    get rsaClient(): ClientCredential {
      return credentialOf((rsaClient ??= client({ kind: "rsa2048" })));
    },
    /** With an issuer between it and the CA of the trust store. */
    deepClient: credentialOf(client({ issuer: issuing }), issuing),
    expiredClient: credentialOf(client({ dates: { notBefore: inDays(-40), notAfter: inDays(-1) } })),
    serverAuthClient: credentialOf(client({ purposes: [serverAuth] })),
    otherClient: credentialOf(client({ issuer: otherCa })),
  };
}
