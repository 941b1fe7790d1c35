import * as l10n from "@vscode/l10n";
import type { AddressFacts, Credential, ProbeFacts, Round, ServerCertificate, Try } from "../../probe/facts.ts";
import { hostHeader } from "../../probe/host-header.ts";
import { endReason, remarksOf, standpoint, untried } from "../../probe/remarks.ts";
import { type AddressJudgement, judgeProbe, type ProbeReport, tryOf } from "../../probe/verdict.ts";
import { readCertificate } from "../../x509/read/certificate.ts";
import { readName } from "../../x509/read/names.ts";
import { seriesText } from "../format.ts";
import { refusalLines } from "../handshake-failure/text.ts";
import { tell } from "../tell.ts";
import { describeAlert } from "../tls/alert.ts";
import { colons, shown, subjectText } from "../x509/describe.ts";
import { ends, remarks, verdicts } from "./sentences.ts";
import { verdictWord } from "./verdict-word.ts";

/** More names of CAs than this fill a screen; the rest is counted. */
const mostNames = 20;

/** What a probe saw and what that means, line by line, as a terminal and a document of the editor show it. */
export function probeLines(facts: ProbeFacts): readonly string[] {
  const report = judgeProbe(facts);
  return [
    ...headLines(facts, report),
    ...report.addresses.flatMap((judged, index) => addressLines(facts.addresses[index], judged, report)),
    ...serverLines(facts),
    ...section(l10n.t("Notes"), texts(remarksOf(facts))),
    ...refusalOfGiven(facts),
    ...section(l10n.t("Not tried"), texts(untried(facts))),
    "",
    tell(standpoint(facts), remarks),
  ];
}

/** The verdict and why, in one or two sentences. */
export function verdictText(report: Pick<ProbeReport, "verdict" | "why">): string {
  return tell(report.why, verdicts);
}

/** `origin.example.com:443`, and IPv6 addresses in brackets. */
export function serverText({ host, port }: Pick<ProbeFacts["plan"], "host" | "port">): string {
  return `${host.includes(":") ? `[${host}]` : shown(host)}:${port}`;
}

function headLines(facts: ProbeFacts, report: ProbeReport): string[] {
  const { plan } = facts;
  const { method, path, headers } = plan.request;
  const asked = `${method} ${shown(path)}`;
  const shownHost = shown(hostHeader(plan));
  return [
    l10n.t("Mutual TLS of {0}: {1}", serverText(plan), verdictWord(report.verdict)),
    "",
    verdictText(report),
    "",
    headers.length === 0
      ? l10n.t("Request: {0}, Host {1}", asked, shownHost)
      : l10n.t(
          "Request: {0}, Host {1}, headers {2}",
          asked,
          shownHost,
          seriesText(headers.map(([name]) => shown(name))),
        ),
  ];
}

function addressLines(address: AddressFacts | undefined, judged: AddressJudgement, report: ProbeReport): string[] {
  if (address === undefined) return [];
  const reason = tell(judged.why, verdicts);
  return [
    "",
    `${judged.address}: ${verdictWord(judged.verdict)}`,
    // Where there is one address, or all are the same, the reason stands above.
    ...(judged.why.code === report.why.code ? [] : [`  ${reason}`]),
    ...address.rounds.filter(isConnected).flatMap(roundLines),
  ];
}

/** Where there was no connection, there is no more to tell than that. */
function isConnected({ tries: [first] }: Round): boolean {
  const end = first?.end;
  return !(end?.kind === "unreachable" || (end?.kind === "silent" && end.phase === "connect"));
}

function roundLines(round: Round): string[] {
  const protocol = round.tries.find((one) => one.protocol !== undefined);
  const title = protocol?.protocol ?? seriesText(round.versions);
  const names = round.tries.map(({ credential }) => credentialWords(credential));
  const width = Math.max(...names.map((name) => name.length));
  return [
    protocol?.cipher === undefined ? `  ${title}` : `  ${title}, ${protocol.cipher}`,
    `    ${askedWords(round)}`,
    ...round.tries.map((one, index) => `    ${(names[index] ?? "").padEnd(width)}  ${endWords(one)}`),
  ];
}

