import * as vscode from "vscode";
import { certificateGroups } from "../../account/judged.ts";
import type { AccountChange, List } from "../../account/listing.ts";
import { type Asked, behaviorsOf, type ResourcesModel } from "../../account/model.ts";
import type { Resource } from "../../account/resource.ts";
import type { Branch, Row } from "../../account/row.ts";
import { keyOf } from "../../account/row.ts";
import { type Failure, isFailure } from "../../core/failure.ts";
import { type Log, logFault } from "../editor/log.ts";
import type { Account } from "../session/account.ts";
import { itemOf, listingOf, type RowSources, tooltipOf, usesOf } from "./rows.ts";

export interface TreeTools {
  readonly account: Account;
  readonly model: ResourcesModel;
  readonly asked: () => Asked;
  /** Of which certificates are shown. */
  readonly regions: () => readonly string[];
  readonly log: Log;
}

/** A level has no more rows at once: each costs the editor something, seen or not. */
const mostRows = 500;
/** Of a group that is opened, about what fits on a screen is looked at closely. */
const mostLookedAt = 30;
/** From here on a list is drawn anew as a whole, rather than row by row. */
const manyRows = 20;

/** Who has no profile and no credentials at all is shown how to begin. */
function isForBeginners({ failure, command }: Failure, profile: string | undefined): boolean {
  return failure === "signed-out" && command === undefined && profile === undefined;
}

