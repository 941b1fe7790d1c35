// A server on this machine that answers as a test says, and what a test sets in the environment.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The port on the other side: each connection has its own. */
  readonly from: number | undefined;
  /** Ends the connection without an answer. */
  readonly drop: () => void;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Stub {
  readonly url: string;
  readonly port: number;
  readonly requests: Received[];
}

export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
}

/** `undefined`: no answer. */
export type Answering = (request: Received, index: number) => Reply | undefined | Promise<Reply | undefined>;

export async function startStub(t: TestContext, answer: Answering, tls?: TlsIdentity): Promise<Stub> {
  const requests: Received[] = [];
  const sockets = new Set<Socket>();
  const server: Server = tls === undefined ? createServer() : createTlsServer({ key: tls.key, cert: tls.cert });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  });
  server.on("tlsClientError", () => {});
  server.on("request", (request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", async () => {
      const received: Received = {
        method: request.method ?? "",
        url: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(parts).toString(),
        from: request.socket.remotePort,
        drop: () => request.socket.destroy(),
      };
      const reply = await answer(received, requests.push(received) - 1);
      if (reply !== undefined && !request.socket.destroyed)
        response.writeHead(reply.status ?? 200, reply.headers).end(reply.body ?? "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: tls === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`, port, requests };
}

/**
 * No AWS account but that of the test: everything of AWS is taken out, `HOME` is an empty folder; all is put back
 * behind the test.
 */
export function inEnvironment(
  t: TestContext,
  variables: Readonly<Record<string, string | undefined>> = {},
): { readonly home: string } {
  const before = { ...process.env };
  t.after(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  });
  const home = folder(t);
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
  Object.assign(process.env, { HOME: home, USERPROFILE: home, AWS_EC2_METADATA_DISABLED: "true" });
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  return { home };
}

export function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "mtls-aws-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Shared files in a folder of their own, named in the environment. */
export function withFiles(t: TestContext, config: string, credentials = ""): void {
  const path = folder(t);
  process.env["AWS_CONFIG_FILE"] = join(path, "config");
  process.env["AWS_SHARED_CREDENTIALS_FILE"] = join(path, "credentials");
  writeFileSync(join(path, "config"), config);
  writeFileSync(join(path, "credentials"), credentials);
}

export const keys = {
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

export const never: AbortSignal = new AbortController().signal;

// --- answers of AWS

export const identity: Reply & { readonly body: string } = {
  headers: { "content-type": "text/xml", "x-amzn-requestid": "1" },
  body: '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/dev</Arn><UserId>AIDA</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
};

export function jsonError(code: string, message: string, status = 400): Reply {
  return {
    status,
    headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": "1" },
    body: JSON.stringify({ __type: code, message }),
  };
}

/** As CloudFront says them; STS has the same around its own. */
export function xmlError(code: string, message: string, status: number): Reply {
  return {
    status,
    headers: { "content-type": "text/xml", "x-amzn-requestid": "1" },
    body: `<?xml version="1.0"?>\n<ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  };
}

export function isIdentity({ body }: Received): boolean {
  return body.includes("Action=GetCallerIdentity");
}
