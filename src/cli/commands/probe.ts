import { resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { credentialText, tooLargeText } from "../../core/messages/probe/credential.ts";
import { entered } from "../../core/messages/probe/entered.ts";
import { probeJson } from "../../core/messages/probe/json.ts";
import { probeLines } from "../../core/messages/probe/report.ts";
import { tell } from "../../core/messages/tell.ts";
import { type ClientCredential, greatestCredentialFile } from "../../core/probe/credential.ts";
import { mistakeInRequest, readServer, readServerName } from "../../core/probe/entered.ts";
import type { ProbePlan, ProbeRequest, TlsVersion } from "../../core/probe/facts.ts";
import { judgeProbe } from "../../core/probe/verdict.ts";
import { isEnforced } from "../../core/probe/verdicts.ts";
import { readCredential } from "../../platform/node/probe/credential.ts";
import { usualLimits } from "../../platform/node/probe/limits.ts";
import { type ProbeCredentials, probe } from "../../platform/node/probe/probe.ts";
import { helpOption, helpText, oneOf, readArguments, usageError } from "../arguments.ts";
import { unreadable } from "../certificate-file.ts";
import { inertJson, visible, visiblePath } from "../formats/visible.ts";
import type { ExitCode, Io } from "../io.ts";
import { readStream } from "../read-stream.ts";

export const probeOptions = {
  ...helpOption,
  cert: { type: "string" },
  key: { type: "string" },
  ca: { type: "string" },
  "ca-key": { type: "string" },
  name: { type: "string" },
  method: { type: "string" },
  path: { type: "string" },
  host: { type: "string" },
  header: { type: "string", multiple: true },
  tls: { type: "string", multiple: true },
  addresses: { type: "string" },
  as: { type: "string" },
  timeout: { type: "string" },
  format: { type: "string" },
} as const;

const usage = { name: "probe", options: probeOptions, help };

const methods = ["HEAD", "GET", "OPTIONS", "POST"] as const;
const versions = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const;
const roles = ["origin", "endpoint", "side-door"] as const;
const families = ["dualstack", "ipv4", "ipv6"] as const;

/** Does the server let in who has not the right certificate? */
export async function probeCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const read = readArguments(args, usage, io);
  if ("exit" in read) return read.exit;
  const asked = askedIn(read);
  if ("mistake" in asked) return usageError(asked.mistake, usage.name, io);
  const credentials = await credentialsIn(asked.files, io);
  if (credentials === undefined) return 2;
  const facts = await probe(asked.plan, credentials, {
    signal: io.signal ?? new AbortController().signal,
    limits: { ...usualLimits, whole: asked.timeout * 1000 },
    now: io.now,
    progress: (done, all) => io.progress?.(l10n.t("{0} of {1} connections", done, all)),
  });
  io.progress?.("");
  const enforced = isEnforced(judgeProbe(facts).verdict);
  if (asked.format === "json") io.stdout(`${inertJson(probeJson(facts), 2)}\n`);
  else for (const line of probeLines(facts)) io.stdout(`${visible(line, Number.POSITIVE_INFINITY)}\n`);
  if (enforced === undefined) return 2;
  return enforced ? 0 : 1;
}

function help(): string {
  return helpText({
    calls: ["probe HOST[:PORT] [--cert FILE --key FILE] [OPTION]…"],
    about: l10n.t(
      "Connects to HOST as CloudFront would: without a client certificate, with one of an unknown CA, and with yours. Shows whether the wrong ones are refused. Connects to nothing else.",
    ),
    options: [
      ["--cert FILE", l10n.t("Your client certificate, then its chain. PEM.")],
      ["--key FILE", l10n.t("Its private key, not encrypted. PEM.")],
      ["--ca FILE", l10n.t("A CA the server trusts, to try two unfit certificates.")],
      ["--ca-key FILE", l10n.t("Its private key.")],
      ["--name NAME", l10n.t("For SNI, Host, and the server certificate.")],
      ["--method METHOD", `${methods.join(", ")}.`],
      ["--path PATH", l10n.t("The default is /.")],
      ["--host NAME", l10n.t("Another Host header.")],
      ["--header HEADER", l10n.t("'NAME: VALUE'. Can be repeated.")],
      ["--tls VERSION", l10n.t("Besides TLSv1.3. Can be repeated. Default: {0}.", "TLSv1.2")],
      ["--addresses KIND", `${families.join(", ")}.`],
      ["--as ROLE", `${roles.join(", ")}.`],
      ["--timeout SECONDS", l10n.t("For all connections. The default is {0}.", usualLimits.whole / 1000)],
      ["--format FORMAT", l10n.t("text (the default) or json.")],
    ],
    notes: [l10n.t("Exit code: 0 enforced, 1 not enforced, 2 cannot tell or unreachable.")],
  });
}

// --- what is asked

interface Files {
  readonly given?: FilePair;
  readonly issuer?: FilePair;
}

interface FilePair {
  readonly certificate: string;
  readonly key: string;
}

interface Asked {
  readonly plan: ProbePlan;
  readonly files: Files;
  /** In seconds. */
  readonly timeout: number;
  readonly format: "text" | "json";
}

