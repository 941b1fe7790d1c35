// Servers that nobody means, or that mean harm: what the probe makes of each, and in which time.

import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { createSecureContext, TLSSocket } from "node:tls";
import type { End, Phase } from "../../src/core/probe/facts.ts";
import type { Verdict } from "../../src/core/probe/verdicts.ts";
import type { Authority } from "./authority.ts";
import { alertRecord, onRecords, records, recordType, serverFlight, serverHello } from "./raw-server.ts";

export interface HostileServer {
  readonly name: string;
  serve(socket: Socket): void;
  /** The end of the first try. */
  readonly end: End;
  readonly verdict: Verdict;
}

/** Writes as much as is taken, until nobody listens any more. */
function pour(socket: Duplex, bytes: Uint8Array, before = ""): void {
  const piece = Buffer.concat(Array.from({ length: Math.ceil(16_384 / bytes.length) }, () => bytes));
  const more = (): void => {
    while (!socket.destroyed && socket.write(piece));
    if (!socket.destroyed) socket.once("drain", more);
  };
  socket.write(before);
  more();
}

/** One piece after the other, a byte where nothing is said; nobody has the time for all. */
function drop(socket: Duplex, bytes: Uint8Array, size = 1): void {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.destroyed || at >= bytes.length) clearInterval(timer);
    else socket.write(bytes.subarray(at, (at += size)));
  }, 50);
  socket.on("close", () => clearInterval(timer));
}

const onHello = (socket: Socket, act: () => void): void => {
  let isThere = false;
  onRecords(socket, () => {
    if (!isThere) act();
    isThere = true;
  });
};

const text = (value: string): Uint8Array => Buffer.from(value, "latin1");

