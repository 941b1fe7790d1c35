import * as vscode from "vscode";
import type { AcmText } from "../../account/acm-text.ts";
import type { Encoding } from "../../core/encoding.ts";
import {
  askedAtText,
  emptyStoreText,
  filterTexts,
  ignoredTexts,
  noClientText,
  questionText,
  shownAnswer,
  soundStore,
  storeFaults,
  timeText,
} from "../../core/messages/acceptance-answer.ts";
import { type Content, contentOfText, type Note, nothing, shownName } from "../../core/messages/content.ts";
import type { AcceptanceAnswers } from "../../core/messages/inspection/inspection.ts";
import { certificateTitle, subjectText, validityInWords } from "../../core/messages/x509/describe.ts";
import { writePem } from "../../core/pem/blocks.ts";
import type { Steps } from "../../core/steps.ts";
import type { Acceptance, AcceptanceAnswer, AcceptanceQuestion } from "../../core/truststore/acceptance.ts";
import { certificatesIn, clientsAmong } from "../../core/truststore/sides.ts";
import { targets } from "../../core/truststore/targets.ts";
import { noUse, type Use } from "../../core/truststore/use.ts";
import type { Bundle } from "../../core/x509/bundle/bundle.ts";
import { isSelfSigned } from "../../core/x509/identity.ts";
import { type Certificate, isCertificateAuthority } from "../../core/x509/model.ts";
import { answerAcceptance } from "../../platform/node/acceptance.ts";
import { SignatureChecker, sha256 } from "../../platform/node/crypto.ts";
import { inSlices } from "../../platform/node/turns.ts";
import { type ContentSource, contentOf, fileSource } from "../certificates/content-source.ts";
import { activeUri } from "../certificates/files.ts";
import { pickSide, type Side, sideOf, sideOfContent } from "../certificates/side-pick.ts";
import type { Documents } from "../documents/documents.ts";
import { fileName } from "../editor/files.ts";
import { inputBox, pickOne } from "../editor/pick.ts";
import { iconless, plain } from "../editor/plain.ts";
import { say } from "../editor/say.ts";
import { chooseListener, listenerNow, listenerText, type NetworkListener } from "./network-listeners.ts";

export interface AcceptanceTools {
  readonly documents: Documents;
  /** Shows what a source gives as a page. */
  show(source: ContentSource): void;
  chooseAcmCertificate(title: string): Promise<AcmText | undefined>;
  /** What a file is for, where its marker, a setting or a configuration says so. */
  useOf(uri: vscode.Uri, bundle: Bundle): Use;
}

/** A client: its certificate, and what it sends along. */
interface Client {
  readonly name: string;
  readonly uri: vscode.Uri | undefined;
  readonly certificate: Certificate;
  readonly presented: readonly Certificate[];
}

/**
 * *Would This Client Be Accepted?*: from the explorer with a file, or from the palette with the active one, where it
 * holds certificates.
 */
export async function askAcceptance(argument: unknown, tools: AcceptanceTools): Promise<void> {
  const uri = argument instanceof vscode.Uri ? argument : await activeFile(tools);
  const given = uri === undefined ? undefined : await sideOf(uri, tools);
  // What cannot be read was said.
  if (uri !== undefined && given === undefined) return;
  if (given !== undefined && certificatesIn(given.bundle).length === 0) {
    await say(
      vscode.l10n.t(
        "“{0}” contains no certificate, so it is neither a client certificate nor a trust store.",
        shownName(given.name),
      ),
      "warning",
    );
    return;
  }
  const isStore = given === undefined ? false : await isTrustStore(given, tools);
  if (isStore === undefined) return;
  const client = await clientOf(given !== undefined && !isStore ? given : await chooseClient(given, tools));
  if (client === undefined) return;
  const store = given !== undefined && isStore ? given : await chooseStore(client, tools);
  if (store === undefined) return;
  if (certificatesIn(store.bundle).length === 0) {
    await say(emptyStoreText(store.name), "warning");
    return;
  }
  const listener = mayBeOfNetwork(store, tools) ? await chooseListener(certificateTitle(client.certificate)) : "none";
  if (listener === undefined) return;
  tools.show(acceptanceSource(client, store, listener === "none" ? undefined : listener, tools));
}

/** Unless it is said that it is for other services. */
function mayBeOfNetwork({ uri, bundle }: Side, { useOf }: AcceptanceTools): boolean {
  const { targets: services } = uri === undefined ? noUse : useOf(uri, bundle);
  return services.length === 0 || services.includes("nlb");
}

// --- who is meant

/**
 * A set purpose counts; CAs alone are a trust store, and a file that begins with a leaf and has its CAs is a client.
 * Otherwise the user is asked.
 */
