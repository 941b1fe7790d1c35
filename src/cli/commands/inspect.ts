import * as l10n from "@vscode/l10n";
import { judgeInSteps } from "../../core/judging.ts";
import type { Content } from "../../core/messages/content.ts";
import { inspectionOf } from "../../core/messages/inspected-content.ts";
import { copyOf } from "../../core/messages/inspection/inspect.ts";
import type { Card, ChainNode, ExtensionCard, Inspection } from "../../core/messages/inspection/inspection.ts";
import type { Field } from "../../core/messages/x509/field.ts";
import type { Problem } from "../../core/rules/rule.ts";
import { readRuleSettings } from "../../core/settings.ts";
import { finish } from "../../core/steps.ts";
import { noUse } from "../../core/truststore/use.ts";
import { noVerdicts, type SignatureVerdicts } from "../../core/x509/path/verdicts.ts";
import { settings as usual } from "../../manifest.ts";
import { sha256 } from "../../platform/node/crypto.ts";
import { helpOption, helpText, oneOf, readArguments, usageError } from "../arguments.ts";
import { nameOf, readCertificates } from "../certificate-file.ts";
import { inertJson, visible, visiblePath } from "../formats/visible.ts";
import { type ExitCode, type Io, standardInput } from "../io.ts";
import { verified } from "../signatures.ts";

export const inspectOptions = { ...helpOption, format: { type: "string" }, all: { type: "boolean" } } as const;

const usage = { name: "inspect", options: inspectOptions, help };

/** What is in files of certificates. */
export async function inspect(args: readonly string[], io: Io): Promise<ExitCode> {
  const read = readArguments(args, usage, io);
  if ("exit" in read) return read.exit;
  const { values, positionals } = read;
  const format = oneOf(values.format ?? "text", "format", ["text", "json"]);
  if ("mistake" in format) return usageError(format.mistake, usage.name, io);
  if (positionals.length === 0) return usageError(l10n.t("Give the files to inspect."), usage.name, io);
  if (positionals.filter((path) => path === standardInput).length > 1)
    return usageError(l10n.t("Only one file can be standard input."), usage.name, io);
  const files: object[] = [];
  let exit: ExitCode = 0;
  let isFirst = true;
  for (const path of positionals) {
    const content = await readCertificates(path, io);
    const inspection = await inspectionFor(nameOf(path), content, io);
    if (content.kind === "nothing") exit = 2;
    if (format.value === "json") files.push(fileJson(path, content, inspection));
    else if (content.kind === "nothing") for (const line of noteLines(inspection)) io.stderr(`${visible(line)}\n`);
    else {
      if (!isFirst) io.stdout("\n");
      isFirst = false;
      io.stdout(`${visiblePath(inspection.name)}\n`);
      for (const line of inspectionLines(inspection, values.all === true))
        io.stdout(`${visible(line, Number.POSITIVE_INFINITY)}\n`);
    }
  }
  if (format.value === "json") io.stdout(`${inertJson({ version: 1, files }, 2)}\n`);
  return exit;
}

function help(): string {
  return helpText({
    calls: ["inspect FILE… [--format text|json] [--all]"],
    about: l10n.t(
      "Shows what is in files with certificates: names, validity, keys, extensions, chains, problems, and whether CloudFront accepts a certificate as an origin client certificate. FILE can be PEM, DER, or PKCS#7, and one FILE can be - for standard input.",
    ),
    options: [
      ["--format FORMAT", l10n.t("text (the default) or json.")],
      ["--all", l10n.t("Also shows the bytes of extensions, long values, and what is met.")],
    ],
    notes: [
      l10n.t("Private keys are recognized, and never decoded or shown."),
      l10n.t("Exit code: 0 if all files could be inspected, otherwise 2."),
    ],
  });
}

async function inspectionFor(name: string, content: Content, io: Io): Promise<Inspection> {
  const now = io.now();
  const settings = readRuleSettings(undefined, undefined, usual["mtls.expiryWarningDays"]);
  let problems: readonly Problem[] = [];
  let verdicts: SignatureVerdicts = noVerdicts;
  if (content.kind === "blocks") {
    verdicts = await verified(content.facts.bundle, io.signal);
    const context = { now, settings, fingerprint: sha256, signatures: verdicts, ...noUse };
    const onFault = (rule: string, error: unknown) =>
      io.stderr(`${visible(l10n.t("The rule {0} failed and was left out: {1}", rule, String(error)))}\n`);
    problems = finish(judgeInSteps(content.facts, { context, onFault, hidden: [] })).shown;
  }
  const judgement = { problems, verdicts, now, soon: settings.expiryWarningDays, sha256 };
  const inspection = finish(inspectionOf(name, content, judgement));
  if (content.kind === "nothing" || content.places !== "nowhere") return inspection;
  // The lines are those of a text that an editor would make of the bytes.
  return { ...inspection, cards: inspection.cards.map((card) => ({ ...card, line: undefined })) };
}

