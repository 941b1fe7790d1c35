import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import * as l10n from "@vscode/l10n";
import { parseArn } from "../core/arn.ts";
import { type Failure, isFailure } from "../core/failure.ts";
import type { Asked } from "./asked.ts";
import { clientOptions } from "./client-options.ts";
import { createCredentials } from "./credentials.ts";
import { cancelledFailure, failureOf, isThrottled } from "./failure-of.ts";
import type { Credentials } from "./found-credentials.ts";
import { createLimiter, type Turn } from "./limiter.ts";
import { defaultRegion, readSettings, type Service, type Settings, shownEndpoint } from "./settings.ts";
import { createTransport, type Transport } from "./transport.ts";

export interface ConnectOptions {
  /** `undefined`: the environment decides, as in the CLI. */
  readonly profile: string | undefined;
  /**
   * Rejects where the user gives none: the connection is then `cancelled`.
   * @param isAgain AWS did not take the code before
   */
  readonly askMfaCode: (serial: string, isAgain: boolean) => Promise<string>;
  readonly signal: AbortSignal;
  /** Told each time AWS asks to slow down and the call is going to be tried again. */
  readonly onThrottled?: ((action: string) => void) | undefined;
  /** Told, in a sentence, what became of a `credential_process` that was canceled. */
  readonly onProcessEnded?: ((text: string) => void) | undefined;
}

export interface Connection {
  readonly profile: string | undefined;
  readonly identity: Identity;
}

export interface Identity {
  /** Twelve digits. */
  readonly account: string;
  readonly arn: string;
  /** As in an ARN. */
  readonly partition: string;
  /** Of the environment or the profile; `us-east-1` where neither says one. */
  readonly region: string;
  /** Where it is not AWS's own. */
  readonly endpoint: string | undefined;
}

/** What is behind a connection, for this folder alone. */
export interface Wires {
  readonly settings: Settings;
  readonly transport: Transport;
  readonly credentials: Credentials;
  readonly onThrottled: ((action: string) => void) | undefined;
  /** Aborted when the connection is disposed of. */
  readonly ended: AbortController;
  /** Together below the rates that ACM has for an account (ACM User Guide, "Quotas"): 8, 10 and 10 a second. */
  readonly turns: {
    readonly list: Turn;
    readonly describe: Readonly<Record<Urgency, Turn>>;
    readonly get: Readonly<Record<Urgency, Turn>>;
  };
  /** The SDK's, by service and region, made on first use. */
  readonly clients: Map<string, { destroy(): void }>;
}

/** `awaited`: the user waits for it; requests in the background never delay it. */
export type Urgency = "awaited" | "background";

function lanes(): Readonly<Record<Urgency, Turn>> {
  return { awaited: createLimiter(3), background: createLimiter(5) };
}

/** Not reachable from outside of this folder: what a connection shows holds no credential. */
const wires = new WeakMap<Connection, Wires>();

/** Finds credentials and asks whose they are. Aborting gives `cancelled`. */
export async function connect({
  profile,
  askMfaCode,
  signal,
  onThrottled,
  onProcessEnded,
}: ConnectOptions): Promise<Connection | Failure> {
  const settings = await readSettings(profile);
  if (isFailure(settings)) return settings;
  const transport = createTransport({ ca: settings.ca });
  const ended = new AbortController();
  const behind: Wires = {
    settings,
    transport,
    credentials: createCredentials({ settings, transport, askMfaCode, signal: ended.signal, onProcessEnded }),
    onThrottled,
    ended,
    turns: { list: createLimiter(5), describe: lanes(), get: lanes() },
    clients: new Map(),
  };
  const region = settings.region ?? defaultRegion;
  const answer = await callWith(
    behind,
    { service: "sts", action: "sts:GetCallerIdentity" },
    signal,
    async (abortSignal) => {
      // Before the client would: it asks for them several times at once.
      await behind.credentials.keys();
      const client = clientOf(behind, "sts", region, (options) => new STSClient(options));
      return client.send(new GetCallerIdentityCommand(), { abortSignal });
    },
  );
  if (isFailure(answer)) {
    end(behind);
    return answer;
  }
  const { Account: account, Arn: arn } = answer;
  const partition = arn === undefined ? undefined : parseArn(arn)?.partition;
  if (account === undefined || arn === undefined || partition === undefined) {
    end(behind);
    return {
      failure: "wrong-endpoint",
      message: l10n.t("Unexpected response: it does not identify the caller, so this may not be AWS."),
      action: "sts:GetCallerIdentity",
    };
  }
  const endpoint =
    settings.endpoints.get("cloudfront") ?? settings.endpoints.get("acm") ?? settings.endpoints.get("sts");
  const connection: Connection = {
    profile,
    identity: {
      account,
      arn,
      partition,
      region,
      endpoint: endpoint === undefined ? undefined : shownEndpoint(endpoint),
    },
  };
  wires.set(connection, behind);
  return connection;
}