export function hostileServers(authority: Authority): readonly HostileServer[] {
  const { server, rsaServer, trustStore } = authority;
  // Only there are the handshake and the judgement of a certificate two things.
  const context = createSecureContext({
    cert: server.certificate,
    key: server.key,
    ca: trustStore,
    minVersion: "TLSv1.3",
  });
  const asking = { isServer: true, requestCert: true, rejectUnauthorized: false, secureContext: context } as const;
  /** Shakes hands as it should, and then does something else. */
  const behind =
    (act: (tls: TLSSocket, socket: Socket) => void) =>
    (socket: Socket): void => {
      const tls = new TLSSocket(socket, asking);
      tls.on("error", () => socket.destroy());
      tls.on("secure", () => act(tls, socket));
    };
  const afterRequest = (act: (tls: TLSSocket, socket: Socket) => void) =>
    behind((tls, socket) => tls.once("data", () => act(tls, socket)));
  const flight = serverFlight(rsaServer, undefined);
  const hello = records(recordType.handshake, serverHello());
  const behindHello = (act: (socket: Socket) => void) => (socket: Socket) => onHello(socket, () => act(socket));
  const closed = (phase: Phase, isReset = false): End => ({ kind: "closed", phase, isReset });
  const silent = (phase: Phase): End => ({ kind: "silent", phase });
  const gaveUp = (code: string): End => ({ kind: "gave-up", code, phase: "handshake" });
  const promise = "HTTP/1.1 100 Continue\r\n\r\n";
  const noTls: End = { kind: "no-tls" };
  const noHttp: End = { kind: "no-http" };
  const states: readonly (readonly [name: string, end: End, verdict: Verdict, serve: HostileServer["serve"]])[] = [
    // Before there is TLS.
    ["silent", silent("handshake"), "unreachable", () => undefined],
    ["silent behind its hello", silent("handshake"), "unreachable", behindHello((socket) => socket.write(hello))],
    ["slow", silent("handshake"), "unreachable", behindHello((socket) => drop(socket, flight))],
    ["closing at once", closed("handshake"), "unreachable", (socket) => socket.end()],
    ["closing behind the hello", closed("handshake"), "unreachable", behindHello((socket) => socket.end())],
    ["resetting", closed("handshake", true), "unreachable", behindHello((socket) => socket.resetAndDestroy())],
    ["greeting as mail does", noTls, "unreachable", (socket) => socket.write("220 mail.example.com ESMTP\r\n")],
    [
      "answering in HTTP",
      noTls,
      "unreachable",
      behindHello((socket) => socket.end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")),
    ],
    ["talking without end", noTls, "unreachable", (socket) => pour(socket, text("la la la\n"))],
    [
      "with a record of 65,535 bytes",
      gaveUp("ERR_SSL_DATA_LENGTH_TOO_LONG"),
      "unreachable",
      behindHello((socket) => {
        socket.write(Uint8Array.of(recordType.handshake, 3, 3, 0xff, 0xff));
        socket.write(new Uint8Array(65_535));
      }),
    ],
    [
      "with a message of 16 MB",
      gaveUp("ERR_SSL_EXCESSIVE_MESSAGE_SIZE"),
      "unreachable",
      behindHello((socket) => {
        socket.write(hello);
        // A certificate, as its head says.
        socket.write(records(recordType.handshake, Uint8Array.of(11, 0xff, 0xff, 0xff)));
        pour(socket, records(recordType.handshake, new Uint8Array(16_384)));
      }),
    ],
    [
      "saying hello without end",
      { kind: "endless", phase: "handshake" },
      "unreachable",
      // Four zeros are a request to say hello, which a client overlooks while it does.
      behindHello((socket) => pour(socket, records(recordType.handshake, new Uint8Array(16_384)))),
    ],
    [
      "warning without end",
      gaveUp("ERR_SSL_TOO_MANY_WARN_ALERTS"),
      "unreachable",
      behindHello((socket) => pour(socket, alertRecord(90, 1))),
    ],
    [
      "with rubbish behind its hello",
      gaveUp("ERR_SSL_WRONG_VERSION_NUMBER"),
      "unreachable",
      behindHello((socket) => socket.write(Buffer.concat([hello, new Uint8Array(300).fill(0xa5)]))),
    ],
    // Within TLS, whose handshake is as it should be.
    ["closing behind the handshake", closed("accept"), "cannot-tell", behind((tls) => tls.end())],
    ["silent behind the handshake", silent("request"), "cannot-tell", behind(() => undefined)],
    ["closing behind the request", closed("request"), "cannot-tell", afterRequest((tls) => tls.end())],
    [
      "silent within the head",
      silent("request"),
      "cannot-tell",
      afterRequest((tls) => tls.write("HTTP/1.1 200 OK\r\n")),
    ],
    [
      "answering slowly",
      silent("request"),
      "cannot-tell",
      afterRequest((tls) => drop(tls, text(`HTTP/1.1 200 OK\r\nX: ${"x".repeat(1000)}\r\n\r\n`))),
    ],
    [
      "with headers without end",
      { kind: "endless", phase: "request" },
      "cannot-tell",
      afterRequest((tls) => pour(tls, text("X: y\r\n"), "HTTP/1.1 200 OK\r\n")),
    ],
    [
      "promising an answer without end",
      silent("request"),
      "cannot-tell",
      afterRequest((tls) => drop(tls, text(promise.repeat(10_000)), 100 * promise.length)),
    ],
    ["greeting within TLS", noHttp, "cannot-tell", behind((tls) => tls.write("220 mail.example.com ESMTP\r\n"))],
    ["answering rubbish", noHttp, "cannot-tell", afterRequest((tls) => tls.write("HTTP/9.9 nothing\r\n\r\n"))],
    [
      "with a body without end",
      { kind: "answer", status: 200 },
      "asks-only",
      afterRequest((tls) => pour(tls, text("x"), "HTTP/1.1 200 OK\r\n\r\n")),
    ],
    [
      "refusing with a body without end",
      { kind: "answer", status: 400 },
      "cannot-tell",
      afterRequest((tls) => pour(tls, text("x"), "HTTP/1.1 400 Bad Request\r\n\r\n")),
    ],
    [
      "refusing with a body that does not come",
      { kind: "answer", status: 400 },
      "cannot-tell",
      afterRequest((tls) => tls.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 100\r\n\r\n")),
    ],
    [
      "ending its side while it still reads",
      { kind: "answer", status: 204 },
      "asks-only",
      afterRequest((tls) => tls.end("HTTP/1.1 204 No Content\r\n\r\n").resume()),
    ],
  ];
  return states.map(([name, end, verdict, serve]) => ({ name, end, verdict, serve }));
}
