import * as l10n from "@vscode/l10n";
import type { Connection, Identity } from "../aws/connection.ts";
import { liveDistribution } from "../core/cloudfront/live-distribution.ts";
import { type Owner, ownerOf } from "../core/cloudfront/owner.ts";
import { type Failure, isFailure } from "../core/failure.ts";
import type { AcmCertificate, Inventory, LiveDistribution } from "../core/inventory.ts";
import type { AwsModules } from "./aws.ts";
import { Emitter } from "./event.ts";
import { cancelled } from "./failure-words.ts";
import type { InventorySource } from "./inventory-source.ts";
import type { Registry } from "./kind.ts";
import { certificatePages, certificatesRow } from "./kinds/certificates.ts";
import { distributionPages, distributions, distributionsRow } from "./kinds/distributions.ts";
import { Known } from "./known.ts";
import type { AccountChange, KnownAccount } from "./known-account.ts";
import type { List } from "./list.ts";
import { type AnyPages, emptyListing, type Listing } from "./listing.ts";
import type { Row } from "./row.ts";
import type { Session } from "./session.ts";

export interface AccountTools {
  readonly session: Session;
  readonly aws: AwsModules;
  readonly registry: Registry;
  /** Tags that name the tool which owns a distribution: key, or `key=value`, and the tool. */
  readonly ownerTags: () => Readonly<Record<string, string>>;
  /** A bug. */
  readonly fault: (where: string, error: unknown) => void;
}

/** Not told more often, in milliseconds. The editor draws a tree only once nothing more was said of it for 200. */
const pause = 250;

/** What is known of the account of a session. Empty again as soon as the session is another one. */
export class Account implements InventorySource, KnownAccount {
  readonly session: Session;
  readonly #tools: AccountTools;
  readonly #changed = new Emitter<void>();
  readonly #learned = new Emitter<AccountChange>();
  readonly #subscriptions: readonly { dispose(): void }[];
  #known: Known | undefined;
  #inventory: Inventory | undefined;
  /** The same object as long as they are the same: certificates become known more often. */
  #distributions: Inventory["distributions"] | undefined;
  #change = noChanges();
  #lastTold = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSlowedDown = false;
  /** Fires, not more often than is worth drawing, after something became known. */
  readonly onDidChange = this.#changed.event;
  /** The same, with what it was. */
  readonly onDidLearn = this.#learned.event;

  constructor(tools: AccountTools) {
    const { session } = tools;
    this.session = session;
    this.#tools = tools;
    this.#subscriptions = [
      session.onDidChange(() => {
        const known = this.#known;
        if (known === undefined || known.signal === session.signal) return;
        // The same profile is tried again: what is there stays until there is a connection, whosever that is.
        if (session.profile !== known.profile || session.state.kind === "connected") this.#forget();
      }),
      session.onDidThrottle(() => {
        if (this.#known === undefined) return;
        this.#isSlowedDown = true;
        this.#touch({});
      }),
    ];
  }

  /** Whose the lists are; `undefined` while nothing is connected. */
  get identity(): Identity | undefined {
    return this.#known?.identity;
  }

  get failure(): Failure | undefined {
    const { state } = this.session;
    return state.kind === "failed" ? state.failure : undefined;
  }

