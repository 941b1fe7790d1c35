import * as vscode from "vscode";
import type { AcmText } from "../../account/acm-text.ts";
import type { Encoding } from "../../core/facts.ts";
import type { AcceptanceAnswers, Tone } from "../../core/messages/inspection/inspection.ts";
import { tell } from "../../core/messages/tell.ts";
import { certificateTitle, subjectText, validityInWords } from "../../core/messages/x509/describe.ts";
import { writePem } from "../../core/pem/blocks.ts";
import type { Acceptance, AcceptanceQuestion } from "../../core/truststore/acceptance.ts";
import { bundleFitness } from "../../core/truststore/fitness.ts";
import { storeReason } from "../../core/truststore/judgement.ts";
import { profiles, type Target, targets } from "../../core/truststore/targets.ts";
import type { Purpose } from "../../core/truststore/use.ts";
import { type Bundle, contentsOfPkcs7 } from "../../core/x509/bundle/bundle.ts";
import { isSelfSigned } from "../../core/x509/identity.ts";
import { type Certificate, isCertificateAuthority } from "../../core/x509/model.ts";
import type { SignatureVerdicts } from "../../core/x509/path/verdicts.ts";
import { answerAcceptance } from "../../platform/node/acceptance.ts";
import { SignatureChecker, sha256 } from "../../platform/node/crypto.ts";
import { type Content, contentOfText, nothing, shownName } from "../certificates/content.ts";
import { type ContentSource, contentOf, fileSource } from "../certificates/content-source.ts";
import { activeUri } from "../certificates/files.ts";
import { pickSide, type Side, sideOf, sideOfContent } from "../certificates/side-pick.ts";
import type { Documents } from "../documents/documents.ts";
import { plain, say } from "../editor/say.ts";

export interface AcceptanceTools {
  readonly documents: Documents;
  /** Shows what a source gives as a page. */
  show(source: ContentSource): void;
  chooseAcmCertificate(title: string): Promise<AcmText | undefined>;
  /** What a file is for, where its marker, a setting or a configuration says so. */
  purposeOf(uri: vscode.Uri, bundle: Bundle): Purpose;
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
    await say(
      vscode.l10n.t(
        "“{0}” contains no certificate. As a trust store, it would reject all clients.",
        shownName(store.name),
      ),
      "warning",
    );
    return;
  }
  tools.show(acceptanceSource(client, store, tools));
}

function certificatesIn({ pieces }: Bundle): Certificate[] {
  return pieces.flatMap((piece) =>
    [piece.content, ...contentsOfPkcs7(piece)].flatMap((content) =>
      content.kind === "certificate" ? [content.certificate] : [],
    ),
  );
}

// --- who is meant

/**
 * A set purpose counts; CAs alone are a trust store, and a file that begins with a leaf and has its CAs is a client.
 * Otherwise the user is asked.
 */
