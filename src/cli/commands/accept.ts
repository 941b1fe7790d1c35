import * as l10n from "@vscode/l10n";
import {
  askedAtText,
  emptyStoreText,
  filterTexts,
  ignoredTexts,
  noClientText,
  type Outcome,
  outcomeOf,
  questionText,
  shownAnswer,
  soundStore,
  storeFaults,
} from "../../core/messages/acceptance-answer.ts";
import type { Blocks } from "../../core/messages/content.ts";
import type { AcceptanceAnswers } from "../../core/messages/inspection/inspection.ts";
import { certificateTitle, subjectText } from "../../core/messages/x509/describe.ts";
import { finish } from "../../core/steps.ts";
import type { Acceptance, AcceptanceAnswer, PathStep } from "../../core/truststore/acceptance.ts";
import { certificatesIn, clientsAmong } from "../../core/truststore/sides.ts";
import { type Target, targets } from "../../core/truststore/targets.ts";
import type { Certificate } from "../../core/x509/model.ts";
import { answerAcceptance } from "../../platform/node/acceptance.ts";
import { type SignatureChecker, sha256 } from "../../platform/node/crypto.ts";
import { helpOption, helpText, oneOf, readArguments, usageError } from "../arguments.ts";
import { nameOf, readBlocks } from "../certificate-file.ts";
import { inertJson, visible } from "../formats/visible.ts";
import { type ExitCode, type Io, standardInput } from "../io.ts";
import { verified } from "../signatures.ts";
import { readTime } from "../time.ts";

export const acceptOptions = {
  ...helpOption,
  client: { type: "string" },
  chain: { type: "string", multiple: true },
  bundle: { type: "string" },
  at: { type: "string" },
  service: { type: "string", multiple: true },
  format: { type: "string" },
} as const;

const usage = { name: "accept", options: acceptOptions, help };

/** Would this client be let in? */
export async function accept(args: readonly string[], io: Io): Promise<ExitCode> {
  const read = readArguments(args, usage, io);
  if ("exit" in read) return read.exit;
  const request = requestIn(read, io);
  if ("mistake" in request) return usageError(request.mistake, usage.name, io);
  const say = (sentence: string) => io.stderr(`${visible(sentence)}\n`);
  const sides = await readSides(request, io, say);
  if (sides === undefined) return 2;
  const { client, presented, store } = sides;
  const checker = await verified(store.blocks.facts.bundle, io.signal);
  const question = { client, presented, store: certificatesIn(store.blocks.facts.bundle), at: request.at };
  const answer = await answerAcceptance(question, { checker, signal: io.signal });
  if (answer === undefined) return 2;
  const isAsked = ({ target }: Acceptance) =>
    request.services.length === 0 ? target === undefined : target !== undefined && request.services.includes(target);
  // As the editor does, all are shown where nobody said which.
  const told = [answer.rfc5280, ...targets.map((target) => answer.byTarget[target])]
    .filter((one) => request.services.length === 0 || isAsked(one))
    .map((acceptance) => tellAnswer(acceptance, answer, store.blocks, request.at, checker));
  const exit = exitFor(told.filter(({ acceptance }) => isAsked(acceptance)).map(({ outcome }) => outcome));
  if (request.format === "json") io.stdout(answersJson(request, sides, told, exit));
  else for (const line of answerLines(request, sides, told)) io.stdout(`${visible(line)}\n`);
  return exit;
}

function help(): string {
  return helpText({
    calls: [
      "accept --client FILE --bundle FILE [--chain FILE]… [--at TIME]",
      "accept … [--service SERVICE]… [--format text|json]",
    ],
    about: l10n.t(
      "Checks whether a trust store accepts a client. Files can be PEM, DER, or PKCS#7, and one of them can be - for standard input.",
    ),
    options: [
      ["--client FILE", l10n.t("The client certificate; what follows it is sent with it.")],
      ["--chain FILE", l10n.t("More certificates that the client sends.")],
      ["--bundle FILE", l10n.t("The trust store.")],
      ["--at TIME", l10n.t("Such as 2027-01-31 or 2027-01-31T09:30:00Z. The default is now.")],
      ["--service SERVICE", l10n.t("{0}. Can be repeated. Without it, all are shown.", targets.join(", "))],
      ["--format FORMAT", l10n.t("text (the default) or json.")],
    ],
    notes: [
      l10n.t(
        "Exit code: 0 if all given services accept the client (without --service: if RFC 5280 does), 1 if one rejects it, 2 if that is undetermined or undocumented, or if the check could not run.",
      ),
    ],
  });
}

// --- what is asked

interface Asked {
  readonly client: string;
  readonly chain: readonly string[];
  readonly bundle: string;
  readonly at: Date;
  /** Nobody asked for another time. */
  readonly isNow: boolean;
  /** None: by RFC 5280. */
  readonly services: readonly Target[];
  readonly format: "text" | "json";
}