async function isTrustStore({ name, uri, bundle }: Side, { useOf }: AcceptanceTools): Promise<boolean | undefined> {
  const { purpose } = uri === undefined ? noUse : useOf(uri, bundle);
  if (purpose !== "unknown") return purpose === "trust-store";
  const all = certificatesIn(bundle);
  const leaves = all.filter((certificate) => !isCertificateAuthority(certificate));
  if (leaves.length === 0) return true;
  if (
    leaves.length === 1 &&
    leaves[0] !== undefined &&
    (all.length > 1 || !isSelfSigned(leaves[0])) &&
    all[0] === leaves[0]
  )
    return false;
  const [client, store] = [vscode.l10n.t("Client certificate"), vscode.l10n.t("Trust store")];
  const picked = await pickOne([{ label: client }, { label: store }], {
    title: vscode.l10n.t("Is “{0}” a Client Certificate or a Trust Store?", plain(shownName(name))),
  });
  return picked === undefined ? undefined : picked.label === store;
}

async function activeFile({ documents }: AcceptanceTools): Promise<vscode.Uri | undefined> {
  const uri = activeUri();
  return uri !== undefined && (await contentOf(uri, documents)).kind === "blocks" ? uri : undefined;
}

function chooseClient(store: Side | undefined, tools: AcceptanceTools): Promise<Side | undefined> {
  const title =
    store === undefined
      ? vscode.l10n.t("Check Client Against Trust Store")
      : vscode.l10n.t("Select a Client to Check Against “{0}”", plain(store.name));
  const acm = {
    label: vscode.l10n.t("$(cloud) ACM certificate…"),
    take: async () => {
      const read = await tools.chooseAcmCertificate(title);
      return read === undefined ? undefined : sideOfContent(read.name, undefined, contentOfText(read.name, read.text));
    },
  };
  return pickSide(
    {
      title,
      placeHolder: vscode.l10n.t("Select the client certificate and the certificates that the client sends with it"),
      elsewhere: [acm],
    },
    tools,
  );
}

function chooseStore(client: Client, tools: AcceptanceTools): Promise<Side | undefined> {
  const title = vscode.l10n.t("Check “{0}” Against a Trust Store", plain(certificateTitle(client.certificate)));
  return pickSide({ title, placeHolder: vscode.l10n.t("Select the trust store, a bundle of CA certificates") }, tools);
}

/**
 * In a file with several leaves, or with CAs alone, the user must select the certificate of the client.
 */
async function clientOf(side: Side | undefined): Promise<Client | undefined> {
  if (side === undefined) return undefined;
  const all = certificatesIn(side.bundle);
  const among = clientsAmong(all);
  if (among.length === 0) {
    await say(noClientText(side.name), "warning");
    return undefined;
  }
  const certificate = among.length === 1 ? among[0] : await chooseCertificate(side.name, among);
  return certificate === undefined
    ? undefined
    : { name: side.name, uri: side.uri, certificate, presented: all.filter((other) => other !== certificate) };
}

async function chooseCertificate(name: string, among: readonly Certificate[]): Promise<Certificate | undefined> {
  const items = among.map((certificate) => ({
    label: iconless(certificateTitle(certificate)),
    description: validityInWords(certificate, new Date()),
    detail: iconless(subjectText(certificate.subject, certificate.der)),
    certificate,
  }));
  const picked = await pickOne(items, {
    title: vscode.l10n.t("Select the Client Certificate in “{0}”", plain(name)),
    matchOnDetail: true,
  });
  return picked?.certificate;
}

// --- the page

/** Asked again when one of the files changes, or for another time. */
function acceptanceSource(
  client: Client,
  store: Side,
  listener: NetworkListener | undefined,
  tools: AcceptanceTools,
): ContentSource {
  const name = vscode.l10n.t("{0} → {1}", shownName(certificateTitle(client.certificate)), shownName(store.name));
  const checker = new SignatureChecker();
  const files = [client.uri, store.uri, listener?.uri].filter((uri) => uri !== undefined);
  let asked: Date | undefined;
  let running: AbortController | undefined;
  let changed: ((wait: number) => void) | undefined;
  const now = async (uri: vscode.Uri | undefined): Promise<Content | undefined> =>
    uri === undefined ? undefined : contentOf(uri, tools.documents);
  return {
    name,
    uri: undefined,
    follow: (onChange) => {
      const restart = (wait: number): void => {
        running?.abort();
        onChange(wait);
      };
      changed = restart;
      return vscode.Disposable.from(...files.map((uri) => fileSource(uri, tools.documents).follow(restart)), {
        dispose: () => running?.abort(),
      });
    },
    chooseTime: async () => {
      const time = await chooseTime(asked);
      if (time === undefined) return;
      asked = time === "now" ? undefined : time;
      changed?.(0);
    },
    read: async () => {
      running?.abort();
      running = new AbortController();
      const { signal } = running;
      const [clientNow, storeNow] = await Promise.all([now(client.uri), now(store.uri)]);
      for (const content of [clientNow, storeNow]) if (content?.kind === "nothing") return content;
      const known = clientNow?.kind === "blocks" ? clientAgain(client, clientNow.facts.bundle) : client;
      if (known === undefined)
        return nothing(
          "warning",
          vscode.l10n.t(
            "“{0}” no longer contains the certificate that was checked. Run the check again with another certificate.",
            shownName(client.name),
          ),
        );
      const { bundle, encoding } =
        storeNow?.kind === "blocks" ? storeNow.facts : { bundle: store.bundle, encoding: "unknown" as const };
      const listenerIs = listener === undefined ? undefined : await listenerNow(listener);
      if (listener !== undefined && listenerIs === undefined)
        return nothing(
          "warning",
          vscode.l10n.t(
            "“{0}” no longer contains the listener whose filters were checked. Run the check again with another listener, or without filters.",
            shownName(fileName(listener.uri)),
          ),
        );
      const question: AcceptanceQuestion = {
        client: known.certificate,
        presented: known.presented,
        store: certificatesIn(bundle),
        at: asked ?? new Date(),
        filters: listenerIs?.filters,
      };
      const answer = await answerAcceptance(question, { checker, signal });
      const steps = answer && answersTo(answer, { bundle, encoding, at: question.at, checker, listener: listenerIs });
      const answers = steps && (await inSlices(() => steps.next(), { signal }));
      if (answer === undefined || answers === undefined)
        return nothing("info", vscode.l10n.t("The check was restarted."));
      const shown = allOf(answer).reduce((longest, one) => (one.path.length > longest.path.length ? one : longest));
      return {
        ...pageOf(name, [question.client, ...shown.path.map(({ certificate }) => certificate)]),
        ...hiddenNote([
          { name: client.name, bundle: clientNow?.kind === "blocks" ? clientNow.facts.bundle : undefined },
          { name: store.name, bundle },
        ]),
        acceptance: {
          question: questionText(question.client, store.name),
          at: askedAtText(question.at, asked === undefined),
          answers,
        },
      };
    },
  };
}

