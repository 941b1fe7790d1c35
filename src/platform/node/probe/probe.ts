import { X509Certificate } from "node:crypto";
import type { SecureContext } from "node:tls";
import { type ClientCredential, certificatesIn } from "../../../core/probe/credential.ts";
import type {
  AddressFacts,
  Credential,
  End,
  ProbeFacts,
  ProbePlan,
  Round,
  ServerCertificate,
  TlsVersion,
  Try,
} from "../../../core/probe/facts.ts";
import { isRefusal, isSpoken } from "../../../core/probe/verdict.ts";
import type { CertificateRequest } from "../../../core/tls/certificate-request.ts";
import { readCertificate } from "../../../core/x509/read/certificate.ts";
import { sha256 } from "../crypto.ts";
import { addressesOf } from "./addresses.ts";
import { contextOf } from "./as-cloudfront.ts";
import { attempt, type Seen } from "./attempt.ts";
import { codeOf } from "./error-code.ts";
import { isOfInstalledCa, publicRoots } from "./installed.ts";
import { type ProbeLimits, usualLimits } from "./limits.ts";
import { judgeChain } from "./server-chain.ts";

/** What the user has at hand besides the address. */
export interface ProbeCredentials {
  /** The certificate that CloudFront presents, or another one that the server is to let in. */
  readonly given?: ClientCredential;
  /** A CA that the server trusts: with it certificates are made that the server has to refuse. */
  readonly issuer?: ClientCredential;
}

export interface ProbeOptions {
  readonly signal: AbortSignal;
  readonly limits?: ProbeLimits;
  /** PEM, in place of the roots that the public trusts. */
  readonly roots?: readonly string[];
  readonly now?: () => Date;
  progress?(done: number, all: number): void;
}

/** No server has more that a client would try. */
const mostAddresses = 16;
/** Of addresses that are tried at one time: each has one connection at a time. */
const atOnce = 4;

/**
 * Connects to a server as CloudFront would and sees what it does with each client certificate, and without one. Opens
 * sockets to the plan's host alone, and sends nothing but the handshakes and the plan's request. Never rejects for
 * what a server does; what is at hand of keys is held as long as this runs.
 */
export async function probe(
  plan: ProbePlan,
  credentials: ProbeCredentials,
  options: ProbeOptions,
): Promise<ProbeFacts> {
  const limits = options.limits ?? usualLimits;
  const at = (options.now ?? (() => new Date()))();
  const found = await addressesOf(plan, limits.connect, options.signal);
  const issuers = credentials.given === undefined ? undefined : issuersOf(credentials.given);
  const begun = { plan, at, ...(issuers === undefined ? {} : { issuers }) };
  if ("lookup" in found) return { ...begun, addresses: [], left: 0, lookup: found.lookup };
  const tried = found.addresses.slice(0, mostAddresses);
  const whole = AbortSignal.any([options.signal, AbortSignal.timeout(limits.whole)]);
  const probing = new Probing(plan, credentials, options, limits, whole, at, tried.length);
  const addresses = await inGroups(tried, (address) => probing.address(address));
  return { ...begun, addresses, left: found.addresses.length - tried.length };
}

/** What stays the same for all addresses of one probe. */
class Probing {
  readonly #plan: ProbePlan;
  readonly #credentials: ProbeCredentials;
  readonly #options: ProbeOptions;
  readonly #limits: ProbeLimits;
  readonly #signal: AbortSignal;
  readonly #now: Date;
  readonly #roots: readonly string[];
  readonly #all: number;
  #done = 0;

