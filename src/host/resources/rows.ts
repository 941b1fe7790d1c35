import * as vscode from "vscode";
import {
  certificateWords,
  clientCertificateWords,
  explainAcmCertificate,
  groupWords,
  otherUserWords,
  type Uses,
  viewerCertificateWords,
} from "../../account/certificate-words.ts";
import {
  behaviorWords,
  distributionWords,
  explainDistribution,
  explainOrigin,
  originWords,
  userWords,
} from "../../account/distribution-words.ts";
import { explainFailure, failureLabel, failureWords, remedyFor, remedyWords } from "../../account/failure-words.ts";
import type { Judged, JudgedDistribution, JudgedOrigin } from "../../account/judged.ts";
import type { List, Listing } from "../../account/listing.ts";
import { type Asked, behaviorsOf, isAgainstMtls, type ResourcesModel } from "../../account/model.ts";
import { type Branch, keyOf, type Row } from "../../account/row.ts";
import { count, countOf, type Icon, spoken, type Words } from "../../account/row-words.ts";
import { isAbsent } from "../../core/acm/origin-state.ts";
import { clientCertificateRegion } from "../../core/cloudfront/vocabulary.ts";
import type { Explanation } from "../../core/dialect/assist.ts";
import type { Failure } from "../../core/failure.ts";
import type { AccountCommandId } from "../../manifest.ts";
import { render } from "../editor/markdown.ts";
import type { Account } from "../session/account.ts";

/** What rows are made from. */
export interface RowSources {
  readonly account: Account;
  readonly model: ResourcesModel;
  readonly asked: () => Asked;
  /** How many rows of a level are shown, and how many there are. */
  readonly extent: (branch: Branch) => { readonly shown: number; readonly of: number };
}

/** Fewer are opened at once while a filter is on. */
const mostOpened = 20;

export function itemOf(row: Row, sources: RowSources): vscode.TreeItem {
  const isFiltered = sources.asked().filter.length > 0;
  const item = bareItem(row, sources, isFiltered);
  // What is open with a filter is another matter than what is open without.
  item.id = `${isFiltered ? "filtered " : ""}${keyOf(row)}`;
  return item;
}

const { None: leaf, Collapsed: closed, Expanded: open } = vscode.TreeItemCollapsibleState;

function bareItem(row: Row, sources: RowSources, isFiltered: boolean): vscode.TreeItem {
  const { account, model } = sources;
  const { now } = sources.asked();
  switch (row.kind) {
    case "certificates":
      return listItem(
        row,
        certificatesWords(row.region, sources, isFiltered),
        row.region === clientCertificateRegion.get(account.identity?.partition ?? "") || isFiltered,
      );
    case "distributions":
      return listItem(row, distributionsWords(sources, isFiltered), true);
    case "group": {
      const isOnly = model.group(row.region, row.group).length === model.certificates(row.region).items.length;
      return made(
        groupWords(row.group, model.group(row.region, row.group).length),
        row.group !== "unfit" || isOnly || isFiltered ? open : closed,
        "group",
      );
    }
    case "certificate": {
      const certificate = account.current()?.certificates.get(row.arn);
      if (certificate === undefined) return gone(row.arn);
      const uses = usesOf(row.arn, model);
      const mayBeUsed =
        uses.origins.length > 0 ||
        uses.viewers.length > 0 ||
        (certificate.details === undefined ? certificate.inUse !== false : certificate.details.inUseBy.length > 0);
      return made(certificateWords(model.judge(certificate), uses, now), mayBeUsed ? closed : leaf, "certificate");
    }
    case "distribution": {
      const judged = judgedDistribution(row.id, sources);
      if (judged === undefined) return gone(row.id);
      const isOpen = isFiltered && model.distributions().items.length <= mostOpened;
      return made(distributionWords(judged), isOpen ? open : closed, "distribution");
    }
    case "origin": {
      const judged = judgedOrigin(row, sources);
      if (judged === undefined) return gone(row.origin);
      const hasChildren =
        judged.origin.origin.clientCertificate !== undefined ||
        behaviorsOf(judged.origin.origin, judged.distribution.distribution).length > 0;
      return made(originWords(judged.origin, now), hasChildren ? closed : leaf, originContext(judged.origin));
    }
    case "behavior": {
      const judged = judgedOrigin(row, sources);
      const found =
        judged === undefined
          ? undefined
          : behaviorsOf(judged.origin.origin, judged.distribution.distribution).find(
              ({ index }) => index === row.index,
            );
      if (judged === undefined || found === undefined) return gone(row.origin);
      const isOn = judged.origin.origin.clientCertificate !== undefined;
      const isAgainst = isAgainstMtls(found.behavior) && judged.origin.origin.kind === "custom";
      return made(behaviorWords(found.behavior, found.group, isAgainst, isOn), leaf, "behavior");
    }
    case "client-certificate": {
      const inventory = account.current();
      return link(
        clientCertificateWords(
          row.arn,
          judgedCertificate(row.arn, sources),
          inventory !== undefined && isAbsent(row.arn, inventory),
          now,
        ),
        row,
        "link.certificate",
      );
    }
    case "viewer-certificate":
      return link(viewerCertificateWords(row.arn, judgedCertificate(row.arn, sources), now), row, "link.certificate");
    case "user": {
      const { distribution: id, origin } = row;
      if (origin === undefined) {
        const judged = judgedDistribution(id, sources);
        return judged === undefined ? gone(id) : link(userWords(judged, undefined, now), row, "link.distribution");
      }
      const judged = judgedOrigin({ distribution: id, origin }, sources);
      return judged === undefined
        ? gone(id)
        : link(userWords(judged.distribution, judged.origin, now), row, "link.origin");
    }
    case "other-user":
      return made(otherUserWords(row.user), leaf, "resource");
    case "placeholder":
      return placeholder(placeholderText(row.in, sources, isFiltered));
    case "failure": {
      const failure = failureOf(row, account);
      if (failure === undefined) return gone("");
      const item = made(failureWords(failure), leaf, `failure.${failure.failure}`);
      item.command = {
        command: "mtls.mendFailure" satisfies AccountCommandId,
        title: remedyWords(remedyFor(failure), failure),
        arguments: [row],
      };
      return item;
    }
    case "more":
      return moreItem(row, sources);
  }
}

