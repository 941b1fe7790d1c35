import * as vscode from "vscode";
import type { InventorySource } from "../../account/inventory-source.ts";
import { type AccountChange, emptyListing, type List, type Listing, type Pages } from "../../account/listing.ts";
import type { Identity } from "../../aws/connection.ts";
import { liveDistribution } from "../../core/cloudfront/live-distribution.ts";
import { type Failure, isFailure } from "../../core/failure.ts";
import type { AcmCertificate, Inventory, LiveDistribution } from "../../core/inventory.ts";
import { type Log, logFault } from "../editor/log.ts";
import { type Changes, Known, noChanges } from "./known.ts";
import { cancelled, type Session } from "./session.ts";

/** Not told more often, in milliseconds. The editor draws a tree only once nothing more was said of it for 200. */
const pause = 250;

/** What is known of the account of a session. Empty again as soon as the session is another one. */
export class Account implements InventorySource, vscode.Disposable {
  readonly session: Session;
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #learned = new vscode.EventEmitter<AccountChange>();
  readonly #subscriptions: vscode.Disposable[];
  #known: Known | undefined;
  #inventory: Inventory | undefined;
  /** The same object as long as they are the same: certificates become known more often. */
  #distributions: Inventory["distributions"] | undefined;
  #change: Changes = noChanges();
  #lastTold = 0;
  #timer: NodeJS.Timeout | undefined;
  #isSlowedDown = false;
  /** Fires, not more often than is worth drawing, after something became known. */
  readonly onDidChange = this.#changed.event;
  /** The same, with what it was. */
  readonly onDidLearn = this.#learned.event;

