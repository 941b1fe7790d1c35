import type { Connection, Identity } from "../aws/connection.ts";
import type { Owner } from "../core/cloudfront/owner.ts";
import type { Failure } from "../core/failure.ts";
import type { AcmCertificate, Inventory, LiveDistribution } from "../core/inventory.ts";
import type { AwsModules } from "./aws.ts";
import type { List } from "./list.ts";
import type { Listing } from "./listing.ts";
import type { Row } from "./row.ts";

/** What the kinds of rows ask of an account. */
export interface KnownAccount {
  /** Whose the lists are; `undefined` while nothing is connected. */
  readonly identity: Identity | undefined;
  /** Why there is no connection, where one was tried. */
  readonly failure: Failure | undefined;
  /** AWS asked to slow down, and nothing came since. */
  readonly isSlowedDown: boolean;
  /** `undefined` while nothing is connected. The same object as long as nothing became known. */
  current(): Inventory | undefined;
  listing(list: Row): Listing<unknown>;
  items<R extends Row, Item>(list: List<R, Item>, row: R): readonly Item[];
  /** How many items of a list came so far, also while it is loaded again. */
  count(list: Row): number;
  /** Why nothing more is known of a certificate than its summary. */
  detailsFailure(arn: string): Failure | undefined;
  /**
   * Who owns a distribution, by its tags, or why they could not be asked for; `undefined`: nobody, or not known yet.
   */
  owner(distribution: string): Owner | Failure | undefined;
  /** All of a list, not only its first page. */
  whole(list: Row): Promise<Failure | undefined>;
  /** Loads a list anew; what is there stays until all of the new one is there. */
  reload(list: Row): Promise<Failure | undefined>;
  /** Goes on where a list failed; after the sign-in went, or without a list, from the beginning. */
  retry(list: Row | undefined): Promise<void>;
  /** A certificate with its details, asked for once. */
  details(arn: string): Promise<AcmCertificate | Failure>;
  /** Details as if for the first time. */
  refreshCertificate(arn: string): Promise<AcmCertificate | Failure>;
  /** What a distribution has become, without listing all of them again. */
  refreshDistribution(id: string): Promise<LiveDistribution | Failure>;
  /** One call under the profile that is in use. */
  ask<Answer>(
    call: (connection: Connection, signal: AbortSignal, aws: AwsModules) => Promise<Answer | Failure>,
  ): Promise<Answer | Failure>;
}

/** What became known since it was last told. */
export interface AccountChange {
  /** The account itself: all that was shown before is of another one, or there is none any more. */
  readonly everything: boolean;
  /** Lists that changed, by what tells them apart: their items, their state or their failure. */
  readonly lists: ReadonlyMap<string, Row>;
  /** ARNs of which details, or the absence, became known. */
  readonly details: ReadonlySet<string>;
}
