import * as vscode from "vscode";
import type { Account } from "../../account/account.ts";
import { back } from "../../account/asking.ts";
import { certificatesRow } from "../../account/kinds/certificates.ts";
import { distributionsRow } from "../../account/kinds/distributions.ts";
import { type Likeness, likenesses } from "../../account/live/targets/distribution/likeness.ts";
import { toldText } from "../../account/live/told.ts";
import type { Elsewhere } from "../../account/live/ui.ts";
import { distributionName } from "../../account/model.ts";
import { certificateRegion } from "../../account/regions.ts";
import type { LiveDistribution } from "../../core/inventory.ts";
import type { CommandId } from "../../manifest.ts";
import { chooseCertificate } from "../authoring/certificate-picker.ts";
import { chooseOrigins } from "../authoring/origin-picker.ts";
import { fileName } from "../editor/files.ts";
import { type Log, logFault } from "../editor/log.ts";
import { drawable, newPick, pickOne, shown, shownAt } from "../editor/pick.ts";
import { iconless } from "../editor/plain.ts";
import type { Previews } from "../editor/preview.ts";
import { ask, confirm, say } from "../editor/say.ts";
import { ownRuleSettings } from "../editor/settings.ts";
import { writeNumbered } from "./config-file.ts";
import type { DraftFiles } from "./drafts/files.ts";
import type { ReviewPanels } from "./review-panels.ts";
import type { EditorUi } from "./ui.ts";

export interface EditorUiTools {
  readonly account: Account;
  readonly previews: Previews;
  readonly reviews: ReviewPanels;
  readonly drafts: DraftFiles;
  readonly log: Log;
}

/** Live changes in the editor: picks, comparisons, messages, progress. */
export function createEditorUi(tools: EditorUiTools): EditorUi {
  const { account, previews, reviews, log } = tools;
  const ui: EditorUi = {
    // It stays until the user closes it.
    say: async (message, severity) => {
      say(toldText(message), severity).catch((error: unknown) => logFault(log, "what was said", error));
    },
    ask: (message, answers, severity) => ask(toldText(message), answers, severity),
    confirm,
    offer: (message, { label, go }, severity) => {
      ask(toldText(message), [label], severity)
        .then((answer) => (answer === label ? go() : undefined))
        .catch((error: unknown) => logFault(log, "what was offered", error));
      // What is said can be closed by the user alone.
      return () => {};
    },
    review: (review) => reviews.open(review),
    follow: (review) => reviews.follow(review),
    pageOf: (review) => reviews.pageOf(review),
    compare: async (title, path, left, right) => {
      await previews.show(title, path, left, right);
    },
    choose: async ({ title, placeholder, items }) => {
      const pick = newPick<(typeof items)[number] & vscode.QuickPickItem>(title, placeholder);
      pick.ignoreFocusOut = true;
      pick.matchOnDescription = true;
      pick.items = drawable(items);
      return shown(pick, () => pick.selectedItems[0]?.value);
    },
    chooseDistribution: (title, of, likeness, chosen) =>
      chooseDistribution({ title, of, likeness, chosen }, account, log),
    chooseOrigins: async ({ aimed, ...question }) => {
      const target = aimed === undefined ? undefined : { id: aimed, index: -1 };
      const keys = await chooseOrigins({ ...question, target });
      if (keys === undefined || keys === back) return keys;
      const { origins } = question.distribution;
      return keys.flatMap((key) => (typeof key === "string" ? key : (origins[key]?.id ?? [])));
    },
    chooseCertificate: (question) => {
      const { identity } = account;
      const region = certificateRegion(identity);
      account.whole(certificatesRow(region)).catch((error: unknown) => logFault(log, "certificates", error));
      const uri = tools.drafts.uriOf({ account: identity?.account ?? "0", id: "CONFIG" });
      return chooseCertificate(
        { ...question, uri, rules: ownRuleSettings() },
        { log, inventories: account, isLoading: () => account.certificates(region).state === "loading" },
      );
    },
    // The page of the change and the status bar show it.
    progress: (_, work) => work(() => {}, new AbortController().signal),
    openText: async (language, text) => {
      const known = (await vscode.languages.getLanguages()).includes(language) ? language : "plaintext";
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: known, content: text }));
    },
    copy: async (text) => vscode.env.clipboard.writeText(text),
    chooseTarget: async (name) => {
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
      return vscode.window.showSaveDialog({
        ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
        filters: { JSON: ["json"] },
        title: vscode.l10n.t("Save Configuration as File"),
      });
    },
    chooseSource: (title) => chooseConfigFile(title),
    writeFiles: (name, texts) => writeNumbered(name, texts, ui),
    leaveFor,
  };
  return ui;
}

// --- elsewhere

const changes: ReadonlyMap<string, CommandId> = new Map([
  ["enable", "mtls.enableOriginMtls"],
  ["disable", "mtls.disableOriginMtls"],
  ["change-certificate", "mtls.changeClientCertificate"],
]);

/** Runs the command that an answer means. */
export async function leaveFor(where: Elsewhere): Promise<void> {
  const command: CommandId | undefined =
    where.to === "profiles"
      ? "mtls.selectProfile"
      : where.to === "config"
        ? "mtls.openDistributionConfig"
        : changes.get(where.deed);
  if (command === undefined) throw new Error("No command does what was offered");
  await vscode.commands.executeCommand(command, ...(where.to === "profiles" ? [] : [where.resource]));
}

// --- which distribution

type DistributionItem = vscode.QuickPickItem & { readonly distribution?: LiveDistribution };