function made(
  { label, description, icon, ...words }: Words,
  state: vscode.TreeItemCollapsibleState,
  context: string,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label, state);
  item.description = description;
  item.iconPath = themeIcon(icon);
  item.contextValue = context;
  item.accessibilityInformation = { label: spoken({ label, description, icon, ...words }) };
  return item;
}

function themeIcon({ id, colour }: Icon): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, colour === undefined ? undefined : new vscode.ThemeColor(colour));
}

function listItem(row: List, words: Words, isOpen: boolean): vscode.TreeItem {
  return made(words, isOpen ? open : closed, row.kind);
}

/** A row that leads to another one. */
function link(words: Words, row: Row, context: string): vscode.TreeItem {
  const item = made(words, leaf, context);
  item.command = {
    command: "mtls.goToResource" satisfies AccountCommandId,
    title: vscode.l10n.t("Go to Resource"),
    arguments: [row],
  };
  item.accessibilityInformation = { label: vscode.l10n.t("{0}, leads to its place in the tree", spoken(words)) };
  return item;
}

function placeholder(text: string): vscode.TreeItem {
  const item = new vscode.TreeItem("", leaf);
  item.description = text;
  item.contextValue = "placeholder";
  item.accessibilityInformation = { label: text };
  return item;
}

/** What is not there any more is about to go from the tree, too. */
function gone(name: string): vscode.TreeItem {
  return new vscode.TreeItem(name, leaf);
}

function moreItem(row: Row & { readonly kind: "more" }, { account, extent }: RowSources): vscode.TreeItem {
  const { shown, of } = extent(row.in);
  const label = shown < of ? vscode.l10n.t("Show more") : vscode.l10n.t("Load more");
  const description =
    shown < of
      ? vscode.l10n.t("{0} of {1} are shown", count(shown), count(of))
      : vscode.l10n.t(
          "stopped after {0}",
          count(row.in.kind === "group" ? of : listingOf(row.in, account).items.length),
        );
  const item = made({ kind: vscode.l10n.t("More"), label, description, icon: { id: "ellipsis" } }, leaf, "more");
  item.command = { command: "mtls.loadMore" satisfies AccountCommandId, title: label, arguments: [row] };
  return item;
}

// --- what the lists say

export function listingOf(list: List, account: Account): Listing<unknown> {
  return list.kind === "distributions" ? account.distributions() : account.certificates(list.region);
}

export function failureOf(row: Row & { readonly kind: "failure" }, account: Account): Failure | undefined {
  if (row.in !== undefined) return listingOf(row.in, account).failure;
  const { state } = account.session;
  return state.kind === "failed" ? state.failure : undefined;
}

function certificatesWords(region: string, { account, model }: RowSources, isFiltered: boolean): Words {
  const { items, of } = model.certificates(region);
  return {
    kind: vscode.l10n.t("List"),
    label: vscode.l10n.t("Certificates in {0}", region),
    description: listDescription({ kind: "certificates", region }, countOf(items.length, of, isFiltered), account),
    icon: { id: "key" },
  };
}

function distributionsWords({ account, model }: RowSources, isFiltered: boolean): Words {
  const { items, of } = model.distributions();
  return {
    kind: vscode.l10n.t("List"),
    label: vscode.l10n.t("Distributions"),
    description: listDescription({ kind: "distributions" }, countOf(items.length, of, isFiltered), account),
    icon: { id: "globe" },
  };
}