  constructor(session: Session, log: Log) {
    this.session = session;
    this.#log = log;
    this.#subscriptions = [
      session.onDidChange(() => {
        if (this.#known !== undefined && this.#known.signal !== session.signal) this.#forget();
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

  /** `undefined` while nothing is connected. The same object as long as nothing became known. */
  current(): Inventory | undefined {
    const known = this.#known;
    if (known === undefined) return undefined;
    this.#distributions ??= new Map(known.distributions.items.map((distribution) => [distribution.id, distribution]));
    return (this.#inventory ??= known.inventory(this.#distributions));
  }

  certificates(region: string): Listing<AcmCertificate> {
    return this.#known?.certificates.get(region) ?? emptyListing;
  }

  distributions(): Listing<LiveDistribution> {
    return this.#known?.distributions ?? emptyListing;
  }

  /** How many items of a list came so far, also while it is loaded again. */
  count(list: List): number {
    return (
      (list.kind === "distributions" ? this.#known?.distributions : this.#known?.certificates.get(list.region))
        ?.count ?? 0
    );
  }

  get isLoading(): boolean {
    return this.#known?.lists().some(({ state }) => state === "loading") ?? false;
  }

  /** AWS asked to slow down, and nothing came since. */
  get isSlowedDown(): boolean {
    return this.#isSlowedDown;
  }

  /** Why nothing more is known of a certificate than its summary. */
  detailsFailure(arn: string): Failure | undefined {
    return this.#known?.details.failureOf(arn);
  }

  /**
   * Connects and begins loading what is not loaded yet; resolves when the first page is there, or why there is none.
   */
  async loadCertificates(region: string): Promise<Failure | undefined> {
    return this.#withList({ kind: "certificates", region }, (pages) => pages.begin());
  }

  async loadDistributions(): Promise<Failure | undefined> {
    return this.#withList({ kind: "distributions" }, (pages) => pages.begin());
  }

  /** All of a listing, not only its first page. */
  async whole(list: List): Promise<Failure | undefined> {
    return this.#withList(list, (pages) => pages.resume());
  }

  /** Loads a list anew; what is there stays until all of the new one is there. */
  async reload(list: List): Promise<Failure | undefined> {
    return this.#withList(list, (pages) => pages.refresh());
  }

  /**
   * A certificate with its details (DescribeCertificate, GetCertificate), asked for once; `not-found` is remembered as
   * absent.
   */
  async details(arn: string): Promise<AcmCertificate | Failure> {
    const known = await this.#connected();
    return isFailure(known) ? known : known.details.one(arn);
  }

  /** ARNs that somebody shows: asked for in the background, within ACM's rates. */
  wanted(arns: readonly string[]): void {
    const known = this.#known;
    known?.details.want(
      arns.filter((arn) => known.isOwn(arn)),
      "soon",
    );
  }

  /** Details as if for the first time. */
  async refreshCertificate(arn: string): Promise<AcmCertificate | Failure> {
    this.#known?.details.forget(arn);
    return this.details(arn);
  }

  /** What a distribution has become, without listing all of them again. */
  async refreshDistribution(id: string): Promise<LiveDistribution | Failure> {
    const known = await this.#connected();
    if (isFailure(known)) return known;
    const answer = await readDistribution(id, this.session);
    if (this.#known !== known) return cancelled();
    if (!isFailure(answer)) {
      known.distributions.put(answer);
      known.wantUsed([answer]);
    } else if (answer.failure === "not-found") known.distributions.take(id);
    else return answer;
    this.#touch({ distributions: true });
    return answer;
  }

  /** Loads everything anew that was loaded; after the sign-in went, through a new one. */
  async refresh(): Promise<void> {
    const known = this.#known;
    const { kind } = this.session.state;
    if (kind === "failed") await this.session.reconnect();
    if (known === undefined || known !== this.#known) return;
    known.details.doubtFailures();
    await Promise.all(known.lists().map((pages) => pages.refresh()));
    known.wantUsed(known.distributions.items);
  }

  /** Stops loading; what is there stays. */
  cancel(): void {
    this.session.cancel();
    this.#known?.details.stop();
    for (const pages of this.#known?.lists() ?? []) pages.cancel();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#known?.dispose();
    vscode.Disposable.from(...this.#subscriptions, this.#changed, this.#learned).dispose();
  }

  async #connected(): Promise<Known | Failure> {
    const connection = await this.session.connect();
    if (isFailure(connection)) return connection;
    const { signal, state } = this.session;
    // Between the answer and this line another profile may have been chosen.
    if (state.kind !== "connected" || state.connection !== connection)
      return state.kind === "failed" ? state.failure : cancelled();
    if (this.#known?.signal === signal) return this.#known;
    const known: Known = new Known(this.session, signal, connection.identity, {
      changed: (change) => {
        if (this.#known !== known) return;
        this.#isSlowedDown = false;
        this.#touch(change);
      },
      fault: (error) => {
        logFault(this.#log, "account", error);
        return {
          failure: "unknown",
          message: vscode.l10n.t(
            'This did not work because of a fault in mTLS Workbench. The output channel "mTLS Workbench" has the details.',
          ),
        };
      },
    });
    this.#known?.dispose();
    this.#known = known;
    this.#touch({ everything: true });
    return known;
  }

  async #withList(
    list: List,
    use: (pages: Pages<AcmCertificate> | Pages<LiveDistribution>) => Promise<Failure | undefined>,
  ): Promise<Failure | undefined> {
    const known = await this.#connected();
    if (isFailure(known)) return known;
    const failure = await use(list.kind === "distributions" ? known.distributions : known.certificatesOf(list.region));
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
    region,
    distributions = false,
    certificate,
  }: {
    readonly everything?: boolean;
    readonly region?: string;
    readonly distributions?: boolean;
    readonly certificate?: string;
  }): void {
    this.#inventory = undefined;
    if (everything || distributions) this.#distributions = undefined;
    const change = this.#change;
    change.everything ||= everything;
    change.distributions ||= distributions;
    if (region !== undefined) change.regions.add(region);
    if (certificate !== undefined) change.certificates.add(certificate);
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
}

async function readDistribution(id: string, session: Session): Promise<LiveDistribution | Failure> {
  return session.ask(async (connection, ending) => {
    const { getDistribution, getDistributionConfig } = await import("../../aws/distributions.ts");
    const [standing, fetched] = await Promise.all([
      getDistribution(connection, id, ending),
      getDistributionConfig(connection, id, ending),
    ]);
    if (isFailure(standing)) return standing;
    if (isFailure(fetched)) return fetched;
    return (
      liveDistribution(id, fetched.config, { ...standing, etag: fetched.etag }) ?? {
        failure: "wrong-endpoint",
        message: vscode.l10n.t("What came in answer cannot be read as the config of a distribution."),
      }
    );
  });
}
