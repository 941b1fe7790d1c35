import { connect as connectTcp, isIP, type Socket } from "node:net";
import { checkServerIdentity, connect as connectTls, type SecureContext, type TLSSocket } from "node:tls";
import type { Asked, Credential, End, Phase, ProbePlan, TlsVersion, Try } from "../../../core/probe/facts.ts";
import { hostHeader } from "../../../core/probe/host-header.ts";
import { readServerFlight, type ServerFlight } from "../../../core/tls/flight.ts";
import { AnswerReader } from "./answer.ts";
import type { ProbeLimits } from "./limits.ts";
import { ConnectionSecrets } from "./open-record.ts";
import type { ChainJudgement } from "./server-chain.ts";
import { mostTapped, type Tapped, tapped } from "./tapped.ts";

/** One connection: a handshake, and the request where that was completed. */
export interface Attempt {
  readonly address: string;
  readonly plan: ProbePlan;
  readonly credential: Credential;
  readonly context: SecureContext;
  readonly limits: ProbeLimits;
  readonly signal: AbortSignal;
}

/** What one connection showed. */
export interface Seen {
  readonly tried: Try;
  readonly flight: ServerFlight;
  /** Of the server's chain, by the roots of the context; undefined: the handshake did not get that far. */
  readonly judged?: ChainJudgement;
}

/**
 * How long a server is listened to after the handshake before the request is sent, in milliseconds. In TLS 1.3 it
 * judges the client's certificate only then. Whoever sends session tickets has judged, and is not waited for.
 */
const longestJudging = 1000;

/**
 * The same up to TLS 1.2, where the library has judged already: programs that look at the certificate themselves hang
 * up right behind the handshake.
 */
const longestSecondThought = 100;

export async function attempt(given: Attempt): Promise<Seen> {
  const connection = new Connection(given);
  try {
    const end = await connection.run();
    return connection.seen(end);
  } finally {
    connection.close();
  }
}

class Connection {
  readonly #given: Attempt;
  readonly #secrets = new ConnectionSecrets();
  #phase: Phase = "connect";
  #socket: Socket | undefined;
  #tap: Tapped | undefined;
  #tls: TLSSocket | undefined;
  #judged: ChainJudgement | undefined;
  #protocol: TlsVersion | undefined;
  #cipher: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #settle: (end: End) => void = () => undefined;

  constructor(given: Attempt) {
    this.#given = given;
  }

