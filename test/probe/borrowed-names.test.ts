// Servers that take CAs they have never heard of, and look at something else: the name of the issuer, or nothing.
import * as assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { describe, test } from "node:test";
import { TLSSocket } from "node:tls";
import type { Verdict } from "../../src/core/probe/verdicts.ts";
import { createAuthority } from "./authority.ts";
import { probed, seenIn, verdictOf } from "./probing.ts";

const authority = createAuthority();

/** What OpenSSL says of a client, and the name of who issued its certificate. */
interface Client {
  readonly error: string;
  readonly issuer: string | undefined;
}

/** As `optional_no_ca` of nginx and Apache does. */
const mindsNoCa = ({ error }: Client): boolean => error === "null" || error === "SELF_SIGNED_CERT_IN_CHAIN";

const servers: readonly (readonly [about: string, statusFor: (client: Client) => number, verdict: Verdict])[] = [
  [
    "the name of the issuer alone",
    (client) => (mindsNoCa(client) && client.issuer === "Clients of this run" ? 200 : 403),
    "asks-only",
  ],
  [
    "nothing, unless the CA's name is taken",
    (client) => (client.issuer === undefined ? 403 : client.error !== "null" && isBorrowed(client) ? 400 : 404),
    "asks-only",
  ],
  [
    "faults of the CA alone",
    ({ error, issuer }) => (issuer === undefined || error === "SELF_SIGNED_CERT_IN_CHAIN" ? 403 : 200),
    "asks-only",
  ],
  ["what OpenSSL says", ({ error }) => (error === "null" ? 404 : 403), "enforced-http"],
];

function isBorrowed({ issuer }: Client): boolean {
  return issuer === "Clients of this run";
}

describe("a server that asks everybody, and looks at", { concurrency: true }, () => {
  for (const [about, statusFor, verdict] of servers)
    test(about, async () => {
      const { certificate: cert, key } = authority.server;
      const options = { cert, key, ca: authority.trustStore, requestCert: true, rejectUnauthorized: false };
      const server = createServer(options, ({ socket }, response) => {
        assert.ok(socket instanceof TLSSocket);
        const { issuer } = socket.getPeerCertificate();
        response.statusCode = statusFor({ error: String(socket.authorizationError), issuer: issuer?.CN?.toString() });
        response.end();
      });
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      const { port } = server.address() as AddressInfo;
      try {
        const where = { port, request: { method: "HEAD" as const } };
        const facts = await probed(where, { given: authority.client }, authority.roots);
        assert.equal(verdictOf(facts), verdict, seenIn(facts));
      } finally {
        server.close();
      }
    });
});