async function isTrustStore({ name, uri, bundle }: Side, { purposeOf }: AcceptanceTools): Promise<boolean | undefined> {
  const purpose = uri === undefined ? "unknown" : purposeOf(uri, bundle);
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
  const picked = await vscode.window.showQuickPick([{ label: client }, { label: store }], {
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
  const leaves = all.filter((certificate) => !isCertificateAuthority(certificate));
  const among = leaves.length > 0 ? leaves : all;
  if (among.length === 0) {
    await say(
      vscode.l10n.t("“{0}” contains no certificate, so there is no client to check.", shownName(side.name)),
      "warning",
    );
    return undefined;
  }
  const certificate = among.length === 1 ? among[0] : await chooseCertificate(side.name, among);
  return certificate === undefined
    ? undefined
    : { name: side.name, uri: side.uri, certificate, presented: all.filter((other) => other !== certificate) };
}

async function chooseCertificate(name: string, among: readonly Certificate[]): Promise<Certificate | undefined> {
  const items = among.map((certificate) => ({
    label: plain(certificateTitle(certificate)),
    description: validityInWords(certificate, new Date()),
    detail: plain(subjectText(certificate.subject, certificate.der)),
    certificate,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Select the Client Certificate in “{0}”", plain(name)),
    matchOnDetail: true,
  });
  return picked?.certificate;
}

// --- the page

/** Asked again when one of the files changes, or for another time. */
function acceptanceSource(client: Client, store: Side, tools: AcceptanceTools): ContentSource {
  const name = vscode.l10n.t("{0} → {1}", shownName(certificateTitle(client.certificate)), shownName(store.name));
  const checker = new SignatureChecker();
  const files = [client.uri, store.uri].filter((uri) => uri !== undefined);
  let asked: Date | undefined;
  let running: AbortController | undefined;
  let changed: ((wait: number) => void) | undefined;
  const now = async (uri: vscode.Uri | undefined): Promise<Content | undefined> =>
    uri === undefined ? undefined : contentOf(uri, tools.documents);
  return {
    name,
    uri: undefined,
    follow: (onChange) => {
      changed = onChange;
      return vscode.Disposable.from(...files.map((uri) => fileSource(uri, tools.documents).follow(onChange)), {
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
      const question: AcceptanceQuestion = {
        client: known.certificate,
        presented: known.presented,
        store: certificatesIn(bundle),
        at: asked ?? new Date(),
      };
      const answer = await answerAcceptance(question, { checker, signal: running.signal });
      if (answer === undefined) return nothing("info", vscode.l10n.t("The check was restarted."));
      const all = [answer.rfc5280, ...targets.map((target) => answer.byTarget[target])];
      const shown = all.reduce((longest, one) => (one.path.length > longest.path.length ? one : longest));
      return {
        ...pageOf(name, [question.client, ...shown.path.map(({ certificate }) => certificate)]),
        acceptance: {
          question: vscode.l10n.t(
            "Does the trust store “{1}” accept “{0}”?",
            certificateTitle(question.client),
            shownName(store.name),
          ),
          at:
            asked === undefined
              ? vscode.l10n.t("At the current time, {0}.", timeText(question.at))
              : vscode.l10n.t("At {0}.", timeText(question.at)),
          answers: all.map((one) =>
            shownAnswer(
              one,
              one.target === undefined ? [] : refusals(bundle, one.target, question.at, checker, encoding),
            ),
          ),
        },
      };
    },
  };
}

/** The same certificate, in what the file holds now. */
function clientAgain(client: Client, bundle: Bundle): Client | undefined {
  const all = certificatesIn(bundle);
  const certificate = all.find(({ der }) => Buffer.from(der).equals(client.certificate.der));
  return certificate === undefined
    ? undefined
    : { ...client, certificate, presented: all.filter((other) => other !== certificate) };
}

/** The certificates of the path, each once, the client's first. */
function pageOf(name: string, path: readonly Certificate[]): Extract<Content, { readonly kind: "blocks" }> {
  const text = [...new Set(path)].map(({ der }) => writePem("CERTIFICATE", der)).join("");
  const content = contentOfText(name, text);
  if (content.kind === "nothing") throw new Error("A path has certificates");
  return { ...content, places: "nowhere" };
}

/** Why a service does not take the bundle itself: then it accepts no client. */
function refusals(
  bundle: Bundle,
  target: Target,
  at: Date,
  signatures: SignatureVerdicts,
  encoding: Encoding,
): readonly string[] {
  const { verdict, judgements } = bundleFitness(bundle, target, at, signatures, { fingerprint: sha256, encoding });
  if (verdict !== "refused") return [];
  const unmet = judgements.filter(({ holds, severity }) => !holds && severity === "error");
  const texts = unmet.some(({ requirement }) => requirement === "text")
    ? [
        vscode.l10n.t(
          "{0} accepts no blank lines between certificates, and no text other than comments that start with # and contain no hyphen.",
          profiles[target].name,
        ),
      ]
    : [];
  return [
    ...unmet.flatMap((judgement) => (judgement.requirement === "text" ? [] : [tell(storeReason(judgement))])),
    ...texts,
  ];
}

/** More are for the editor to show, each at its place. */
const mostRefusals = 3;

function shownAnswer(
  { target, verdict, objections, path }: Acceptance,
  refused: readonly string[],
): AcceptanceAnswers["answers"][number] {
  const isLetIn = verdict === "accepted" || verdict === "undocumented";
  const depth = isLetIn
    ? [
        path.length === 1
          ? vscode.l10n.t("The certificate itself is in the trust store.")
          : vscode.l10n.t(
              "The certification path has {0} certificates, and all their signatures were verified.",
              path.length,
            ),
      ]
    : [];
  const name = target === undefined ? vscode.l10n.t("RFC 5280") : profiles[target].name;
  const isRefused = isLetIn && refused.length > 0;
  const more =
    refused.length > mostRefusals
      ? [vscode.l10n.t("More problems of this kind in the file: {0}.", refused.length - mostRefusals)]
      : [];
  return {
    name,
    tone: isRefused ? "warning" : tones[verdict],
    answer: isRefused ? vscode.l10n.t("Not until {0} accepts the bundle", name) : answerText(verdict, target),
    reasons: [
      ...depth,
      ...objections.map(({ reason }) => tell(reason)),
      ...unlessIgnored(target, objections),
      ...(isRefused ? [...refused.slice(0, mostRefusals), ...more] : []),
    ],
  };
}

const tones: Readonly<Record<Acceptance["verdict"], Tone>> = {
  accepted: "ok",
  undocumented: "warning",
  refused: "error",
  "gave-up": "info",
};

/** Two services can be told to let expired certificates in. */
function unlessIgnored(target: Target | undefined, objections: Acceptance["objections"]): readonly string[] {
  const refusing = objections.filter(({ weight }) => weight === "refuses");
  if (refusing.length === 0 || refusing.some(({ kind }) => kind !== "expired")) return [];
  if (target === "cloudfront")
    return [vscode.l10n.t("A distribution with IgnoreCertificateExpiry does not reject it for this reason.")];
  return target === "alb"
    ? [vscode.l10n.t("A listener with IgnoreClientCertificateExpiry does not reject it for this reason.")]
    : [];
}

function answerText(verdict: Acceptance["verdict"], target: Target | undefined): string {
  switch (verdict) {
    case "accepted":
      return vscode.l10n.t("Yes");
    case "undocumented":
      return target === undefined
        ? vscode.l10n.t("Implementations differ")
        : vscode.l10n.t("Accepted by RFC 5280; not documented by AWS");
    case "refused":
      return vscode.l10n.t("No");
    case "gave-up":
      return vscode.l10n.t("Undetermined");
  }
}

function timeText(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** @returns `now` where the field was emptied */
async function chooseTime(current: Date | undefined): Promise<Date | "now" | undefined> {
  const typed = await vscode.window.showInputBox({
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
  const [, date, time = "00:00"] = /^\s*(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{2}:\d{2}))?\s*(?:Z|UTC)?\s*$/i.exec(text) ?? [];
  const at = date === undefined ? undefined : new Date(`${date}T${time}:00Z`);
  // The 31st of February would be another day.
  return at === undefined || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== date ? undefined : at;
}