  current(): Inventory | undefined {
    const known = this.#known;
    if (known === undefined) return undefined;
    this.#distributions ??= new Map(known.distributions.items.map((distribution) => [distribution.id, distribution]));
    return (this.#inventory ??= known.inventory(this.#distributions));
  }

  listing(list: Row): Listing<unknown> {
    return this.#pagesOf(list) ?? emptyListing;
  }

  items<R extends Row, Item>(list: List<R, Item>, row: R): readonly Item[] {
    return (this.#known === undefined ? undefined : list.find(row, this.#known)?.items) ?? [];
  }

  count(list: Row): number {
    return this.#pagesOf(list)?.count ?? 0;
  }

  certificates(region: string): Listing<AcmCertificate> {
    return (this.#known && certificatePages.find(certificatesRow(region), this.#known)) ?? emptyListing;
  }

  distributions(): Listing<LiveDistribution> {
    return (this.#known && distributionPages.find(distributionsRow, this.#known)) ?? emptyListing;
  }

  get isLoading(): boolean {
    return this.#known?.lists().some(({ state }) => state === "loading") ?? false;
  }

  /** AWS asked to slow down, and nothing came since. */
  get isSlowedDown(): boolean {
    return this.#isSlowedDown;
  }

  detailsFailure(arn: string): Failure | undefined {
    return this.#known?.details.failureOf(arn);
  }

  /**
   * Connects and begins loading a list that is not loaded yet; resolves when the first page is there, or why there is
   * none.
   */
  async begin(list: Row): Promise<Failure | undefined> {
    return this.#withList(list, (pages) => pages.begin());
  }

  async whole(list: Row): Promise<Failure | undefined> {
    return this.#withList(list, (pages) => pages.resume());
  }

  async reload(list: Row): Promise<Failure | undefined> {
    this.#known?.details.doubtFailures();
    return this.#withList(list, (pages) => pages.refresh());
  }

  async retry(list: Row | undefined): Promise<void> {
    if (list === undefined || this.failure !== undefined) await this.refresh();
    else await this.whole(list);
  }

  ask<Answer>(
    call: (connection: Connection, signal: AbortSignal, aws: AwsModules) => Promise<Answer | Failure>,
  ): Promise<Answer | Failure> {
    return this.session.ask((connection, signal) => call(connection, signal, this.#tools.aws));
  }

  /**
   * A certificate with its details (DescribeCertificate, GetCertificate), asked for once; `not-found` is remembered as
   * absent.
   */
  async details(arn: string): Promise<AcmCertificate | Failure> {
    const known = await this.#connected();
    return isFailure(known) ? known : known.details.one(arn);
  }

  owner(distribution: string): Owner | Failure | undefined {
    const tags = this.#known?.tags.of(distribution);
    return tags === undefined || isFailure(tags) ? tags : ownerOf(tags, this.#tools.ownerTags());
  }

  /** ARNs that are shown: their details are requested in the background, within the rates of ACM. */
  wanted(arns: readonly string[]): void {
    this.#known?.wanted(arns);
  }

  async refreshCertificate(arn: string): Promise<AcmCertificate | Failure> {
    this.#known?.details.doubt([arn]);
    return this.details(arn);
  }

  async refreshDistribution(id: string): Promise<LiveDistribution | Failure> {
    const known = await this.#connected();
    if (isFailure(known)) return known;
    const answer = await this.#readDistribution(id);
    if (this.#known !== known) return cancelled();
    if (!isFailure(answer)) {
      known.distributions.put(answer);
      known.wantUsed([answer]);
    } else if (answer.failure === "not-found") known.distributions.take(id);
    else return answer;
    this.#touch({ list: distributionsRow });
    return answer;
  }

  /** Loads everything anew that was loaded; after the sign-in went, through a new one. */
  async refresh(): Promise<void> {
    const known = this.#known;
    const { kind } = this.session.state;
    if (kind === "failed") await this.session.reconnect();
    if (known === undefined || known !== this.#known) return;
    known.details.doubtFailures();
    known.tags.doubt();
    known.doubtHidden();
    await Promise.all(known.lists().map((pages) => pages.refresh()));
    if (known === this.#known) known.wantDoubted();
  }

  /** Stops loading; what is there stays. */
  cancel(): void {
    this.session.cancel();
    this.#known?.details.stop();
    this.#known?.tags.stop();
    for (const pages of this.#known?.lists() ?? []) pages.cancel();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#known?.dispose();
    for (const one of [...this.#subscriptions, this.#changed, this.#learned]) one.dispose();
  }

  async #connected(): Promise<Known | Failure> {
    const connection = await this.session.connect();
    if (isFailure(connection)) return connection;
    const { signal, state } = this.session;
    // Between the answer and this line another profile may have been chosen.
    if (state.kind !== "connected" || state.connection !== connection)
      return state.kind === "failed" ? state.failure : cancelled();
    if (this.#known?.signal === signal) return this.#known;
    const established = { signal, identity: connection.identity, profile: this.session.profile };
    const known: Known = new Known(this.session, established, {
      aws: this.#tools.aws,
      changed: (change) => {
        if (this.#known !== known) return;
        this.#isSlowedDown = false;
        this.#touch(change);
      },
      fault: (error) => {
        this.#tools.fault("account", error);
        return {
          failure: "unknown",
          message: l10n.t(
            'An internal error occurred in mTLS Workbench. For details, see the "mTLS Workbench" output channel.',
          ),
        };
      },
    });
    this.#known?.dispose();
    this.#known = known;
    this.#touch({ everything: true });
    return known;
  }

  #pagesOf(list: Row): AnyPages | undefined {
    return this.#known && this.#tools.registry.kindOf(list)?.list?.find(list, this.#known);
  }

  async #withList(list: Row, use: (pages: AnyPages) => Promise<Failure | undefined>): Promise<Failure | undefined> {
    const known = await this.#connected();
    if (isFailure(known)) return known;
    const pages = this.#tools.registry.kindOf(list)?.list?.open(list, known);
    if (pages === undefined) throw new Error(`A row of the kind ${list.kind} is no list`);
    const failure = await use(pages);
    return this.#known === known ? failure : cancelled();
  }

  #forget(): void {
    this.#known?.dispose();
    this.#known = undefined;
    this.#isSlowedDown = false;
    this.#touch({ everything: true });
  }

  /** Tells at once what is the first for a while, and collects what follows it closely. */
  #touch({
    everything = false,
    list,
    details,
  }: {
    readonly everything?: boolean;
    readonly list?: Row;
    readonly details?: string;
  }): void {
    this.#inventory = undefined;
    if (everything || distributions.is(list)) this.#distributions = undefined;
    const change = this.#change;
    change.everything ||= everything;
    if (list !== undefined) change.lists.set(this.#tools.registry.keyOf(list), list);
    if (details !== undefined) change.details.add(details);
    if (this.#timer !== undefined && !everything) return;
    clearTimeout(this.#timer);
    const wait = everything ? 0 : Math.max(0, this.#lastTold + pause - Date.now());
    // Never within the call: what led here may be half done.
    this.#timer = setTimeout(() => this.#tell(), wait);
  }

  #tell(): void {
    this.#timer = undefined;
    this.#lastTold = Date.now();
    const change = this.#change;
    this.#change = noChanges();
    this.#learned.fire(change);
    this.#changed.fire();
  }

  async #readDistribution(id: string): Promise<LiveDistribution | Failure> {
    return this.ask(async (connection, ending, aws) => {
      const { getDistribution, getDistributionConfig } = await aws.distributions();
      const [standing, fetched] = await Promise.all([
        getDistribution(connection, id, ending),
        getDistributionConfig(connection, id, ending),
      ]);
      if (isFailure(standing)) return standing;
      if (isFailure(fetched)) return fetched;
      return (
        liveDistribution(id, fetched.config, { ...standing, etag: fetched.etag }) ?? {
          failure: "wrong-endpoint",
          message: l10n.t("The response could not be read as a distribution configuration."),
        }
      );
    });
  }
}

interface Changes extends AccountChange {
  everything: boolean;
  readonly lists: Map<string, Row>;
  readonly details: Set<string>;
}

function noChanges(): Changes {
  return { everything: false, lists: new Map(), details: new Set() };
}
