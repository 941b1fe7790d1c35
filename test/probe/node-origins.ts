// Origins of Node in every state of mutual TLS, in this process.
import { once } from "node:events";
import { createServer, type Server, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { TLSSocket } from "node:tls";
import type { Verdict } from "../../src/core/probe/verdicts.ts";
import type { ProbeCredentials } from "../../src/platform/node/probe/probe.ts";
import type { Authority } from "./authority.ts";

export interface OriginState {
  readonly name: string;
  readonly options: ServerOptions;
  /** The status that it answers with, as far as it decides itself. */
  answer?(socket: TLSSocket): number;
  /** It ends connections of clients whose certificate is not in order, once they are there. */
  readonly hangsUp?: true;
  /** It asks once the request is there, by another handshake. */
  readonly renegotiates?: true;
  /** What the probe has to say with the client's certificate at hand, and without. */
  readonly verdicts: Readonly<Record<"with" | "without", Verdict>>;
}

function hasCertificate(socket: TLSSocket): boolean {
  return Object.keys(socket.getPeerCertificate()).length > 0;
}

const versions = {
  "TLS 1.2": { minVersion: "TLSv1.2", maxVersion: "TLSv1.2" },
  "TLS 1.3": { minVersion: "TLSv1.3", maxVersion: "TLSv1.3" },
  "both versions": {},
} as const;

export function originStates(authority: Authority): readonly OriginState[] {
  const { server, trustStore } = authority;
  const identity = { cert: server.certificate, key: server.key };
  const both = (verdict: Verdict): OriginState["verdicts"] => ({ with: verdict, without: verdict });
  const asking = { ...identity, requestCert: true, ca: trustStore };
  const states: OriginState[] = [];
  for (const [spoken, range] of Object.entries(versions)) {
    const add = (name: string, state: Omit<OriginState, "name">): void => {
      states.push({ ...state, name: `${name}, ${spoken}`, options: { ...state.options, ...range } });
    };
    add("no mutual TLS", { options: identity, verdicts: both("does-not-ask") });
    add("required", { options: { ...asking, rejectUnauthorized: true }, verdicts: both("enforced-tls") });
    add("asking alone", { options: { ...asking, rejectUnauthorized: false }, verdicts: both("asks-only") });
    add("asking alone, and answering 404 to all", {
      options: { ...asking, rejectUnauthorized: false },
      answer: () => 404,
      verdicts: { with: "asks-only", without: "cannot-tell" },
    });
    add("asking alone, and answering 403 to all", {
      options: { ...asking, rejectUnauthorized: false },
      answer: () => 403,
      verdicts: both("cannot-tell"),
    });
    for (const status of [401, 403])
      add(`refusing by ${status}`, {
        options: { ...asking, rejectUnauthorized: false },
        answer: (socket) => (socket.authorized ? 200 : status),
        verdicts: { with: "enforced-http", without: "cannot-tell" },
      });
    add("letting in any certificate", {
      options: { ...asking, rejectUnauthorized: false },
      answer: (socket) => (hasCertificate(socket) ? 200 : 403),
      verdicts: both("asks-only"),
    });
    add("hanging up on who has not the right one", {
      options: { ...asking, rejectUnauthorized: false },
      hangsUp: true,
      // Without one that it lets in, it may be one that hangs up on everybody.
      verdicts: { with: "enforced-tls", without: "cannot-tell" },
    });
    add("optional", {
      options: { ...asking, rejectUnauthorized: false },
      answer: (socket) => (socket.authorized || !hasCertificate(socket) ? 200 : 403),
      verdicts: both("asks-only"),
    });
    add("required, with the name of no CA", {
      options: { ...identity, requestCert: true, rejectUnauthorized: true, ca: [] },
      verdicts: both("enforced-tls"),
    });
    add("required of another CA", {
      options: { ...asking, rejectUnauthorized: true, ca: authority.otherStore },
      verdicts: both("enforced-tls"),
    });
  }
  const { rsaServer, serverOfOtherName: other, selfSignedServer: own } = authority;
  return [
    ...states,
    {
      name: "asking late",
      options: { ...asking, requestCert: false, ...versions["TLS 1.2"] },
      renegotiates: true,
      verdicts: both("asks-late"),
    },
    {
      name: "with an RSA key",
      options: {
        ...asking,
        cert: rsaServer.pem,
        key: rsaServer.keys.privateKey.export({ type: "pkcs8", format: "pem" }),
        rejectUnauthorized: true,
      },
      verdicts: both("enforced-tls"),
    },
    {
      name: "with a certificate for another name",
      options: { ...asking, cert: other.certificate, key: other.key, rejectUnauthorized: true },
      verdicts: both("enforced-tls"),
    },
    {
      name: "with a certificate that it signed itself",
      options: { ...asking, cert: own.certificate, key: own.key, rejectUnauthorized: true },
      verdicts: both("enforced-tls"),
    },
  ];
}

export interface Origin {
  readonly port: number;
  close(): Promise<void>;
}

export async function startOrigin(state: OriginState, host = "127.0.0.1"): Promise<Origin> {
  const server: Server = createServer(state.options, (request, response) => {
    const { socket } = request;
    if (!(socket instanceof TLSSocket)) throw new Error("no TLS");
    const answer = (): void => {
      response.statusCode = state.answer?.(socket) ?? 200;
      response.end("ok\n");
    };
    if (state.renegotiates !== true) answer();
    else
      socket.renegotiate({ requestCert: true, rejectUnauthorized: true }, (error) =>
        error === null ? answer() : socket.destroy(),
      );
  });
  if (state.hangsUp === true)
    server.on("secureConnection", (socket) => {
      if (!socket.authorized) socket.destroy();
    });
  server.listen(0, host);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

export function credentialsOf(authority: Authority, which: "with" | "without"): ProbeCredentials {
  return which === "with" ? { given: authority.client } : {};
}