function listDescription(list: List, counted: string, account: Account): string {
  const { state, failure, items } = listingOf(list, account);
  if (state === "loading") {
    const so = account.count(list);
    const loading = so === 0 ? vscode.l10n.t("loading…") : vscode.l10n.t("loading… {0}", count(so));
    return account.isSlowedDown ? vscode.l10n.t("{0}; AWS asks to slow down", loading) : loading;
  }
  if (failure !== undefined && items.length === 0) return failureLabel(failure);
  // All of them, but not the latest.
  if (failure !== undefined && state === "complete")
    return vscode.l10n.t("{0}, not refreshed: {1}", counted, failureLabel(failure));
  if (failure !== undefined) return vscode.l10n.t("{0}, then: {1}", counted, failureLabel(failure));
  if (state === "stopped") return vscode.l10n.t("{0}, stopped", counted);
  return state === "idle" ? "" : counted;
}

function placeholderText(branch: Branch, { account, model }: RowSources, isFiltered: boolean): string {
  switch (branch.kind) {
    case "certificates": {
      const { state } = listingOf(branch, account);
      if (isFiltered && model.certificates(branch.region).of > 0)
        return vscode.l10n.t("None of {0} certificates fits the filter", count(model.certificates(branch.region).of));
      return state === "loading" ? vscode.l10n.t("Loading…") : vscode.l10n.t("No certificates in {0}", branch.region);
    }
    case "distributions": {
      const { state } = listingOf(branch, account);
      if (isFiltered && model.distributions().of > 0)
        return vscode.l10n.t("None of {0} distributions fits the filter", count(model.distributions().of));
      return state === "loading" ? vscode.l10n.t("Loading…") : vscode.l10n.t("No distributions in this account");
    }
    case "certificate":
      return usedElsewhere(branch.arn, account);
    case "distribution":
      return vscode.l10n.t("No origins");
    case "origin":
    case "group":
      return vscode.l10n.t("Nothing to show");
  }
}

function usedElsewhere(arn: string, account: Account): string {
  const certificate = account.current()?.certificates.get(arn);
  const failure = account.detailsFailure(arn);
  if (certificate?.details === undefined)
    return failure === undefined
      ? vscode.l10n.t("Asking what uses it…")
      : vscode.l10n.t("What uses it is not known: {0}", failureLabel(failure));
  return vscode.l10n.t("Nothing uses it");
}

// --- what rows stand for

export function usesOf(arn: string, model: ResourcesModel): Uses {
  return { origins: model.users(arn), viewers: model.viewers(arn) };
}

function judgedCertificate(arn: string, { account, model }: RowSources): Judged | undefined {
  const certificate = account.current()?.certificates.get(arn);
  return certificate === undefined ? undefined : model.judge(certificate);
}

function judgedDistribution(id: string, { account, model }: RowSources): JudgedDistribution | undefined {
  const distribution = account.current()?.distributions.get(id);
  return distribution === undefined ? undefined : model.judgeDistribution(distribution);
}

function judgedOrigin(
  row: { readonly distribution: string; readonly origin: string },
  sources: RowSources,
): { readonly distribution: JudgedDistribution; readonly origin: JudgedOrigin } | undefined {
  const distribution = judgedDistribution(row.distribution, sources);
  const origin = distribution?.origins.find(({ origin: { id } }) => id === row.origin);
  return distribution === undefined || origin === undefined ? undefined : { distribution, origin };
}

/** As the conditions of the menus have it: whatever is on can be changed and turned off. */
function originContext({ state }: JudgedOrigin): string {
  switch (state.state) {
    case "on":
    case "off":
    case "cannot":
      return `origin.${state.state}`;
    case "broken":
    case "unverified":
      return `origin.on.${state.state}`;
  }
}

/** What is only worked out for the row that somebody points at. */
export function tooltipOf(row: Row, sources: RowSources): vscode.MarkdownString | undefined {
  const explanation = explain(row, sources);
  return explanation === undefined ? undefined : render(explanation);
}

function explain(row: Row, sources: RowSources): Explanation | undefined {
  const { account, model } = sources;
  const { now } = sources.asked();
  switch (row.kind) {
    case "certificate":
    case "client-certificate":
    case "viewer-certificate": {
      const judged = judgedCertificate(row.arn, sources);
      return judged === undefined
        ? { title: row.arn, text: [], facts: [], link: undefined }
        : explainAcmCertificate(judged, usesOf(row.arn, model), account.detailsFailure(row.arn), now);
    }
    case "distribution":
    case "user": {
      const judged = judgedDistribution(row.kind === "user" ? row.distribution : row.id, sources);
      return judged === undefined ? undefined : explainDistribution(judged);
    }
    case "origin": {
      const judged = judgedOrigin(row, sources);
      const arn = judged?.origin.origin.clientCertificate;
      return judged === undefined
        ? undefined
        : explainOrigin(judged.origin, arn === undefined ? undefined : judgedCertificate(arn, sources), now);
    }
    case "other-user":
      return { title: row.user, text: [], facts: [], link: undefined };
    case "failure": {
      const failure = failureOf(row, account);
      return failure === undefined
        ? undefined
        : explainFailure(failure, row.in !== undefined && listingOf(row.in, account).items.length > 0);
    }
    default:
      return undefined;
  }
}