function requestIn(
  { values, positionals }: Exclude<ReturnType<typeof readArguments<typeof acceptOptions>>, { readonly exit: 0 | 2 }>,
  io: Io,
): Asked | { readonly mistake: string } {
  const { client, bundle, chain = [] } = values;
  const [extra] = positionals;
  if (extra !== undefined)
    return {
      mistake: l10n.t("“{0}” belongs to no option. Give files with {1}.", visible(extra), "--client, --bundle"),
    };
  if (client === undefined) return { mistake: l10n.t("The option {0} is missing.", "--client") };
  if (bundle === undefined) return { mistake: l10n.t("The option {0} is missing.", "--bundle") };
  if ([client, bundle, ...chain].filter((path) => path === standardInput).length > 1)
    return { mistake: l10n.t("Only one file can be standard input.") };
  const format = oneOf(values.format ?? "text", "format", ["text", "json"]);
  if ("mistake" in format) return format;
  const at = values.at === undefined ? io.now() : readTime(values.at);
  if (at === undefined)
    return {
      mistake: l10n.t(
        "“{0}” is not a time for {1}. Give a date such as {2}, or a date and time such as {3}.",
        visible(values.at ?? ""),
        "--at",
        "2027-01-31",
        "2027-01-31T09:30:00Z",
      ),
    };
  const services: Target[] = [];
  for (const word of (values.service ?? []).flatMap((given) => given.split(","))) {
    const service = oneOf(word.trim(), "service", targets);
    if ("mistake" in service) return service;
    services.push(service.value);
  }
  return { client, chain, bundle, at, isNow: values.at === undefined, services, format: format.value };
}

interface Sides {
  readonly client: Certificate;
  /** What it sends along. */
  readonly presented: readonly Certificate[];
  readonly store: { readonly name: string; readonly blocks: Blocks };
  /** What is in the files and was not looked at. */
  readonly ignored: readonly string[];
}

/** @returns `undefined`: what is in the way was said */
async function readSides(
  { client: clientPath, chain, bundle }: Asked,
  io: Io,
  say: (sentence: string) => void,
): Promise<Sides | undefined> {
  const files: { readonly name: string; readonly blocks: Blocks }[] = [];
  for (const path of [clientPath, bundle, ...chain]) {
    const blocks = await readBlocks(path, io);
    if (blocks === undefined) return undefined;
    files.push({ name: nameOf(path), blocks });
  }
  const [own, store, ...others] = files;
  if (own === undefined || store === undefined) return undefined;
  const all = certificatesIn(own.blocks.facts.bundle);
  const [client, another] = clientsAmong(all);
  if (client === undefined) {
    say(noClientText(own.name));
    return undefined;
  }
  if (certificatesIn(store.blocks.facts.bundle).length === 0) {
    say(emptyStoreText(store.name));
    return undefined;
  }
  if (another !== undefined)
    say(
      l10n.t(
        "“{0}” contains several certificates that can be the client. The first, “{1}”, is checked.",
        own.name,
        certificateTitle(client),
      ),
    );
  const ignored = ignoredTexts(files.map(({ name, blocks }) => ({ name, bundle: blocks.facts.bundle })));
  for (const sentence of ignored) say(sentence);
  const sent = others.flatMap(({ blocks }) => certificatesIn(blocks.facts.bundle));
  return { client, presented: [...all.filter((one) => one !== client), ...sent], store, ignored };
}

// --- what is answered

interface Told {
  readonly acceptance: Acceptance;
  readonly outcome: Outcome;
  readonly shown: AcceptanceAnswers["answers"][number];
}

function tellAnswer(
  acceptance: Acceptance,
  { filters }: AcceptanceAnswer,
  { facts: { bundle, encoding } }: Blocks,
  at: Date,
  checker: SignatureChecker,
): Told {
  const { target } = acceptance;
  const faults =
    target === undefined
      ? soundStore
      : finish(storeFaults(bundle, target, at, checker, { fingerprint: sha256, encoding }));
  return {
    acceptance,
    outcome: outcomeOf(acceptance, faults),
    shown: shownAnswer(acceptance, faults, target === "nlb" ? filterTexts(acceptance, filters, []) : []),
  };
}

/** A no counts more than what is not known. */
function exitFor(outcomes: readonly Outcome[]): ExitCode {
  if (outcomes.some((outcome) => outcome === "refused" || outcome === "not-yet")) return 1;
  return outcomes.every((outcome) => outcome === "accepted") ? 0 : 2;
}

function* answerLines(
  { at, isNow }: Asked,
  { client, store }: Sides,
  told: readonly Told[],
): Generator<string, void, void> {
  yield questionText(client, store.name);
  yield askedAtText(at, isNow);
  for (const { shown } of told) {
    yield "";
    yield `${shown.name}: ${shown.answer}`;
    for (const reason of shown.reasons) yield `  - ${reason}`;
  }
  const paths = told.map(({ acceptance }) => acceptance.path);
  const longest = paths.reduce((one, other) => (other.length > one.length ? other : one));
  yield "";
  yield l10n.t("Certification path: {0}", longest.map(stepText).join(" → "));
}

function stepText({ certificate, from }: PathStep): string {
  const title = certificateTitle(certificate);
  switch (from) {
    case "client":
      return title;
    case "presented":
      return l10n.t("{0} (sent by the client)", title);
    case "store":
      return l10n.t("{0} (trust store)", title);
  }
}

function answersJson(
  { client: clientPath, bundle, at }: Asked,
  { client, ignored }: Sides,
  told: readonly Told[],
  exit: ExitCode,
): string {
  const answers = told.map(({ acceptance: { target, path }, outcome, shown: { name, answer, reasons } }) => ({
    service: target ?? "rfc5280",
    name,
    outcome,
    answer,
    reasons,
    path: path.map(({ certificate, role, from }) => ({ title: certificateTitle(certificate), role, from })),
  }));
  const value = {
    version: 1,
    client: { path: clientPath, title: certificateTitle(client), subject: subjectText(client.subject, client.der) },
    bundle: { path: bundle },
    at: at.toISOString(),
    accepted: exit === 0 ? "yes" : exit === 1 ? "no" : "undetermined",
    answers,
    ignored,
  };
  return `${inertJson(value, 2)}\n`;
}