function askedWords({ tries }: Round): string {
  if (tries.some(({ asked }) => asked === "yes")) return l10n.t("Asks for a client certificate.");
  if (tries.some(({ asked }) => asked === "late"))
    return l10n.t("Asks for a client certificate after the handshake only.");
  if (tries.some(({ asked }) => asked === "no")) return l10n.t("Does not ask for a client certificate.");
  return l10n.t("No handshake with this version.");
}

/** Why the certificate that is to be let in was not, as far as the server says it. */
function refusalOfGiven({ addresses }: ProbeFacts): readonly string[] {
  const tries = addresses.flatMap(({ rounds }) => rounds.flatMap((round) => tryOf(round, "given") ?? []));
  const end = tries.find(({ asked, end: { kind } }) => asked === "yes" && kind === "alert")?.end;
  if (end?.kind !== "alert") return [];
  return ["", l10n.t("Why your certificate was refused"), `  ${describeAlert(end.alert)}`, ...refusalLines(end.alert)];
}

/** How a try ended. */
export function endWords({ end }: Try): string {
  return tell(endReason(end), ends);
}

export function credentialWords(credential: Credential): string {
  switch (credential) {
    case "none":
      return l10n.t("No certificate");
    case "stranger":
      return l10n.t("Certificate of an unknown CA");
    case "given":
      return l10n.t("Your certificate");
    case "expired":
      return l10n.t("Expired certificate");
    case "server-auth":
      return l10n.t("Certificate without clientAuth");
  }
}

// --- the server

function serverLines(facts: ProbeFacts): string[] {
  const authorities = distinct(facts.addresses.flatMap(({ authorities: names }) => names ?? []));
  const asks = facts.addresses.some(({ rounds }) =>
    rounds.some((round) => round.tries.some(({ asked }) => asked === "yes")),
  );
  const servers = facts.addresses.flatMap(({ server }) => server ?? []);
  return [
    ...(asks ? authorityLines(authorities) : []),
    ...distinctServers(servers).flatMap((server) => certificateLines(server, facts.plan.name)),
  ];
}

function authorityLines(authorities: readonly Uint8Array[]): string[] {
  if (authorities.length === 0) return ["", l10n.t("The server names no CAs whose certificates it accepts.")];
  const names = authorities.slice(0, mostNames).map((der) => `  ${nameText(der)}`);
  const rest = authorities.length - names.length;
  return ["", l10n.t("The server names these CAs:"), ...names, ...(rest > 0 ? [`  ${l10n.t("{0} more", rest)}`] : [])];
}

function nameText(der: Uint8Array): string {
  const name = readName(der);
  return name === undefined ? l10n.t("(a name that cannot be read)") : subjectText(name, der);
}

function certificateLines(server: ServerCertificate, name: string): string[] {
  const certificate = readCertificate(server.chain[0] ?? new Uint8Array());
  if ("fault" in certificate) return [];
  return [
    "",
    l10n.t("Server certificate: {0}", subjectText(certificate.subject, certificate.der)),
    `  ${l10n.t("Issuer: {0}", subjectText(certificate.issuer, certificate.der))}`,
    `  ${
      server.trust === "public"
        ? l10n.t("Publicly trusted.")
        : server.trust === "installed"
          ? l10n.t("Trusted by a CA that is installed on this computer, not publicly.")
          : l10n.t("Not publicly trusted ({0}).", server.trustError ?? "")
    }`,
    `  ${server.isForName ? l10n.t("Valid for {0}.", shown(name)) : l10n.t("Not valid for {0}.", shown(name))}`,
    `  ${l10n.t("SHA-256 of the public key: {0}", colons(server.key))}`,
  ];
}

function distinctServers(servers: readonly ServerCertificate[]): readonly ServerCertificate[] {
  return servers.filter((one, index) => servers.findIndex(({ key }) => key === one.key) === index);
}

function distinct(names: readonly Uint8Array[]): readonly Uint8Array[] {
  const seen = new Set<string>();
  return names.filter((name) => {
    const key = name.join();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  - ${line}`)];
}

function texts(reasons: readonly Parameters<typeof tell>[0][]): string[] {
  return reasons.map((reason) => tell(reason, { ...remarks, ...ends }));
}