  constructor(
    plan: ProbePlan,
    credentials: ProbeCredentials,
    options: ProbeOptions,
    limits: ProbeLimits,
    signal: AbortSignal,
    now: Date,
    addresses: number,
  ) {
    this.#plan = plan;
    this.#credentials = credentials;
    this.#options = options;
    this.#limits = limits;
    this.#signal = signal;
    this.#now = now;
    this.#roots = options.roots ?? publicRoots();
    this.#all = addresses * this.#rounds().length * this.#kinds().length;
    options.progress?.(0, this.#all);
  }

  async address(address: string): Promise<AddressFacts> {
    const rounds: Round[] = [];
    const seen: Seen[] = [];
    for (const versions of this.#rounds()) {
      const tries = await this.#round(address, versions);
      seen.push(...tries);
      rounds.push({ versions, tries: tries.map(({ tried }) => tried) });
      // Nobody is there; another version of TLS changes nothing.
      if (tries[0] !== undefined && isNobodyThere(tries[0].tried.end)) break;
    }
    const isLost = await this.#isLost(address, rounds);
    const server = seen.find(({ judged }) => judged !== undefined) ?? seen.find(({ flight }) => flight.chain[0]);
    const request = seen.find(({ flight }) => flight.request !== undefined)?.flight.request;
    const certificate =
      server === undefined ? undefined : serverCertificate(server, this.#plan.name, this.#roots, this.#now);
    return {
      address,
      rounds,
      ...(certificate === undefined ? {} : { server: certificate }),
      ...(request === undefined ? {} : { authorities: request.authorities }),
      ...(isLost ? { isLost } : {}),
    };
  }

  /** A server that closes the last connection may not speak its version; or not speak any more at all. */
  async #isLost(address: string, rounds: readonly Round[]): Promise<boolean> {
    const [before, last] = rounds;
    if (last?.tries[0]?.end.kind !== "closed" || isSpoken(last)) return false;
    if (before === undefined || !isSpoken(before)) return false;
    return (await this.#try(address, before.versions, "none", undefined)).flight.version === undefined;
  }

  #rounds(): readonly (readonly TlsVersion[])[] {
    const before = this.#plan.versions.filter((version) => version !== "TLSv1.3");
    return before.length === 0 ? [["TLSv1.3"]] : [before, ["TLSv1.3"]];
  }

  #kinds(): readonly Credential[] {
    const { given, issuer } = this.#credentials;
    return [
      "none",
      "stranger",
      ...(given === undefined ? [] : (["given"] as const)),
      ...(issuer === undefined ? [] : (["expired", "server-auth"] as const)),
    ];
  }

  async #round(address: string, versions: readonly TlsVersion[]): Promise<Seen[]> {
    const kinds = this.#kinds();
    const first = await this.#try(address, versions, "none", undefined);
    // Without a chosen version, or without being asked, there is nothing that a certificate would change.
    const others = first.flight.version === undefined || first.flight.asks === false ? [] : kinds.slice(1);
    this.#told(kinds.length - others.length);
    const tries = [first];
    for (const kind of others) {
      tries.push(
        kind === "stranger"
          ? await this.#tryStranger(address, versions, first)
          : await this.#try(address, versions, kind, first),
      );
      this.#told(1);
    }
    return tries;
  }

  /**
   * A server may take any CA that it has never heard of, and yet trip over one thing: over a signature that does not
   * fit a name that it knows, as Node does; over a CA that comes along, where only faults of the client's own
   * certificate are ignored (HAProxy's `crt-ignore-err`). So what is refused is tried in another form, and whichever
   * came furthest counts.
   */
  async #tryStranger(address: string, versions: readonly TlsVersion[], first: Seen): Promise<Seen> {
    let furthest = await this.#try(address, versions, "stranger", first);
    const { request } = first.flight;
    if (request === undefined) return furthest;
    const unknown = { ...first, flight: { ...first.flight, request: { ...request, authorities: [] } } };
    for (const named of request.authorities.length === 0 ? [unknown] : [first, unknown]) {
      const { end } = furthest.tried;
      if (isWelcome(end) || end.kind === "canceled") break;
      const alone = await this.#try(address, versions, "stranger", named, true);
      if (stepsOf(alone.tried.end) > stepsOf(end)) furthest = alone;
    }
    return furthest;
  }

  async #try(
    address: string,
    versions: readonly TlsVersion[],
    credential: Credential,
    first: Seen | undefined,
    isAlone = false,
  ): Promise<Seen> {
    try {
      const made = await this.#client(credential, first);
      const client = made !== undefined && isAlone ? withoutChain(made) : made;
      const context = this.#context(versions, client);
      return await attempt({
        address,
        plan: this.#plan,
        credential,
        context,
        limits: this.#limits,
        signal: this.#signal,
      });
    } catch (error) {
      // A certificate or key that this library cannot use, such as one on a curve that it does not know.
      return nothingSeen(credential, codeOf(error));
    }
  }

  #told(tries: number): void {
    this.#done += tries;
    this.#options.progress?.(this.#done, this.#all);
  }

  #context(versions: readonly TlsVersion[], client: ClientCredential | undefined): SecureContext {
    return contextOf(versions, client === undefined ? {} : { cert: client.certificate, key: client.key }, this.#roots);
  }

  async #client(credential: Credential, first: Seen | undefined): Promise<ClientCredential | undefined> {
    const { given, issuer } = this.#credentials;
    const request = first?.flight.request;
    switch (credential) {
      case "none":
        return undefined;
      case "given":
        return given;
      case "stranger": {
        const { makeStranger } = await import("./throw-away.ts");
        return makeStranger(request?.authorities[0], isEcdsaTaken(request), this.#now);
      }
      case "expired":
      case "server-auth": {
        if (issuer === undefined) return undefined;
        const { issueUnfit } = await import("./throw-away.ts");
        return issueUnfit(issuer, credential, isEcdsaTaken(request), this.#now);
      }
    }
  }
}