// --- text

function noteLines({ note }: Inspection): readonly string[] {
  return note === undefined ? [] : [note.text, ...note.steps];
}

function* inspectionLines(inspection: Inspection, isAll: boolean): Generator<string, void, void> {
  const { chains, cards } = inspection;
  for (const line of noteLines(inspection)) yield line;
  for (const chain of chains) {
    yield "";
    yield* chainLines(chain);
  }
  for (const [index, card] of cards.entries()) {
    yield "";
    yield* cardLines(card, index, isAll);
  }
}

function* chainLines(chain: readonly ChainNode[]): Generator<string, void, void> {
  yield l10n.t("Chain: {0}", chain.map((node) => nodeText(node)).join(" → "));
  for (const { link } of chain)
    if (link !== undefined && link.state !== "valid" && link.state !== "unchecked") yield `  ${link.text}`;
}

function nodeText({ title, role }: ChainNode): string {
  return role === "missing" ? l10n.t("{0} (missing)", title) : title;
}

function* cardLines(
  { title, subtitle, badges, line, problems, fitness, fields, extensions }: Card,
  index: number,
  isAll: boolean,
): Generator<string, void, void> {
  const marks = badges.map(({ text }) => `[${text}]`).join(" ");
  yield `${index + 1}. ${title}${marks === "" ? "" : `  ${marks}`}`;
  const place = line === undefined ? [] : [l10n.t("line {0}", line + 1)];
  const about = [...(subtitle === "" ? [] : [subtitle]), ...place].join(" · ");
  if (about !== "") yield `   ${about}`;
  for (const { severity, message, rule } of problems) yield `   ${severity}: ${message} [${rule}]`;
  if (fitness !== undefined) yield* fitnessLines(fitness, isAll);
  for (const field of fields) yield* fieldLines(field, "   ", isAll);
  if (extensions.length > 0) {
    yield `   ${l10n.t("Extensions")}:`;
    for (const extension of extensions) yield* extensionLines(extension, isAll);
  }
}

function* fitnessLines({ fit, reasons }: NonNullable<Card["fitness"]>, isAll: boolean): Generator<string, void, void> {
  const question = l10n.t("Does CloudFront accept this as an origin client certificate?");
  yield `   ${question} ${fit ? l10n.t("Yes") : l10n.t("No")}`;
  for (const { holds, message } of reasons)
    if (!holds || isAll) yield `     ${holds ? l10n.t("Met:") : l10n.t("Not met:")} ${message}`;
}

function* extensionLines(
  { name, oid, critical, fields, fault, hex }: ExtensionCard,
  isAll: boolean,
): Generator<string, void, void> {
  const full = name === oid ? oid : `${name} (${oid})`;
  yield `     ${critical ? l10n.t("{0}, critical", full) : full}`;
  if (fault !== undefined) yield `       ${l10n.t("Damaged: {0}", fault)}`;
  for (const field of fields) yield* fieldLines(field, "       ", isAll);
  if (isAll) yield* fieldLines({ name: l10n.t("Hex"), value: hex }, "       ", isAll);
}

/** Without `--all`, in UTF-16 code units and in lines. */
const mostShown = 1_000;
const mostLines = 30;

function* fieldLines({ name, value }: Field, indent: string, isAll: boolean): Generator<string, void, void> {
  const short = isAll ? value : value.split("\n").slice(0, mostLines).join("\n").slice(0, mostShown);
  const left = value.length - short.length;
  const [first = "", ...others] = short.split("\n");
  const more = left === 0 ? [] : [l10n.t("… {0} more characters. {1} shows them.", left, "--all")];
  if (others.length === 0 && left === 0) yield `${indent}${name}: ${first}`;
  else {
    yield `${indent}${name}:`;
    // What a file holds begins no line: a runner could take it for a command.
    for (const line of [first, ...others]) yield `${indent}  - ${line}`;
    for (const line of more) yield `${indent}  ${line}`;
  }
}

// --- JSON

function fileJson(path: string, content: Content, { note, chains, cards }: Inspection): object {
  return {
    path,
    ...(note === undefined ? {} : { note }),
    chains: chains.map((chain) =>
      chain.map(({ card, title, role, link }) => ({ item: card, title, role, signature: link?.state })),
    ),
    items: cards.map((card) => itemJson(content, card)),
  };
}

function itemJson(content: Content, card: Card): object {
  const { id, kind, title, subtitle, badges, line, problems, fitness, fields } = card;
  const exact = content.kind === "blocks" ? copyOf(content.facts.bundle, id, "json", sha256) : undefined;
  return {
    id,
    kind,
    title,
    subtitle,
    badges,
    ...(line === undefined ? {} : { line: line + 1 }),
    problems,
    ...(fitness === undefined ? {} : { originClientCertificate: fitness }),
    // Of what has no exact values, what is said of it.
    ...(exact === undefined ? { fields } : { [kind]: JSON.parse(exact) }),
  };
}
