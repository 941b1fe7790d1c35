import * as assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { connect, createServer } from "node:tls";
import { isOfInstalledCa } from "../../../../src/platform/node/probe/installed.ts";
import { judgeChain } from "../../../../src/platform/node/probe/server-chain.ts";
import {
  basicConstraints,
  clientAuth,
  dnsName,
  extendedKeyUsage,
  implicit,
  keyUsage,
  serverAuth,
  subjectAltName,
} from "../../../core/x509/der-writer.ts";
import { type CertificateOptions, createCa, type Issued, issue, newKeys } from "../../../core/x509/pki.ts";

const past = { notBefore: "20200101000000Z", notAfter: "20210101000000Z" };
const future = { notBefore: "20450101000000Z", notAfter: "20460101000000Z" };

const names = [dnsName("localhost"), dnsName("*.example.com"), implicit(7, [127, 0, 0, 1])];

function server(options: CertificateOptions, purposes: readonly string[] = [serverAuth]): Issued {
  return issue({ subject: "CN=server", ...options }, [
    basicConstraints(false),
    keyUsage("digitalSignature"),
    ...(purposes.length === 0 ? [] : [extendedKeyUsage(...purposes)]),
    subjectAltName(...names),
  ]);
}

const root = createCa({ subject: "CN=Root" });
const expiredRoot = createCa({ subject: "CN=Old root", parts: past });
const unknown = createCa({ subject: "CN=Unknown" });
/** With the name of the root, and other keys. */
const namesake = createCa({ subject: "CN=Root" });
const issuing = createCa({ subject: "CN=Issuing", issuer: root });
const expiredIssuing = createCa({ subject: "CN=Issuing of old", issuer: root, parts: past });
const roots = [root.pem, expiredRoot.pem];

const chains: Readonly<Record<string, readonly Issued[]>> = {
  "of a root": [server({ issuer: root })],
  "of a root, with it": [server({ issuer: root }), root],
  "for any purpose": [server({ issuer: root }, [])],
  "of an issuer in between": [server({ issuer: issuing }), issuing],
  "of an issuer in between, with one that has no part": [server({ issuer: issuing }), unknown, issuing],
  "without the issuer in between": [server({ issuer: issuing })],
  "of an unknown CA": [server({ issuer: unknown })],
  "of an unknown CA, with it": [server({ issuer: unknown }), unknown],
  "of a CA with the name of the root": [server({ issuer: namesake }), namesake],
  "that signed itself": [server({})],
  "for clients": [server({ issuer: root }, [clientAuth])],
  "that has expired": [server({ issuer: root, parts: past })],
  "that is not valid yet": [server({ issuer: root, parts: future })],
  "of an issuer that has expired": [server({ issuer: expiredIssuing }), expiredIssuing],
  "of a root that has expired": [server({ issuer: expiredRoot })],
};

/** As a handshake that comes to its end has it. */
async function saidByOpenSsl(chain: readonly Issued[]): Promise<unknown> {
  const [own] = chain;
  const listening = createServer({
    cert: chain.map(({ pem }) => `${pem}\n`).join(""),
    key: own?.keys.privateKey.export({ type: "pkcs8", format: "pem" }),
  });
  listening.on("tlsClientError", () => undefined);
  listening.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = listening.address() as AddressInfo;
  const socket = connect({ port, host: "127.0.0.1", ca: roots, rejectUnauthorized: false, servername: "localhost" });
  try {
    await once(socket, "secureConnect");
    return socket.authorized ? undefined : socket.authorizationError;
  } finally {
    socket.destroy();
    listening.close();
  }
}

describe("a chain that is judged without the handshake is judged as with it", () => {
  for (const [name, chain] of Object.entries(chains))
    test(name, async () => {
      const { isTrusted, trustError } = judgeChain(
        chain.map(({ der }) => der),
        roots,
        "localhost",
        new Date(),
      );
      assert.equal(trustError, await saidByOpenSsl(chain));
      assert.equal(isTrusted, trustError === undefined);
    });

  test("for a name", () => {
    const certificate = server({ issuer: root });
    for (const [name, isFor] of [
      ["localhost", true],
      ["www.example.com", true],
      ["a.www.example.com", false],
      ["example.com", false],
      ["127.0.0.1", true],
      ["127.0.0.2", false],
    ] as const)
      assert.equal(judgeChain([certificate.der], roots, name, new Date()).isForName, isFor, name);
  });

  test("where there is none, or no certificate", () => {
    assert.equal(judgeChain([], roots, "localhost", new Date()).isTrusted, false);
    assert.equal(judgeChain([new Uint8Array(10)], roots, "localhost", new Date()).isTrusted, false);
  });
});

test("a CA of this computer is one that is installed, and no root", {
  skip: process.platform === "linux" ? false : "another system keeps its CAs where a test does not write",
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "mtls-installed-"));
  try {
    const installed = createCa({ subject: "CN=Installed", keys: newKeys("p256") });
    const file = join(folder, "cas.pem");
    await writeFile(file, `${installed.pem}\n${root.pem}\n`);
    // Looked at when they are asked for first.
    process.env["SSL_CERT_FILE"] = file;
    const ofThis = (ca: Issued) => [server({ issuer: ca }).der];
    assert.equal(isOfInstalledCa(ofThis(installed), roots), true);
    assert.equal(isOfInstalledCa([...ofThis(installed), installed.der], roots), true);
    assert.equal(isOfInstalledCa(ofThis(unknown), roots), false);
    // It has expired, for instance: what the public does not trust for that is not something in between.
    assert.equal(isOfInstalledCa(ofThis(root), roots), false);
    assert.equal(isOfInstalledCa([], roots), false);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
