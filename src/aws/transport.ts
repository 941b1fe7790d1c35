import type { ClientRequest, Agent as HttpAgent, IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { Agent as HttpsAgent, RequestOptions } from "node:https";
import { createRequire } from "node:module";

/** A request as the SDK makes it. */
export interface HttpRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly username?: string;
  readonly password?: string;
}

export interface HttpResponse {
  readonly statusCode: number;
  readonly reason: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** All of it. */
  readonly body: Uint8Array;
}

/** What the SDK's clients take as `requestHandler`. */
export interface Transport {
  handle(
    request: HttpRequest,
    options?: { readonly abortSignal?: unknown; readonly requestTimeout?: number },
  ): Promise<{ response: HttpResponse }>;
  /** Closes the sockets that wait for more. */
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
  readonly metadata: { readonly handlerProtocol: "http/1.1" };
}

export interface TransportOptions {
  /** PEM; instead of the authorities that are trusted otherwise. */
  readonly ca?: string | undefined;
  /** Until there is a connection, in milliseconds. */
  readonly connectTimeout?: number;
  /** Until the answer begins, and between its parts; half of that where it is asked again. */
  readonly requestTimeout?: number;
}

/** No answer came, or not all of it. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
  /** As of Node.js, where it gave one; the SDK tells by it what is worth trying again. */
  readonly code: string | undefined;
  /** The request had a connection: the service may have seen it. */
  readonly sent: boolean;
  /** As in `localhost:4566`. */
  readonly host: string;
  /** A proxy of the editor or of the environment was asked for the connection. */
  readonly viaProxy: boolean;
  /** How long it was waited, in milliseconds, where that was the reason. */
  readonly waited: number | undefined;
  /** Which try it was of how many the SDK makes, from 1. */
  readonly attempt: number;

  constructor(
    request: HttpRequest,
    {
      code,
      sent,
      viaProxy,
      waited,
    }: { code: string | undefined; sent: boolean; viaProxy: boolean; waited?: number | undefined },
    cause?: unknown,
  ) {
    super("No answer", { cause });
    this.code = code;
    this.sent = sent;
    this.host = hostOf(request);
    this.viaProxy = viaProxy;
    this.waited = waited;
    this.attempt = attemptOf(request);
  }
}

/** More than that is no answer of a service. */
const mostBytes = 256 * 1024 * 1024;

/**
 * Sends the SDK's requests through `http` and `https` as `require` gives them: there the editor's extension host puts
 * its proxy, its proxy's credentials and the system's certificates. An `import` of these modules need not see that.
 */