interface DistributionQuestion {
  readonly title: string;
  readonly of: number | undefined;
  readonly likeness: ((distribution: LiveDistribution) => Likeness | undefined) | undefined;
  readonly chosen: string | undefined;
}

async function chooseDistribution(
  { title, of = 1, likeness, chosen }: DistributionQuestion,
  account: Account,
  log: Log,
): Promise<LiveDistribution | undefined> {
  const pick = newPick<DistributionItem>(title, vscode.l10n.t("Select a distribution by name, ID, or comment"));
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  let wanted = chosen;
  /** A list that is still loaded grows. */
  let drawn: { readonly items: readonly LiveDistribution[]; readonly count: number } | undefined;
  const draw = () => {
    const { items, state, failure } = account.distributions();
    pick.busy = state === "loading";
    const active = wanted ?? pick.activeItems[0]?.distribution?.id;
    if (items.length === 0 && state !== "loading") {
      pick.items = drawable([
        {
          label:
            failure === undefined
              ? vscode.l10n.t("$(info) The account has no distributions")
              : `$(error) ${failure.message}`,
          alwaysShow: true,
        },
      ]);
    } else if (drawn?.items !== items || drawn.count !== items.length) {
      pick.keepScrollPosition = drawn !== undefined;
      pick.items = drawable(likeness === undefined ? items.map(itemOf) : likelyFirst(items, likeness));
      const same = pick.items.find(({ distribution }) => distribution?.id === active);
      if (active !== undefined && same !== undefined) {
        pick.activeItems = [same];
        wanted = undefined;
      } else if (likeness !== undefined && pick.value === "" && !isOneLikely(items, likeness)) pick.activeItems = [];
    }
    drawn = { items, count: items.length };
  };
  draw();
  const following = account.onDidChange(draw);
  account
    .whole(distributionsRow)
    .then(draw)
    .catch((error: unknown) => logFault(log, "distributions", error));
  pick.busy = true;
  const place = { step: 1, of, canGoBack: false };
  const answer = await shownAt(pick, place, () => pick.selectedItems[0]?.distribution);
  following.dispose();
  return answer === back ? undefined : answer;
}

/** Nothing is selected beforehand of several that are as likely, or where none is. */
function isOneLikely(
  distributions: readonly LiveDistribution[],
  likeness: (distribution: LiveDistribution) => Likeness | undefined,
): boolean {
  const found = distributions.map(likeness);
  const best = likenesses.find((like) => found.includes(like));
  return best !== undefined && found.indexOf(best) === found.lastIndexOf(best);
}

/** Without a likely one there is nothing to tell apart. */
function likelyFirst(
  distributions: readonly LiveDistribution[],
  likeness: (distribution: LiveDistribution) => Likeness | undefined,
): DistributionItem[] {
  const found = distributions.map((distribution) => ({ distribution, like: likeness(distribution) }));
  const section = (label: string, like: Likeness | undefined): DistributionItem[] => {
    const items = found.filter((one) => one.like === like).map(({ distribution }) => itemOf(distribution));
    return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
  };
  const likely = likenesses.flatMap((like) => section(likenessText(like), like));
  return likely.length === 0
    ? distributions.map(itemOf)
    : [...likely, ...section(vscode.l10n.t("other distributions"), undefined)];
}

function likenessText(likeness: Likeness): string {
  switch (likeness) {
    case "named":
      return vscode.l10n.t("named in the file");
    case "aliases":
      return vscode.l10n.t("has an alternate domain name in the file");
    case "origins":
      return vscode.l10n.t("has the origins in the file");
  }
}

function itemOf(distribution: LiveDistribution): DistributionItem {
  const { id, aliases, domainName, comment, status, origins } = distribution;
  const name = distributionName(distribution);
  const on = origins.filter(({ clientCertificate }) => clientCertificate !== undefined).length;
  const mtls =
    on === 0 ? vscode.l10n.t("origin mTLS off") : vscode.l10n.t("origin mTLS on for {0} of {1}", on, origins.length);
  const names = [...aliases, domainName].filter((one) => one !== name);
  const said = [comment.trim(), mtls, ...(status === "Deployed" ? [] : [status]), ...names];
  return {
    label: iconless(name),
    description: id,
    detail: iconless(said.filter((one) => one !== "" && one !== name).join(" · ")),
    distribution,
  };
}

// --- which file

async function chooseConfigFile(title: string): Promise<vscode.Uri | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  const open = vscode.workspace.textDocuments.filter(
    ({ languageId, uri }) =>
      (languageId === "json" || languageId === "jsonc") &&
      (uri.scheme === "untitled" || vscode.workspace.fs.isWritableFileSystem(uri.scheme) === true),
  );
  const ordered = [...open].sort((a, b) => Number(b === active) - Number(a === active));
  const items: (vscode.QuickPickItem & { readonly uri?: vscode.Uri })[] = [
    ...ordered.map(({ uri }) => ({
      label: `$(json) ${fileName(uri)}`,
      description: vscode.workspace.asRelativePath(uri),
      uri,
    })),
    { label: vscode.l10n.t("$(folder-opened) Select a file…"), alwaysShow: true },
  ];
  if (items.length > 1) {
    const chosen = await pickOne(items, {
      title,
      placeHolder: vscode.l10n.t("Select a file to compare with"),
      matchOnDescription: true,
      ignoreFocusOut: true,
    });
    if (chosen === undefined || chosen.uri !== undefined) return chosen?.uri;
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showOpenDialog({
    title,
    canSelectMany: false,
    filters: { JSON: ["json", "jsonc"] },
    ...(folder === undefined ? {} : { defaultUri: folder }),
  });
  return chosen?.[0];
}