/** The rows of the view: made when their level is opened, drawn again where something else became known. */
export class ResourcesTree implements vscode.Disposable {
  readonly #tools: TreeTools;
  readonly #sources: RowSources;
  readonly #changed = new vscode.EventEmitter<Row | Row[] | undefined>();
  readonly #subscription: vscode.Disposable;
  /** The editor knows rows by identity. */
  #rows = new Map<string, Row>();
  /** Of levels with more rows than are shown at first. */
  #shown = new Map<string, number>();
  /** In which group a certificate was last shown, and with what it was put in its place there. */
  #places = new Map<string, string>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(tools: TreeTools) {
    this.#tools = tools;
    this.#sources = { ...tools, extent: (branch) => ({ shown: this.#mostOf(branch), of: this.#sizeOf(branch) }) };
    this.#subscription = tools.account.onDidLearn((change) => this.#follow(change));
  }

  /** Draws everything anew. */
  refresh(): void {
    this.#changed.fire(undefined);
  }

  /** Draws a row anew, with what is below it. */
  draw(row: Row): void {
    this.#changed.fire(this.#row(row));
  }

  showMore(branch: Branch): boolean {
    if (this.#mostOf(branch) >= this.#sizeOf(branch)) return false;
    this.#shown.set(keyOf(branch), this.#mostOf(branch) + mostRows);
    this.draw(branch);
    return true;
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return itemOf(row, this.#sources);
  }

  resolveTreeItem(item: vscode.TreeItem, row: Row): vscode.TreeItem {
    if (row.kind === "certificate" || row.kind === "client-certificate") this.#tools.account.wanted([row.arn]);
    const tooltip = tooltipOf(row, this.#sources);
    if (tooltip !== undefined) item.tooltip = tooltip;
    return item;
  }

  async getChildren(row?: Row): Promise<Row[]> {
    try {
      return (await (row === undefined ? this.#roots() : this.#below(row))).map((child) => this.#row(child));
    } catch (error) {
      logFault(this.#tools.log, "resources", error);
      throw error;
    }
  }

  getParent(row: Row): Row | undefined {
    const parent = this.#parentOf(row);
    return parent === undefined ? undefined : this.#row(parent);
  }

  /** Makes room for a row, so that its level has it; `undefined` where nothing is known of what it stands for. */
  rowOf(resource: Resource): Row | undefined {
    const { account, model, regions } = this.#tools;
    const inventory = account.current();
    switch (resource.kind) {
      case "certificates":
        return regions().includes(resource.region) ? this.#row(resource) : undefined;
      case "distributions":
        return this.#row(resource);
      case "certificate": {
        const certificate = inventory?.certificates.get(resource.arn);
        if (certificate === undefined || !regions().includes(certificate.region)) return undefined;
        const { group } = model.judge(certificate);
        const place = model
          .group(certificate.region, group)
          .findIndex((judged) => judged.certificate.arn === resource.arn);
        return this.#roomFor({ kind: "group", region: certificate.region, group }, place)
          ? this.#row(resource)
          : undefined;
      }
      case "distribution":
        return this.#roomFor(
          { kind: "distributions" },
          model.distributions().items.findIndex(({ distribution }) => distribution.id === resource.id),
        )
          ? this.#row(resource)
          : undefined;
      case "origin":
      case "behavior": {
        const distribution = inventory?.distributions.get(resource.distribution);
        if (distribution === undefined || this.rowOf({ kind: "distribution", id: resource.distribution }) === undefined)
          return undefined;
        const isThere = model
          .origins(model.judgeDistribution(distribution))
          .some(({ origin }) => origin.id === resource.origin);
        return isThere ? this.#row(resource) : undefined;
      }
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #row(row: Row): Row {
    const key = keyOf(row);
    const known = this.#rows.get(key);
    // The same place may hold another certificate by now.
    if (known !== undefined && !("arn" in row && "arn" in known && row.arn !== known.arn)) return known;
    this.#rows.set(key, row);
    return row;
  }

  // --- children

  /** There is no row: the view says what to do in the place of all. */
  get isEmpty(): boolean {
    const { account, model, asked, regions } = this.#tools;
    const { state, profile } = account.session;
    if (account.identity === undefined)
      return state.kind === "idle" || (state.kind === "failed" && isForBeginners(state.failure, profile));
    return (
      asked().filter.length > 0 &&
      !account.isLoading &&
      regions().every((region) => model.certificates(region).items.length === 0) &&
      model.distributions().items.length === 0
    );
  }

  async #roots(): Promise<Row[]> {
    const { account, regions } = this.#tools;
    const connection = await account.session.connect();
    // What came before the sign-in went is still true.
    if (isFailure(connection) && account.identity === undefined)
      return account.session.state.kind !== "failed" || this.isEmpty ? [] : [{ kind: "failure", in: undefined }];
    const lists: readonly List[] = [
      ...regions().map((region) => ({ kind: "certificates", region }) as const),
      { kind: "distributions" },
    ];
    for (const list of lists) this.#begin(list).catch((error: unknown) => logFault(this.#tools.log, "list", error));
    return this.isEmpty ? [] : [...lists];
  }

  async #begin(list: List): Promise<void> {
    const { account } = this.#tools;
    await (list.kind === "distributions" ? account.loadDistributions() : account.loadCertificates(list.region));
  }

  async #below(row: Row): Promise<readonly Row[]> {
    const { account, model } = this.#tools;
    const inventory = account.current();
    switch (row.kind) {
      case "certificates": {
        await this.#begin(row);
        for (const {
          certificate: { arn },
        } of model.certificates(row.region).items)
          this.#places.set(arn, this.#placeOf(arn));
        const groups = certificateGroups
          .filter((group) => model.group(row.region, group).length > 0)
          .map((group): Row => ({ kind: "group", region: row.region, group }));
        return this.#withEnd(row, groups);
      }
      case "distributions": {
        await this.#begin(row);
        const distributions = model.distributions().items.slice(0, this.#mostOf(row));
        return this.#withEnd(
          row,
          distributions.map(({ distribution: { id } }): Row => ({ kind: "distribution", id })),
        );
      }
      case "group": {
        const judged = model.group(row.region, row.group);
        const shown = judged.slice(0, this.#mostOf(row));
        if (row.group !== "unfit")
          account.wanted(
            shown
              .slice(0, mostLookedAt)
              .flatMap(({ certificate }) => (certificate.details === undefined ? certificate.arn : [])),
          );
        const rows = shown.map(({ certificate: { arn } }): Row => ({ kind: "certificate", arn }));
        return rows.length < judged.length ? [...rows, { kind: "more", in: row }] : rows;
      }
      case "certificate": {
        account.wanted([row.arn]);
        const { origins, viewers } = usesOf(row.arn, model);
        const known = new Set([
          ...origins.map(({ distribution }) => distribution.arn),
          ...viewers.map(({ arn }) => arn),
        ]);
        const others = (inventory?.certificates.get(row.arn)?.details?.inUseBy ?? [])
          .filter((arn) => !known.has(arn))
          .slice(0, mostRows);
        const rows: readonly Row[] = [
          ...origins.slice(0, mostRows).map(
            ({ distribution, origin }): Row => ({
              kind: "user",
              arn: row.arn,
              distribution: distribution.id,
              origin: origin.id,
            }),
          ),
          ...viewers
            .slice(0, mostRows)
            .map(({ id }): Row => ({ kind: "user", arn: row.arn, distribution: id, origin: undefined })),
          ...others.map((user): Row => ({ kind: "other-user", arn: row.arn, user })),
        ];
        return rows.length === 0 ? [{ kind: "placeholder", in: row }] : rows;
      }
      case "distribution": {
        const distribution = inventory?.distributions.get(row.id);
        if (distribution === undefined) return [];
        const { viewerCertificate } = distribution;
        const origins = model
          .origins(model.judgeDistribution(distribution))
          .map(({ origin }): Row => ({ kind: "origin", distribution: row.id, origin: origin.id }));
        const rows: readonly Row[] =
          viewerCertificate === undefined
            ? origins
            : [...origins, { kind: "viewer-certificate", distribution: row.id, arn: viewerCertificate }];
        return rows.length === 0 ? [{ kind: "placeholder", in: row }] : rows;
      }
      case "origin": {
        const distribution = inventory?.distributions.get(row.distribution);
        const origin = distribution?.origins.find(({ id }) => id === row.origin);
        if (distribution === undefined || origin === undefined) return [];
        const behaviors = behaviorsOf(origin, distribution).map(
          ({ index }): Row => ({ kind: "behavior", distribution: row.distribution, origin: row.origin, index }),
        );
        if (origin.clientCertificate === undefined) return behaviors;
        return [
          {
            kind: "client-certificate",
            distribution: row.distribution,
            origin: row.origin,
            arn: origin.clientCertificate,
          },
          ...behaviors,
        ];
      }
      default:
        return [];
    }
  }

  /** Children, or one row in their place; and at the end what keeps it from being all of them. */
  #withEnd(list: List, rows: readonly Row[]): readonly Row[] {
    const { state, failure } = listingOf(list, this.#tools.account);
    if (failure !== undefined) return [...rows, { kind: "failure", in: list }];
    if (rows.length === 0) return [{ kind: "placeholder", in: list }];
    const isCut = list.kind === "distributions" && rows.length < this.#sizeOf(list);
    return isCut || state === "stopped" ? [...rows, { kind: "more", in: list }] : rows;
  }

  #sizeOf(branch: Branch): number {
    if (branch.kind === "group") return this.#tools.model.group(branch.region, branch.group).length;
    return branch.kind === "distributions" ? this.#tools.model.distributions().items.length : 0;
  }

  #mostOf(branch: Branch): number {
    return this.#shown.get(keyOf(branch)) ?? mostRows;
  }

  #roomFor(branch: Branch, place: number): boolean {
    if (place < 0) return false;
    if (place >= this.#mostOf(branch)) {
      this.#shown.set(keyOf(branch), Math.ceil((place + 1) / mostRows) * mostRows);
      this.draw(branch);
    }
    return true;
  }

  #parentOf(row: Row): Row | undefined {
    const { account, model } = this.#tools;
    switch (row.kind) {
      case "certificates":
      case "distributions":
        return undefined;
      case "group":
        return { kind: "certificates", region: row.region };
      case "certificate": {
        const certificate = account.current()?.certificates.get(row.arn);
        return certificate === undefined
          ? undefined
          : { kind: "group", region: certificate.region, group: model.judge(certificate).group };
      }
      case "distribution":
        return { kind: "distributions" };
      case "origin":
      case "viewer-certificate":
        return { kind: "distribution", id: row.distribution };
      case "behavior":
      case "client-certificate":
        return { kind: "origin", distribution: row.distribution, origin: row.origin };
      case "user":
      case "other-user":
        return { kind: "certificate", arn: row.arn };
      case "placeholder":
      case "failure":
      case "more":
        return row.in;
    }
  }

  // --- what is drawn again

  #follow({ everything, regions, distributions, certificates }: AccountChange): void {
    if (everything) {
      this.#rows = new Map();
      this.#shown = new Map();
      this.#places = new Map();
      // Those that the editor has are nobody's any more: what is said of them would not reach it.
      this.refresh();
      return;
    }
    const { account, asked } = this.#tools;
    if (asked().filter.length > 0 && (regions.size > 0 || distributions)) {
      this.refresh();
      return;
    }
    const rows = new Map<string, Row>();
    const add = (row: Row) => rows.set(keyOf(row), row);
    for (const region of regions) add({ kind: "certificates", region });
    if (distributions) {
      add({ kind: "distributions" });
      // Which certificates are used is known only at the end.
      if (account.distributions().state !== "loading")
        for (const region of this.#tools.regions()) add({ kind: "certificates", region });
    }
    for (const arn of certificates) for (const row of this.#rowsAbout(arn)) add(row);
    const known = [...rows.values()].flatMap((row) => this.#rows.get(keyOf(row)) ?? []);
    if (known.length > 0) this.#changed.fire(known);
  }

  /** The rows that say something about a certificate of which more is known than before. */
  #rowsAbout(arn: string): readonly Row[] {
    const { account, model } = this.#tools;
    const certificate = account.current()?.certificates.get(arn);
    const hasMoved = this.#places.get(arn) !== this.#placeOf(arn);
    const own: readonly Row[] =
      certificate === undefined
        ? []
        : [hasMoved ? { kind: "certificates", region: certificate.region } : { kind: "certificate", arn }];
    const users = model.users(arn);
    if (users.length > manyRows) return [...own, { kind: "distributions" }];
    return [...own, ...users.map(({ distribution: { id } }): Row => ({ kind: "distribution", id }))];
  }

  /** The group, and what orders it there. */
  #placeOf(arn: string): string {
    const { account, model } = this.#tools;
    const certificate = account.current()?.certificates.get(arn);
    return certificate === undefined
      ? ""
      : `${model.judge(certificate).group} ${certificate.notAfter?.getTime()} ${certificate.status} ${model.judge(certificate).name}`;
  }
}