interface StoreAsked {
  readonly bundle: Bundle;
  readonly encoding: Encoding;
  readonly at: Date;
  readonly checker: SignatureChecker;
  readonly listener: NetworkListener | undefined;
}

/** What each service says, of the store itself too. */
function* answersTo(
  answer: AcceptanceAnswer,
  { bundle, encoding, at, checker, listener }: StoreAsked,
): Steps<AcceptanceAnswers["answers"]> {
  const outside = { fingerprint: sha256, encoding };
  const whose = listener === undefined ? [] : [listenerText(listener)];
  const answers: AcceptanceAnswers["answers"][number][] = [];
  for (const one of allOf(answer)) {
    const { target } = one;
    const faults = target === undefined ? soundStore : yield* storeFaults(bundle, target, at, checker, outside);
    answers.push(shownAnswer(one, faults, target === "nlb" ? filterTexts(one, answer.filters, whose) : []));
  }
  return answers;
}

function allOf({ rfc5280, byTarget }: AcceptanceAnswer): readonly Acceptance[] {
  return [rfc5280, ...targets.map((target) => byTarget[target])];
}

/** The same certificate, in what the file holds now. */
function clientAgain(client: Client, bundle: Bundle): Client | undefined {
  const all = certificatesIn(bundle);
  const certificate = all.find(({ der }) => Buffer.from(der).equals(client.certificate.der));
  return certificate === undefined
    ? undefined
    : { ...client, certificate, presented: all.filter((other) => other !== certificate) };
}

/** What is in the files, and was not looked at. */
function hiddenNote(
  sides: readonly { readonly name: string; readonly bundle: Bundle | undefined }[],
): { readonly note: Note } | undefined {
  const left = ignoredTexts(sides.flatMap(({ name, bundle }) => (bundle === undefined ? [] : [{ name, bundle }])));
  return left.length === 0 ? undefined : { note: { tone: "warning", text: left.join(" "), steps: [] } };
}

/** The certificates of the path, each once, the client's first. */
function pageOf(name: string, path: readonly Certificate[]): Extract<Content, { readonly kind: "blocks" }> {
  const text = [...new Set(path)].map(({ der }) => writePem("CERTIFICATE", der)).join("");
  const content = contentOfText(name, text);
  if (content.kind === "nothing") throw new Error("A path has certificates");
  return { ...content, places: "nowhere" };
}

/** @returns `now` where the field was emptied */
async function chooseTime(current: Date | undefined): Promise<Date | "now" | undefined> {
  const typed = await inputBox({
    title: vscode.l10n.t("Check at Another Time"),
    prompt: vscode.l10n.t(
      "Enter a date such as 2027-01-31, or a date and time (UTC) such as 2027-01-31 09:30. Leave empty for now.",
    ),
    value: current === undefined ? "" : timeText(current).replace(" UTC", ""),
    validateInput: (value) =>
      value.trim() === "" || readTime(value) !== undefined
        ? undefined
        : vscode.l10n.t("Enter a date such as 2027-01-31, or a date and time such as 2027-01-31 09:30."),
  });
  if (typed === undefined) return undefined;
  return typed.trim() === "" ? "now" : readTime(typed);
}

export function readTime(text: string): Date | undefined {
  const [, date, time = "00:00"] =
    /^\s*(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{2}:\d{2}))?\s*(?:(?:Z|UTC)\s*)?$/i.exec(text) ?? [];
  const at = date === undefined ? undefined : new Date(`${date}T${time}:00Z`);
  // The 31st of February would be another day.
  return at === undefined || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== date ? undefined : at;
}
