// One port for all services, as an endpoint URL names it, and for those who steer the sandbox.
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import * as acm from "./acm.ts";
import type { Answer, Call, Sabotage } from "./call.ts";
import * as cloudfront from "./cloudfront.ts";
import { createFaults, type Fault, readFault } from "./faults.ts";
import { createIdentities, type Principal } from "./identity.ts";
import { bounds, rates } from "./limits.ts";
import type { ServerIdentity } from "./pki.ts";
import { type Refusal, refusalIn, refuse } from "./refusal.ts";
import { readAuthorization, type SentRequest } from "./sigv4.ts";
import { change, createState, etagOf, statusOf } from "./state.ts";
import * as sts from "./sts.ts";
import { distributionArn, type WorldName } from "./world.ts";
import { element, readXml, value } from "./xml.ts";

export type Service = "acm" | "cloudfront" | "sts" | "unknown";

/** A request as it came, and what became of it. */
export interface SandboxRequest {
  readonly at: string;
  readonly service: Service;
  /** As in `ListCertificates`; `unknown` where there is no such operation. */
  readonly operation: string;
  /** Of the signature. */
  readonly region: string | undefined;
  /** Whose request it is; undefined where that was not found out. */
  readonly principal: string | undefined;
  readonly account: string | undefined;
  /**
   * JSON as sent, the query, or the form; `Id` and `IfMatch` of a distribution. One-time codes and tokens are left out.
   */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Of `UpdateDistribution`. */
  readonly body: string | undefined;
  /** Without what signs and tells who it is. */
  readonly headers: Readonly<Record<string, string>>;
  /** 0: no answer. */
  readonly status: number;
  /** The error's code. */
  readonly code: string | undefined;
  /** Kinds of the faults it met. */
  readonly faults: readonly string[];
}

export interface ServerOptions {
  readonly port: number;
  readonly world: WorldName;
  readonly deploySeconds: number;
  /** Refuse what is faster than ACM allows. */
  readonly enforceRates: boolean;
  readonly tls: ServerIdentity | undefined;
}

export interface RunningServer {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** What is about to be sent, or to be kept from being sent. */
interface Outcome {
  readonly answer: Answer | undefined;
  readonly half?: boolean;
  readonly code?: string;
  readonly faults?: readonly string[];
  readonly principal?: Principal;
}

interface Request extends SentRequest {
  readonly service: Service;
  readonly operation: string;
  readonly resource: string | undefined;
  readonly region: string | undefined;
}

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const identities = createIdentities();
  const faults = createFaults(bounds.faults);
  const operations: Readonly<Record<Service, Readonly<Record<string, (call: Call) => Answer | Promise<Answer>>>>> = {
    acm: acm.operations,
    cloudfront: cloudfront.operations,
    sts: sts.operationsOf(identities),
    unknown: {},
  };
  let state = createState(options.world);
  let deploySeconds = options.deploySeconds;
  let requests: SandboxRequest[] = [];
  /** Operations that a fault keeps waiting, and what ends that. */
  const held: string[] = [];
  let holding = new AbortController();
  let lately = new Map<string, number[]>();