/** Ends what is under way, and closes its sockets. */
export function dispose(connection: Connection): void {
  const behind = wires.get(connection);
  if (behind !== undefined) end(behind);
}

function end({ ended, transport, clients }: Wires): void {
  ended.abort();
  for (const client of clients.values()) client.destroy();
  transport.destroy();
}

export function wiresOf(connection: Connection): Wires {
  const behind = wires.get(connection);
  if (behind === undefined) throw new Error("This connection was not made by connect()");
  return behind;
}

export type ClientOptions = ReturnType<typeof clientOptions> & { readonly credentials: Credentials["keys"] };

interface Client {
  destroy(): void;
  readonly middlewareStack: { remove(name: string): boolean };
}

/** One client for each service and region, and for each way to send, with the connection's credentials. */
export function clientOf<T extends Client>(
  { settings, transport, credentials, clients }: Wires,
  service: Service,
  region: string,
  make: (options: ClientOptions) => T,
  way = "",
): T {
  const key = `${service} ${region} ${way}`;
  const known = clients.get(key);
  // What is kept under a key was made for it: a service has one kind of client.
  if (known !== undefined) return known as T;
  const client = make({ ...clientOptions({ settings, transport, service, region }), credentials: credentials.keys });
  // It makes a copy of all that is sent and received, for a log that is not kept.
  client.middlewareStack.remove("loggerMiddleware");
  clients.set(key, client);
  return client;
}

/**
 * A middleware for `finalizeRequest`, within the SDK's own retries: tells of each throttled try that another one
 * follows.
 */
export function noticing(prefix: "acm" | "cloudfront", { onThrottled }: Wires) {
  return <Args extends { readonly request: unknown }, Result>(
    next: (args: Args) => Promise<Result>,
    context: { readonly commandName?: string },
  ) =>
    async (args: Args): Promise<Result> => {
      try {
        return await next(args);
      } catch (error) {
        if (isThrottled(error) && !isLastAttempt(args.request))
          onThrottled?.(`${prefix}:${(context.commandName ?? "").replace(/Command$/, "")}`);
        throw error;
      }
    };
}

function isLastAttempt(request: unknown): boolean {
  const headers: unknown =
    typeof request === "object" && request !== null && "headers" in request ? request.headers : undefined;
  const said =
    typeof headers === "object" && headers !== null && "amz-sdk-request" in headers
      ? String(headers["amz-sdk-request"])
      : "";
  const [, attempt, most] = /attempt=(\d+); max=(\d+)/.exec(said) ?? [];
  return attempt === most;
}

export interface Call {
  readonly service: Service;
  /** The IAM action. */
  readonly action: string;
  /** Where the service has what is asked for in several. */
  readonly region?: string;
  readonly isChange?: boolean;
}

/** Sends something, and says what went wrong as a value. Who is aborted does not wait for what is under way. */
export function call<T>(
  connection: Connection,
  what: Call,
  signal: AbortSignal,
  send: (signal: AbortSignal) => Promise<T>,
): Promise<T | Failure> {
  return callWith(wiresOf(connection), what, signal, send);
}

async function callWith<T>(
  behind: Wires,
  { service, action, region, isChange }: Call,
  signal: AbortSignal,
  send: (signal: AbortSignal) => Promise<T>,
): Promise<T | Failure> {
  const { settings, credentials, ended } = behind;
  const asked = (): Asked => {
    const endpoint = settings.endpoints.get(service);
    return {
      action,
      source: credentials.source(),
      endpoint: endpoint === undefined ? undefined : shownEndpoint(endpoint),
      secrets: credentials.secrets(),
      region,
      ...(isChange === undefined ? {} : { isChange }),
    };
  };
  const either = eitherOf(signal, ended.signal);
  let wasSent = false;
  try {
    either.signal.throwIfAborted();
    wasSent = true;
    return await Promise.race([send(either.signal), either.aborted]);
  } catch (error) {
    if (either.signal.aborted) return cancelledFailure(asked(), wasSent);
    return failureOf(error, asked());
  } finally {
    either.done();
  }
}

interface Either {
  readonly signal: AbortSignal;
  /** Rejects as soon as one of them is aborted. */
  readonly aborted: Promise<never>;
  readonly done: () => void;
}

/** `AbortSignal.any` keeps what it made for as long as its sources live, and these live as long as a session. */
function eitherOf(first: AbortSignal, second: AbortSignal): Either {
  const controller = new AbortController();
  let reject: (reason: unknown) => void = () => {};
  const aborted = new Promise<never>((_, rejects) => (reject = rejects));
  aborted.catch(() => {});
  const abort = () => {
    controller.abort();
    reject(controller.signal.reason);
  };
  if (first.aborted || second.aborted) abort();
  first.addEventListener("abort", abort, { once: true });
  second.addEventListener("abort", abort, { once: true });
  return {
    signal: controller.signal,
    aborted,
    done: () => {
      first.removeEventListener("abort", abort);
      second.removeEventListener("abort", abort);
    },
  };
}