  run(): Promise<End> {
    const { signal } = this.#given;
    return new Promise<End>((resolve) => {
      this.#settle = resolve;
      const cancel = (): void =>
        // There is a time for all tries together too.
        resolve(isTimeout(signal.reason) ? { kind: "silent", phase: this.#phase } : { kind: "canceled" });
      if (signal.aborted) return cancel();
      signal.addEventListener("abort", cancel, { once: true });
      this.#onClose = () => signal.removeEventListener("abort", cancel);
      this.#connect();
    });
  }

  #onClose: () => void = () => undefined;

  close(): void {
    clearTimeout(this.#timer);
    this.#onClose();
    this.#tls?.destroy();
    this.#socket?.destroy();
  }

  seen(end: End): Seen {
    const flight = readServerFlight(this.#tap?.bytes() ?? new Uint8Array(), this.#secrets.open);
    return {
      tried: {
        credential: this.#given.credential,
        asked: askedBy(flight),
        end: endSeen(end, flight),
        ...(this.#protocol === undefined ? {} : { protocol: this.#protocol }),
        ...(this.#cipher === undefined ? {} : { cipher: this.#cipher }),
      },
      flight,
      ...(this.#judged === undefined ? {} : { judged: this.#judged }),
    };
  }

  #enter(phase: Phase, patience: number): void {
    this.#phase = phase;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(this.#endKnown() ?? { kind: "silent", phase }), patience);
  }

  #connect(): void {
    const { address, plan, limits } = this.#given;
    this.#enter("connect", limits.connect);
    const socket = connectTcp({ host: address, port: plan.port, noDelay: true });
    this.#socket = socket;
    socket.once("error", (error: NodeJS.ErrnoException) => {
      if (this.#phase === "connect") this.#settle({ kind: "unreachable", code: error.code ?? error.message });
    });
    socket.once("connect", () => this.#shakeHands(socket));
  }

  #shakeHands(socket: Socket): void {
    const { plan, context, limits } = this.#given;
    this.#enter("handshake", limits.handshake);
    const tap = tapped(socket);
    this.#tap = tap;
    socket.on("data", () => {
      if (this.#phase === "handshake" && tap.bytes().length >= mostTapped)
        this.#settle({ kind: "endless", phase: "handshake" });
    });
    const tls = connectTls({
      socket: tap.stream,
      secureContext: context,
      ...(isIP(plan.name) === 0 ? { servername: plan.name } : {}),
      // The server is judged by what is seen, and not by whether it is gone on with.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
    this.#tls = tls;
    tls.on("keylog", (line) => this.#secrets.take(line));
    tls.on("error", (error) => this.#fail(error));
    tls.on("end", () => this.#endOfServer());
    tls.on("close", () => this.#endOfServer());
    tls.once("secureConnect", () => this.#accept(tls));
  }

  /** The handshake is complete for us; up to TLS 1.2 for the server too. */
  #accept(tls: TLSSocket): void {
    const { plan, limits } = this.#given;
    this.#protocol = versionOf(tls.getProtocol());
    this.#cipher = tls.getCipher().name;
    const certificate = tls.getPeerCertificate();
    const error: unknown = tls.authorizationError;
    this.#judged = {
      isTrusted: tls.authorized,
      ...(tls.authorized ? {} : { trustError: error instanceof Error ? error.message : String(error) }),
      isForName: certificate.subject !== undefined && checkServerIdentity(plan.name, certificate) === undefined,
    };
    const reader = new AnswerReader(plan.request.method !== "HEAD");
    tls.on("data", (chunk: Buffer) => {
      const end = reader.take(chunk);
      if (end !== undefined) this.#settle(end);
    });
    this.#endKnown = () => reader.end();
    this.#phase = "accept";
    clearTimeout(this.#timer);
    const isTls13 = this.#protocol === "TLSv1.3";
    this.#timer = setTimeout(
      () => this.#ask(tls),
      Math.min(isTls13 ? longestJudging : longestSecondThought, limits.answer),
    );
    // Not within the event: TLS is in the middle of reading then, and would not send what is written.
    if (isTls13) tls.once("session", () => setImmediate(() => this.#ask(tls)));
  }

  #endKnown: () => End | undefined = () => undefined;

  #ask(tls: TLSSocket): void {
    if (this.#phase === "request" || tls.destroyed) return;
    this.#enter("request", this.#given.limits.answer);
    tls.write(requestOf(this.#given.plan), "latin1");
  }

  #endOfServer(): void {
    this.#settle(this.#endKnown() ?? this.#closed());
  }

  #closed(): End {
    // Node says ECONNRESET too when the server ended it in good order before the handshake was complete.
    return { kind: "closed", phase: this.#phase, isReset: this.#tap?.wasReset() === true };
  }

  #fail(error: NodeJS.ErrnoException): void {
    const code = error.code ?? "";
    const alert = alertOf(error);
    const phase = this.#phase;
    if (alert !== undefined) this.#settle({ kind: "alert", alert, phase });
    else if (code === "ECONNRESET" || code === "EPIPE") this.#settle(this.#closed());
    else this.#settle({ kind: "gave-up", code: code === "" ? error.message : code, phase });
  }
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === "TimeoutError";
}

/** What the bytes say counts more than what the library made of them. */
function endSeen(end: End, flight: ServerFlight): End {
  if (end.kind === "alert" || end.kind === "closed" || end.kind === "gave-up") {
    if (flight.alert !== undefined) return { kind: "alert", alert: flight.alert, phase: end.phase };
    // It said something, and that was no TLS.
    if (!flight.isTls && flight.version === undefined && end.kind === "gave-up" && end.phase === "handshake")
      return { kind: "no-tls" };
  }
  return end;
}

function askedBy({ asks, asksForRenegotiation }: ServerFlight): Asked {
  if (asks === true) return "yes";
  if (asksForRenegotiation) return "late";
  return asks === false ? "no" : "unseen";
}

/** The number out of an error of OpenSSL or BoringSSL: reasons from 1000 on are alerts (`SSL_AD_REASON_OFFSET`). */
function alertOf({ message }: Error): number | undefined {
  const named = /SSL alert number (\d{1,3})/.exec(message)?.[1];
  if (named !== undefined) return Number(named);
  const packed = /(?:^|:)([0-9A-Fa-f]{8}):SSL routines:/.exec(message)?.[1];
  if (packed === undefined) return undefined;
  const reason = Number.parseInt(packed, 16) & 0xfff;
  return reason >= 1000 && reason <= 1255 ? reason - 1000 : undefined;
}

function versionOf(protocol: string | null): TlsVersion | undefined {
  return protocol === "TLSv1" || protocol === "TLSv1.1" || protocol === "TLSv1.2" || protocol === "TLSv1.3"
    ? protocol
    : undefined;
}

/** The bytes of the request. What could begin another line was refused before. */
function requestOf(plan: ProbePlan): string {
  const { method, path, headers } = plan.request;
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${hostHeader(plan)}`,
    "User-Agent: mtls-workbench",
    "Accept: */*",
    ...(method === "POST" ? ["Content-Length: 0"] : []),
    "Connection: close",
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  return `${lines.join("\r\n")}\r\n\r\n`;
}