  const listener = (incoming: IncomingMessage, response: ServerResponse): void => {
    respond(incoming, response).catch((error: unknown) => {
      // A mistake of the sandbox itself: said, so that a test that meets it shows it.
      console.error(error);
      if (!response.headersSent) response.writeHead(599, { "content-type": "text/plain" });
      response.end(error instanceof Error ? error.stack : String(error));
    });
  };
  const server =
    options.tls === undefined
      ? createHttp(listener)
      : createHttps({ key: options.tls.key, cert: options.tls.certificate }, listener);
  server.headersTimeout = 20_000;
  server.requestTimeout = 60_000;
  // Whoever keeps a connection for later finds it still there.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(options.port, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  async function respond(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(incoming);
    const [path = "/", query = ""] = (incoming.url ?? "/").split(/\?(.*)/s, 2);
    if (body === undefined) {
      response
        .writeHead(413, { "content-type": "text/plain", connection: "close" })
        .end(`more than ${bounds.bodyBytes} bytes\n`);
      incoming.destroy();
      return;
    }
    if (path.startsWith("/_sandbox/")) return send(response, control(incoming, path, body.toString()));
    const sent = { method: incoming.method ?? "GET", path, query, headers: incoming.headers, body };
    const request: Request = { ...sent, ...routed(sent) };
    const at = new Date();
    // What is under way while everything starts anew is no request of the new start.
    const log = requests;
    const outcome = await handle(request);
    record(log, request, at, outcome);
    if (outcome.answer === undefined) response.destroy();
    else if (outcome.half === true) sendHalf(response, outcome.answer);
    else send(response, outcome.answer);
  }

  async function handle(request: Request): Promise<Outcome> {
    const met = faults.meet({
      service: request.service,
      operation: request.operation,
      text: `${request.path}?${decode(request.query)} ${request.body.toString()}`,
    });
    const names = met.map(({ kind }) => kind);
    const began = state;
    let principal: Principal | undefined;
    try {
      for (const fault of met) if (fault.kind === "slow") await hold(request.operation, fault.ms);
      // Whose turn comes when everything has started anew does not change that.
      if (state !== began) return { answer: undefined, faults: names };
      const drop = met.find((fault) => fault.kind === "drop");
      if (drop !== undefined && (drop.when ?? "before") === "before") return { answer: undefined, faults: names };
      const garbage = met.find((fault) => fault.kind === "garbage");
      if (garbage !== undefined) return { answer: page(garbage.status ?? 200), faults: names };
      const authenticated = identities.authenticate(request);
      principal = authenticated.principal;
      misdirected(request, authenticated.signed.service);
      for (const fault of met) fail(fault, request, principal);
      const answer = await perform(request, principal, met);
      const when = drop?.when;
      return { answer: when === "after" ? undefined : answer, half: when === "body", faults: names, principal };
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal === undefined) throw error;
      const { code, answer } = said(request.service, refusal);
      return { answer, code, faults: names, ...(principal === undefined ? {} : { principal }) };
    }
  }

  async function hold(operation: string, milliseconds: number): Promise<void> {
    held.push(operation);
    await sleep(milliseconds, undefined, { signal: holding.signal }).catch(() => undefined);
    held.splice(held.indexOf(operation), 1);
  }

  function letGo(): void {
    faults.clear();
    holding.abort();
    holding = new AbortController();
  }

  async function perform(request: Request, principal: Principal, met: readonly Fault[]): Promise<Answer> {
    const operation = operations[request.service][request.operation];
    if (operation === undefined) {
      if (request.service === "sts")
        refuse("InvalidAction", 400, `Could not find operation ${request.operation} for version 2011-06-15`);
      refuse(
        "UnknownOperation",
        request.service === "cloudfront" ? 404 : 400,
        "The requested operation is not known, or not played by the sandbox.",
      );
    }
    const denied =
      state.accounts.get(principal.account)?.denied.has(`${request.service}:${request.operation}`) === true;
    if (denied) deny(request, principal);
    slowDown(request, principal);
    const call: Call = {
      state,
      principal,
      region: request.region ?? "",
      operation: request.operation,
      query: new URLSearchParams(request.query),
      headers: request.headers,
      body: request.body.toString(),
      resource: request.resource,
      sabotage: sabotageOf(met),
      deploySeconds,
    };
    return operation(call);
  }

  function slowDown(request: Request, principal: Principal): void {
    const rate = rates[request.operation];
    if (!options.enforceRates || rate === undefined) return;
    const place = `${principal.account} ${request.region} ${request.operation}`;
    const now = Date.now();
    const recent = (lately.get(place) ?? []).filter((time) => time > now - 1000);
    lately.set(place, recent);
    if (recent.length >= rate) refuse("Throttling", 400, "Rate exceeded");
    recent.push(now);
  }

  function record(
    log: SandboxRequest[],
    request: Request,
    at: Date,
    { answer, half, code, faults: met = [], principal }: Outcome,
  ): void {
    const { service, operation, region } = request;
    log.push({
      at: at.toISOString(),
      service,
      operation,
      region,
      principal: principal?.arn,
      account: principal?.account,
      parameters: parametersOf(request),
      body: operation === "UpdateDistribution" ? request.body.toString() : undefined,
      headers: harmless(request.headers),
      status: answer === undefined || half === true ? 0 : answer.status,
      code,
      faults: met,
    });
    if (log.length > bounds.recordedRequests) log.splice(0, bounds.recordedRequests / 2);
  }

  // --- those who steer

  function control(incoming: IncomingMessage, path: string, body: string): Answer {
    // A page in a browser has nothing to steer here.
    if (incoming.headers.origin !== undefined) return plain(403, "not for pages");
    const [, , what = "", id = ""] = path.split("/").map(decode);
    try {
      const input: unknown = body === "" ? {} : JSON.parse(body);
      const handler = controls[`${incoming.method} ${what}`];
      return handler === undefined ? plain(404, `no ${incoming.method} ${path}`) : handler(input, id);
    } catch (error) {
      return plain(400, error instanceof Error ? error.message : String(error));
    }
  }

  function distributionOf(id: string) {
    for (const account of state.accounts.values()) {
      const found = account.distributions.get(id);
      if (found !== undefined) return found;
    }
    throw new Error(`no distribution ${id}`);
  }

  const controls: Readonly<Record<string, (input: unknown, id: string) => Answer>> = {
    "GET requests": () => json(requests),
    "DELETE requests": () => {
      requests = [];
      return json({});
    },
    "POST faults": (input) => {
      const fault = readFault(input);
      if (typeof fault === "string") throw new Error(fault);
      faults.add(fault);
      return json({});
    },
    "DELETE faults": () => {
      letGo();
      return json({});
    },
    "GET held": () => json(held),
    "POST reset": (input) => {
      const world = textIn(input, "world") ?? options.world;
      if (world !== "default" && world !== "empty" && world !== "large" && world !== "denied")
        throw new Error(`no world ${world}`);
      state = createState(world);
      deploySeconds = options.deploySeconds;
      letGo();
      requests = [];
      lately = new Map();
      return json({});
    },
    "GET distributions": (_, id) => {
      const distribution = distributionOf(id);
      return json({
        xml: element("DistributionConfig", distribution.config),
        etag: etagOf(distribution),
        status: statusOf(distribution),
      });
    },
    "POST distributions": (input, id) => {
      const distribution = distributionOf(id);
      const config = cloudfront.replaced(distribution, textIn(input, "find") ?? "", textIn(input, "replace") ?? "");
      const broken = readXml(element("DistributionConfig", config));
      if (typeof broken === "string") throw new Error(broken);
      change(distribution, config, deploySeconds);
      return json({ etag: etagOf(distribution) });
    },
    "POST deploy": (input) => {
      const id = textIn(input, "id");
      const all = [...state.accounts.values()].flatMap((account) => [...account.distributions.values()]);
      for (const distribution of id === undefined ? all : [distributionOf(id)]) distribution.deployed = 0;
      return json({});
    },
    "POST deploy-seconds": (input) => {
      const seconds = Number(textIn(input, "seconds"));
      if (!(seconds >= 0)) throw new Error("seconds is a number");
      deploySeconds = seconds;
      return json({});
    },
    "POST certificates": (input) => {
      const arn = textIn(input, "arn") ?? "";
      const account = state.accounts.get(arn.split(":")[4] ?? "");
      const found = account?.certificates.get(arn);
      if (account === undefined || found === undefined) throw new Error(`no certificate ${arn}`);
      account.certificates.delete(arn);
      const status = textIn(input, "status");
      if (status === undefined) return json({});
      if (status !== "ISSUED" && status !== "EXPIRED" && status !== "REVOKED") throw new Error(`no status ${status}`);
      account.certificates.set(arn, {
        ...found,
        status,
        days: { since: found.days?.since ?? 1, left: status === "EXPIRED" ? -1 : (found.days?.left ?? 100) },
      });
      return json({});
    },
    // As a container's agent answers:
    // https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
    "GET credentials": () => {
      const { accessKeyId, secret, token, expires } = identities.session();
      return json({
        AccessKeyId: accessKeyId,
        SecretAccessKey: secret,
        Token: token,
        Expiration: expires?.toISOString(),
      });
    },
  };

  return {
    endpoint: `${options.tls === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

// --- which service and operation

function routed({
  method,
  path,
  headers,
  body,
}: SentRequest): Pick<Request, "service" | "operation" | "resource" | "region"> {
  const signed = readAuthorization(headers["authorization"]?.toString());
  const region = signed?.region;
  const target = headers["x-amz-target"]?.toString();
  if (target !== undefined) {
    const [prefix, operation = ""] = target.split(".");
    return {
      service: prefix === "CertificateManager" ? "acm" : "unknown",
      operation: operation.slice(0, 100),
      resource: undefined,
      region,
    };
  }
  if (path.startsWith("/2020-05-31/")) {
    const route = cloudfront.routeOf(method, path);
    return { service: "cloudfront", operation: route?.operation ?? "unknown", resource: route?.resource, region };
  }
  const form =
    headers["content-type"]?.includes("x-www-form-urlencoded") === true
      ? new URLSearchParams(body.toString())
      : undefined;
  if (form !== undefined && form.get("Version") === "2011-06-15")
    return { service: "sts", operation: (form.get("Action") ?? "unknown").slice(0, 100), resource: undefined, region };
  const known = (["acm", "cloudfront", "sts"] as const).find((name) => name === signed?.service);
  return { service: known ?? "unknown", operation: "unknown", resource: undefined, region };
}

/** A signature for one service is none for another. */
function misdirected({ service, region }: Request, signedFor: string): void {
  if (service !== "unknown" && signedFor !== service)
    refuse("SignatureDoesNotMatch", 403, `Credential should be scoped to correct service: '${service}'. `);
  if (service === "cloudfront" && region !== "us-east-1")
    refuse("SignatureDoesNotMatch", 403, `Credential should be scoped to a valid region, not '${region}'. `);
}

function parametersOf({
  service,
  operation,
  query,
  headers,
  body,
  resource,
}: Request): Readonly<Record<string, unknown>> {
  if (service === "acm") {
    try {
      const input: unknown = JSON.parse(body.toString());
      return typeof input === "object" && input !== null ? { ...input } : {};
    } catch {
      return {};
    }
  }
  if (service === "sts") {
    const form = Object.fromEntries(new URLSearchParams(body.toString()));
    return Object.fromEntries(
      Object.entries(form).filter(([name]) => !["TokenCode", "WebIdentityToken", "SAMLAssertion"].includes(name)),
    );
  }
  const ifMatch = headers["if-match"]?.toString();
  return {
    ...Object.fromEntries(new URLSearchParams(query)),
    ...(resource === undefined ? {} : { Id: resource }),
    ...(ifMatch === undefined || operation === "unknown" ? {} : { IfMatch: ifMatch }),
  };
}

function harmless(headers: SentRequest["headers"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, found]) =>
      found === undefined || /^(?:authorization|x-amz-security-token|cookie|proxy-authorization)$/.test(name)
        ? []
        : [[name, found.toString()]],
    ),
  );
}

// --- faults

function sabotageOf(met: readonly Fault[]): Sabotage {
  const refused = met.find((fault) => fault.kind === "client-certificate-refused");
  return {
    changeBehind: met.flatMap((fault) =>
      fault.kind === "change-behind"
        ? [
            {
              find: fault.find ?? "</Comment>",
              replace: fault.replace ?? (fault.find === undefined ? " (changed meanwhile)</Comment>" : ""),
            },
          ]
        : [],
    ),
    notKept: met.flatMap((fault) => (fault.kind === "rewrite" ? [{ find: fault.find, replace: fault.replace }] : [])),
    dropMembers: met.flatMap((fault) => (fault.kind === "drop-member" ? [fault.member] : [])),
    refusedCertificate:
      refused === undefined
        ? undefined
        : { code: refused.code ?? "InvalidArgument", status: refused.status ?? 400, message: refused.message },
  };
}

function fail(fault: Fault, request: Request, principal: Principal): void {
  if (fault.kind === "throttle") refuse("Throttling", 400, "Rate exceeded");
  if (fault.kind === "expired-token")
    refuse("ExpiredToken", 403, "The security token included in the request is expired");
  if (fault.kind === "deny") deny(request, principal);
  if (fault.kind === "error")
    refuse(
      fault.code ?? "InternalError",
      fault.status ?? 500,
      fault.message ?? "We encountered an internal error. Please try again.",
      (fault.status ?? 500) >= 500,
    );
}

/** As it is said for a policy that does not allow it. */
function deny({ service, operation, resource, body }: Request, { arn, account }: Principal): never {
  const certificate = service === "acm" ? /"CertificateArn"\s*:\s*"([^"]+)"/.exec(body.toString())?.[1] : undefined;
  const subject = resource === undefined ? certificate : distributionArn(resource, account);
  const action = `${service}:${operation}`;
  refuse(
    "AccessDenied",
    403,
    `User: ${arn} is not authorized to perform: ${action}${subject === undefined ? "" : ` on resource: ${subject}`} because no identity-based policy allows the ${action} action`,
  );
}

// --- answers

/** Codes of ACM where they differ from those of the others; all of them come with 400, or with 500. */
const acmCodes: Readonly<Record<string, string>> = {
  MissingAuthenticationToken: "MissingAuthenticationTokenException",
  IncompleteSignature: "IncompleteSignatureException",
  InvalidClientTokenId: "UnrecognizedClientException",
  SignatureDoesNotMatch: "InvalidSignatureException",
  ExpiredToken: "ExpiredTokenException",
  AccessDenied: "AccessDeniedException",
  Throttling: "ThrottlingException",
  UnknownOperation: "UnknownOperationException",
  InternalError: "InternalFailure",
};

function said(
  service: Service,
  { code, status, message, ours = false }: Refusal,
): { readonly code: string; readonly answer: Answer } {
  if (service === "acm" || service === "unknown") {
    const name = acmCodes[code] ?? code;
    const body = JSON.stringify({ __type: name, ...(message === "" ? {} : { message }) });
    return {
      code: name,
      answer: { status: status >= 500 ? status : 400, headers: { "content-type": "application/x-amz-json-1.1" }, body },
    };
  }
  const error = element(
    "Error",
    value("Type", ours ? "Receiver" : "Sender"),
    value("Code", code),
    value("Message", message),
  );
  const xmlns = service === "sts" ? sts.namespace : cloudfront.namespace;
  const body = `${service === "sts" ? "" : '<?xml version="1.0"?>\n'}<ErrorResponse xmlns="${xmlns}">${error}${value("RequestId", crypto.randomUUID())}</ErrorResponse>`;
  return { code, answer: { status, headers: { "content-type": "text/xml" }, body } };
}

function page(status: number): Answer {
  return {
    status,
    headers: { "content-type": "text/html; charset=utf-8", server: "nginx" },
    body: "<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body><h1>It works!</h1><br><p>Sign in &nbsp;</p></body></html>\n",
  };
}

function json(output: unknown): Answer {
  return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(output) };
}

function plain(status: number, body: string): Answer {
  return { status, headers: { "content-type": "text/plain" }, body: `${body}\n` };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response
    .writeHead(status, {
      "x-amzn-requestid": crypto.randomUUID(),
      ...headers,
      "content-length": Buffer.byteLength(body),
    })
    .end(body);
}

/** The whole length is announced, half of it comes. */
function sendHalf(response: ServerResponse, { status, headers, body }: Answer): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { "x-amzn-requestid": crypto.randomUUID(), ...headers, "content-length": bytes.length });
  response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
}

async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    const bytes: Buffer = chunk;
    length += bytes.length;
    if (length > bounds.bodyBytes) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function textIn(input: unknown, name: string): string | undefined {
  const found: unknown = typeof input === "object" && input !== null ? Reflect.get(input, name) : undefined;
  return typeof found === "string" ? found : undefined;
}
