// Servers that are there for the first connections only, as behind a limit: what was not seen proves nothing.
import * as assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { describe, test } from "node:test";
import { createServer as createTlsServer } from "node:tls";
import { createAuthority } from "./authority.ts";
import { probed, seenIn, verdictOf } from "./probing.ts";

const authority = createAuthority();
const limits = { connect: 20_000, handshake: 300, answer: 20_000, whole: 60_000 };

async function portOf(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** A server of TLS 1.2 that requires a certificate, behind something that treats later connections in another way. */
async function withLimit(
  isBeyond: (count: number) => boolean,
  beyond: (socket: Socket) => unknown,
  use: (port: number) => Promise<void>,
): Promise<void> {
  const { certificate: cert, key } = authority.server;
  const tls = createTlsServer({
    cert,
    key,
    ca: authority.trustStore,
    requestCert: true,
    rejectUnauthorized: true,
    maxVersion: "TLSv1.2",
  });
  tls.on("tlsClientError", () => undefined);
  const behind = await portOf(tls);
  const sockets: Socket[] = [];
  let count = 0;
  const limited = createServer((socket) => {
    socket.on("error", () => undefined);
    sockets.push(socket);
    count += 1;
    if (isBeyond(count)) {
      beyond(socket);
      return;
    }
    const onward = connect(behind, "127.0.0.1");
    onward.on("error", () => undefined);
    socket.pipe(onward).pipe(socket);
  });
  try {
    await use(await portOf(limited));
  } finally {
    for (const socket of sockets) socket.destroy();
    for (const server of [limited, tls]) server.close();
  }
}

describe("a server that is there for the first connections only", { concurrency: true }, () => {
  const ways: Readonly<Record<string, (socket: Socket) => unknown>> = {
    "says nothing": () => undefined,
    closes: (socket) => socket.end(),
    resets: (socket) => socket.resetAndDestroy(),
  };
  for (const [name, beyond] of Object.entries(ways))
    test(`and then ${name} cannot be told`, () =>
      // Two of TLS 1.2; what it does with TLS 1.3, nobody saw.
      withLimit(
        (count) => count > 2,
        beyond,
        async (port) => {
          const facts = await probed({ port }, {}, authority.roots, limits);
          assert.equal(verdictOf(facts), "cannot-tell", seenIn(facts));
        },
      ));

  test("is not one that closes on TLS 1.3 alone, as older ones of Windows do", () =>
    withLimit(
      (count) => count === 3,
      (socket) => socket.end(),
      async (port) => {
        const facts = await probed({ port }, {}, authority.roots, limits);
        assert.equal(verdictOf(facts), "enforced-tls", seenIn(facts));
      },
    ));
});