function askedIn({
  values,
  positionals,
}: Exclude<ReturnType<typeof readArguments<typeof probeOptions>>, { readonly exit: 0 | 2 }>):
  | Asked
  | { readonly mistake: string } {
  const [target, extra] = positionals;
  if (target === undefined) return { mistake: l10n.t("Give the server to probe, such as {0}.", "example.com:443") };
  if (extra !== undefined) return { mistake: l10n.t("Only one server can be probed at a time.") };
  const server = readServer(target);
  if ("code" in server) return { mistake: visible(tell(server, entered)) };
  const files = pairsIn(values);
  if ("mistake" in files) return files;
  const format = oneOf(values.format ?? "text", "format", ["text", "json"]);
  if ("mistake" in format) return format;
  const addresses = oneOf(values.addresses ?? "dualstack", "addresses", families);
  if ("mistake" in addresses) return addresses;
  const role = oneOf(values.as ?? "origin", "as", roles);
  if ("mistake" in role) return role;
  const tls: TlsVersion[] = [];
  for (const word of values.tls ?? ["TLSv1.2"]) {
    const version = oneOf(word, "tls", versions);
    if ("mistake" in version) return version;
    tls.push(version.value);
  }
  const timeout = Number(values.timeout ?? usualLimits.whole / 1000);
  if (!(timeout > 0 && timeout <= longestTimeout))
    return { mistake: l10n.t("{0} takes a number of seconds up to {1}.", "--timeout", longestTimeout) };
  const request = requestIn(values);
  if ("mistake" in request) return request;
  const named = values.name === undefined ? { name: server.host } : readServerName(values.name);
  if ("code" in named) return { mistake: visible(tell(named, entered)) };
  const plan: ProbePlan = { role: role.value, ...server, ...named, addresses: addresses.value, versions: tls, request };
  return { plan, files, timeout, format: format.value };
}

/** An hour: longer than any network needs. In seconds. */
const longestTimeout = 3600;

function pairsIn(values: {
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly ca?: string | undefined;
  readonly "ca-key"?: string | undefined;
}): Files | { readonly mistake: string } {
  const given = pairOf(values.cert, values.key, "--cert", "--key");
  if (given !== undefined && "mistake" in given) return given;
  const issuer = pairOf(values.ca, values["ca-key"], "--ca", "--ca-key");
  if (issuer !== undefined && "mistake" in issuer) return issuer;
  return { ...(given === undefined ? {} : { given }), ...(issuer === undefined ? {} : { issuer }) };
}

function pairOf(
  certificate: string | undefined,
  key: string | undefined,
  ofCertificate: string,
  ofKey: string,
): FilePair | { readonly mistake: string } | undefined {
  if (certificate === undefined && key === undefined) return undefined;
  if (certificate === undefined) return { mistake: l10n.t("The option {0} is missing.", ofCertificate) };
  if (key === undefined) return { mistake: l10n.t("The option {0} is missing.", ofKey) };
  return { certificate, key };
}

function requestIn(values: {
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly host?: string | undefined;
  readonly header?: readonly string[] | undefined;
}): ProbeRequest | { readonly mistake: string } {
  const method = oneOf(values.method ?? "HEAD", "method", methods);
  if ("mistake" in method) return method;
  const headers = (values.header ?? []).map((text): readonly [string, string] => {
    const colon = text.indexOf(":");
    return colon === -1 ? ["", ""] : [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
  });
  const request: ProbeRequest = {
    method: method.value,
    path: values.path ?? "/",
    ...(values.host === undefined ? {} : { host: values.host }),
    headers,
  };
  const mistake = mistakeInRequest(request);
  return mistake === undefined ? request : { mistake: visible(tell(mistake, entered)) };
}

// --- what is at hand

/** Undefined: what is wrong was said. */
async function credentialsIn({ given, issuer }: Files, io: Io): Promise<ProbeCredentials | undefined> {
  const own = given === undefined ? undefined : await credentialOf(given, io);
  const other = issuer === undefined ? undefined : await credentialOf(issuer, io);
  if ((given !== undefined && own === undefined) || (issuer !== undefined && other === undefined)) return undefined;
  return { ...(own === undefined ? {} : { given: own }), ...(other === undefined ? {} : { issuer: other }) };
}

async function credentialOf({ certificate, key }: FilePair, io: Io): Promise<ClientCredential | undefined> {
  const texts = [await textOf(certificate, io), await textOf(key, io)] as const;
  if (texts[0] === undefined || texts[1] === undefined) return undefined;
  const credential = readCredential(texts[0], texts[1]);
  if (typeof credential !== "string") return credential;
  io.stderr(`${credentialText(credential, visiblePath(certificate), visiblePath(key))}\n`);
  return undefined;
}

async function textOf(path: string, io: Io): Promise<string | undefined> {
  try {
    const bytes = await readStream(resolve(io.cwd, path), greatestCredentialFile);
    if (bytes !== undefined) return Buffer.from(bytes).toString("latin1");
    io.stderr(`${tooLargeText(visiblePath(path))}\n`);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    io.stderr(`${unreadable(error, visiblePath(path))}\n`);
  }
  return undefined;
}