function serverCertificate(
  seen: Seen,
  name: string,
  roots: readonly string[],
  now: Date,
): ServerCertificate | undefined {
  const { chain } = seen.flight;
  const [own] = chain;
  if (own === undefined) return undefined;
  const certificate = readCertificate(own);
  if ("fault" in certificate) return undefined;
  const { start, end } = certificate.publicKey.spki;
  const { isTrusted, trustError, isForName } = seen.judged ?? judgeChain(chain, roots, name, now);
  return {
    chain,
    key: sha256(certificate.der.subarray(start, end)),
    trust: isTrusted ? "public" : isOfInstalledCa(chain, roots) ? "installed" : "none",
    ...(trustError === undefined ? {} : { trustError }),
    isForName,
  };
}

/** Whether a certificate that is made has an ECDSA key; else RSA. One that cannot be presented proves nothing. */
function isEcdsaTaken(request: CertificateRequest | undefined): boolean {
  if (request === undefined || request.takesEcdsa) return true;
  if (request.takesRsa) return false;
  throw new Error("NO_SUITABLE_SIGNATURE_ALGORITHM");
}

function isWelcome(end: End): boolean {
  return end.kind === "answer" && end.status < 300;
}

function withoutChain({ certificate, key }: ClientCredential): ClientCredential {
  return { certificate: certificatesIn(certificate)[0] ?? certificate, key };
}

/**
 * How far a client got. Any page is more than a refusal, whatever the numbers of their statuses are; and what was not
 * seen may have been more than what was refused.
 */
function stepsOf(end: End): number {
  if (end.kind === "alert" || end.kind === "closed") return 0;
  if (end.kind !== "answer") return 3;
  if (isWelcome(end)) return 5;
  if (end.says !== undefined || end.status === 400) return 1;
  return isRefusal(end.status) || end.status >= 500 ? 2 : 4;
}

function isNobodyThere(end: End): boolean {
  return end.kind === "unreachable" || end.kind === "canceled" || (end.kind === "silent" && end.phase === "connect");
}

function nothingSeen(credential: Credential, code: string): Seen {
  const tried: Try = { credential, asked: "unseen", end: { kind: "gave-up", code, phase: "handshake" } };
  return {
    tried,
    flight: {
      isTls: false,
      version: undefined,
      suite: undefined,
      asks: undefined,
      request: undefined,
      chain: [],
      alert: undefined,
      asksForRenegotiation: false,
    },
  };
}

/** The names of who issued the certificates that are presented: what a server advertises has to be among them. */
function issuersOf({ certificate }: ClientCredential): readonly Uint8Array[] {
  return certificatesIn(certificate).flatMap((block) => {
    const read = readCertificate(new X509Certificate(block).raw);
    return "fault" in read ? [] : [read.der.slice(read.issuer.slice.start, read.issuer.slice.end)];
  });
}

/** In the order of `items`; never more than `atOnce` under way. */
async function inGroups<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += atOnce)
    results.push(...(await Promise.all(items.slice(at, at + atOnce).map(work))));
  return results;
}
