import * as vscode from "vscode";
import { shownName } from "../../core/messages/content.ts";
import { certificateTitle, nameTitle, shown, subjectText, validityInWords } from "../../core/messages/x509/describe.ts";
import { certificateText, requestText } from "../../core/messages/x509/plain-text.ts";
import { contentsInside, type Content as PieceContent } from "../../core/x509/bundle/bundle.ts";
import { sha256 } from "../../platform/node/crypto.ts";
import { pickSide, type Side, sideOf } from "../certificates/side-pick.ts";
import type { Documents } from "../documents/documents.ts";
import { pickOne } from "../editor/pick.ts";
import { iconless, plain } from "../editor/plain.ts";
import type { Previews } from "../editor/preview.ts";
import { say } from "../editor/say.ts";

export interface CompareTools {
  readonly documents: Documents;
  readonly previews: Previews;
}

/** From the explorer, with one file or two; from the palette, with the active one. */
export async function compareFiles(uris: readonly vscode.Uri[], tools: CompareTools): Promise<void> {
  if (uris.length > 2) {
    await say(vscode.l10n.t("Select one or two files to compare."));
    return;
  }
  const [first, second] = uris;
  const left = first === undefined ? await chooseSide(undefined, tools) : await sideOf(first, tools);
  const right = left === undefined || second === undefined ? undefined : await sideOf(second, tools);
  // What cannot be read was said.
  if (left === undefined || (second !== undefined && right === undefined)) return;
  await compareWith(left, tools, right);
}

/** Asks for the other side, unless it is known, and shows both in the diff editor. */
export async function compareWith(left: Side, tools: CompareTools, known?: Side): Promise<void> {
  if ((await entriesToCompare(left)) === undefined) return;
  const other = known ?? (await chooseSide(left, tools));
  const right = other === undefined ? undefined : await sameKind(left, other);
  if (right === undefined || (await entriesToCompare(right)) === undefined) return;
  const texts = comparedTexts(left, right);
  const [leftTitle, rightTitle] = [titleOf(left), titleOf(right)];
  if (texts.left === texts.right) {
    await say(vscode.l10n.t("No differences: “{0}” and “{1}” have the same contents.", leftTitle, rightTitle));
    return;
  }
  const preview = await tools.previews.show(
    `${leftTitle} ↔ ${rightTitle}`,
    "/certificates.txt",
    texts.left,
    texts.right,
  );
  closeWithItsTab(preview.close);
}

/** The texts are held for as long as the comparison is open. */
function closeWithItsTab(close: () => Promise<void>): void {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  const following = vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
    if (tab === undefined || !closed.includes(tab)) return;
    following.dispose();
    void close();
  });
}

// --- what a side says

interface Entry {
  /** As the inspector calls its card. */
  readonly id: string;
  readonly title: string;
  readonly validity: string;
  /** What tells which of two files' certificates belong together. */
  readonly subject: string;
  readonly order: readonly string[];
  readonly text: () => string;
}

function entriesOf({ bundle, card }: Side): Entry[] {
  const all = bundle.pieces.flatMap((piece, index) => {
    const inside = contentsInside(piece);
    return inside.length > 0
      ? inside.flatMap((content, place) => entryOf(content, `${index}.${place}`))
      : entryOf(piece.content, String(index));
  });
  return card === undefined ? all : all.filter(({ id }) => id === card);
}

function entryOf(content: PieceContent, id: string): Entry[] {
  if (content.kind === "certificate") {
    const { certificate } = content;
    const { subject, issuer, der, notBefore, serial } = certificate;
    const name = subjectText(subject, der);
    const order = [
      name,
      subjectText(issuer, der),
      notBefore.at === undefined ? "" : new Date(notBefore.at).toISOString(),
      serial,
    ];
    return [
      {
        id,
        title: certificateTitle(certificate),
        validity: validityInWords(certificate, new Date()),
        subject: name,
        order,
        text: () => certificateText(certificate, sha256(der)),
      },
    ];
  }
  if (content.kind === "request") {
    const { request } = content;
    const subject = subjectText(request.subject, request.der);
    const title = nameTitle(request.subject, request.der) || vscode.l10n.t("Certificate request");
    return [
      {
        id,
        title,
        validity: vscode.l10n.t("certificate request"),
        subject,
        order: [subject],
        text: () => requestText(request),
      },
    ];
  }
  return [];
}