export function createTransport({
  ca,
  connectTimeout = 5_000,
  requestTimeout = 30_000,
}: TransportOptions = {}): Transport {
  const require = createRequire(import.meta.url);
  const http: typeof import("node:http") = require("http");
  const https: typeof import("node:https") = require("https");
  const agents = new Map<string, HttpAgent | HttpsAgent>();

  /** An absent `ca` must stay absent: as `undefined` it would hide the one that the editor's host adds. */
  const trust = ca === undefined ? {} : { ca };

  function agentOf(protocol: string): HttpAgent | HttpsAgent {
    const known = agents.get(protocol);
    if (known !== undefined) return known;
    const agent =
      protocol === "http:"
        ? new http.Agent({ keepAlive: true, maxSockets: 16 })
        : new https.Agent({ keepAlive: true, maxSockets: 16, ...trust });
    agents.set(protocol, agent);
    return agent;
  }

  function handle(
    request: HttpRequest,
    { abortSignal }: { readonly abortSignal?: unknown } = {},
  ): Promise<{ response: HttpResponse }> {
    return new Promise((resolve, reject) => {
      const signal = abortSignal instanceof AbortSignal ? abortSignal : undefined;
      if (signal?.aborted === true) return reject(abortError());
      const options: RequestOptions = {
        method: request.method,
        host: request.hostname.replace(/^\[(.*)\]$/, "$1"),
        ...(request.port === undefined ? {} : { port: request.port }),
        path: pathOf(request),
        headers: request.headers,
        // The other side may close an idle socket at that moment, which would leave it unknown whether the change
        // was applied.
        agent: request.method === "PUT" ? false : agentOf(request.protocol),
        ...(request.username === undefined ? {} : { auth: `${request.username}:${request.password ?? ""}` }),
        ...(request.protocol === "http:" ? {} : trust),
      };

      let sent = false;
      let viaProxy = false;
      let timer: NodeJS.Timeout | undefined;
      const finish = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
      };
      const fail = (code: string | undefined, cause?: unknown, waited?: number) => {
        finish();
        reject(new NoAnswer(request, { code, sent, viaProxy, waited }, cause));
        outgoing.destroy();
      };
      const abort = () => {
        finish();
        reject(abortError());
        outgoing.destroy();
      };
      const wait = (milliseconds: number, code: string) => {
        clearTimeout(timer);
        timer = setTimeout(() => fail(code, undefined, milliseconds), milliseconds);
      };

      const isAgain = attemptOf(request) > 1;
      const patience = isAgain ? requestTimeout / 2 : requestTimeout;
      // With a code that it does not know the SDK does not try again: who says nothing twice is not asked a third time.
      const silence = isAgain ? "ENOANSWER" : "ETIMEDOUT";

      const outgoing: ClientRequest = (request.protocol === "http:" ? http : https).request(options, (answer) => {
        collect(answer, () => wait(patience, silence)).then(
          (body) => {
            finish();
            resolve({
              response: {
                statusCode: answer.statusCode ?? 0,
                reason: answer.statusMessage,
                headers: flat(answer.headers),
                body,
              },
            });
          },
          (error: unknown) => fail(codeOf(error) ?? "ECONNRESET", error),
        );
      });
      outgoing.on("error", (error) => fail(codeOf(error), error));
      // The editor's host says which proxy it asked, and what that said.
      outgoing.on("proxy", (event: { readonly proxy?: unknown }) => {
        viaProxy = typeof event.proxy === "string" && event.proxy !== "" && event.proxy !== "DIRECT";
      });
      outgoing.on("socket", (socket) => {
        const connected = () => {
          sent = true;
          wait(patience, silence);
        };
        if (socket.connecting) {
          // Nor is this one tried again: an address that does not answer takes that long each time.
          wait(connectTimeout, "ECONNECTTIMEOUT");
          socket.once(request.protocol === "http:" ? "connect" : "secureConnect", connected);
        } else connected();
      });
      signal?.addEventListener("abort", abort, { once: true });
      // Finding a proxy belongs to it too.
      wait(patience, silence);
      outgoing.end(bytesOf(request.body));
    });
  }

  return {
    handle,
    destroy: () => agents.forEach((agent) => agent.destroy()),
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
    metadata: { handlerProtocol: "http/1.1" },
  };
}

async function collect(answer: IncomingMessage, onPart: () => void): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  onPart();
  for await (const part of answer as AsyncIterable<Uint8Array>) {
    onPart();
    parts.push(part);
    length += part.length;
    if (length > mostBytes) throw Object.assign(new Error("Too much"), { code: "E2BIG" });
  }
  return Buffer.concat(parts, length);
}

function bytesOf(body: unknown): string | Uint8Array | undefined {
  return typeof body === "string" || body instanceof Uint8Array ? body : undefined;
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : (value ?? "")]),
  );
}

/** Sorted and escaped as it was signed. */
function pathOf({ path, query = {} }: HttpRequest): string {
  const pairs = Object.keys(query)
    .sort()
    .flatMap((name) => {
      const value = query[name];
      if (value === undefined) return [];
      if (value === null) return [escape(name)];
      return [value].flat().map((one) => `${escape(name)}=${escape(String(one))}`);
    });
  return pairs.length === 0 ? path : `${path}?${pairs.join("&")}`;
}

function escape(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hostOf({ hostname, port }: HttpRequest): string {
  return port === undefined ? hostname : `${hostname}:${port}`;
}

function codeOf(error: unknown): string | undefined {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** As the SDK counts them in each of its requests. */
function attemptOf({ headers }: HttpRequest): number {
  return Number(/^attempt=(\d+)/.exec(headers["amz-sdk-request"] ?? "")?.[1] ?? "1");
}

/** The name by which the SDK knows it. */
function abortError(): Error {
  return Object.assign(new Error("Aborted"), { name: "AbortError" });
}