/** Blocks of which nothing but the label is known. */
function unreadIn({ bundle, card }: Side): string[] {
  if (card !== undefined) return [];
  return bundle.pieces.flatMap((piece) => {
    const isRead =
      piece.content.kind === "certificate" || piece.content.kind === "request" || contentsInside(piece).length > 0;
    return isRead ? [] : [shown(piece.block.label, 100)];
  });
}

/**
 * Two single certificates as they are. Of files each certificate stands where its subject puts it: what both have
 * meets, a renewed one stands beside the one it replaces, and a file that was only rearranged shows no difference.
 */
export function comparedTexts(left: Side, right: Side): { readonly left: string; readonly right: string } {
  const [a, b] = [entriesOf(left), entriesOf(right)];
  const isPair = a.length === 1 && b.length === 1 && unreadIn(left).length + unreadIn(right).length === 0;
  const text = (side: Side, entries: readonly Entry[]) =>
    isPair ? entries.map((entry) => entry.text()).join("") : sortedText(entries, unreadIn(side));
  return { left: text(left, a), right: text(right, b) };
}

function sortedText(entries: readonly Entry[], unread: readonly string[]): string {
  const sorted = entries.toSorted((a, b) => compareLists(a.order, b.order));
  return [
    `${vscode.l10n.t("{0} in this file, sorted by subject: the order in the file does not matter here", entries.length)}\n`,
    ...sorted.map((entry) => entry.text()),
    ...(unread.length === 0 ? [] : [`${vscode.l10n.t("Not compared: {0}", unread.toSorted().join(", "))}\n`]),
  ].join("\n");
}

/** By code points: the same in every language. */
function compareLists(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [one = "", other = ""] = [a[at], b[at]];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

function titleOf(side: Side): string {
  const [entry] = side.card === undefined ? [] : entriesOf(side);
  return entry === undefined ? side.name : vscode.l10n.t("{0} in {1}", entry.title, side.name);
}

async function entriesToCompare(side: Side): Promise<readonly Entry[] | undefined> {
  const entries = entriesOf(side);
  if (entries.length > 0) return entries;
  await say(vscode.l10n.t("“{0}” contains no certificates to compare.", shownName(side.name)));
  return undefined;
}

// --- the other side

/** @param left what it is compared with; `undefined`: this is the first side */
async function chooseSide(left: Side | undefined, tools: CompareTools): Promise<Side | undefined> {
  const siblings =
    left?.card === undefined
      ? []
      : entriesOf({ ...left, card: undefined })
          .filter(({ id }) => id !== left.card)
          .map((entry) => ({ ...itemOf(entry), take: () => Promise.resolve({ ...left, card: entry.id }) }));
  const title =
    left === undefined
      ? vscode.l10n.t("Compare Certificates: Select First Side")
      : vscode.l10n.t("Compare “{0}” With", plain(titleOf(left)));
  return pickSide(
    {
      title,
      placeHolder: vscode.l10n.t("Select a file of certificates"),
      without: left?.uri,
      first: [{ label: vscode.l10n.t("In the same file"), items: siblings }],
    },
    tools,
  );
}

/** One certificate is compared with one: in a file with several, the user must select it. */
async function sameKind(left: Side, right: Side): Promise<Side | undefined> {
  if (left.card === undefined || right.card !== undefined) return right;
  const [wanted] = entriesOf(left);
  const entries = entriesOf(right);
  if (entries.length < 2) return right;
  const isAlike = ({ subject }: Entry) => subject === wanted?.subject;
  const sorted = [...entries.filter(isAlike), ...entries.filter((entry) => !isAlike(entry))];
  const items = sorted.map((entry) => ({ ...itemOf(entry), entry }));
  const picked = await pickOne(items, {
    title: vscode.l10n.t("Select a Certificate in “{0}”", plain(right.name)),
    matchOnDetail: true,
  });
  return picked === undefined ? undefined : { ...right, card: picked.entry.id };
}

function itemOf({ title, validity, subject }: Entry): vscode.QuickPickItem {
  return { label: iconless(title), description: validity, detail: iconless(subject) };
}
