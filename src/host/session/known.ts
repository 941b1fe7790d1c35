import { CertificateDetails } from "../../account/certificate-details.ts";
import { type AccountChange, Pages } from "../../account/listing.ts";
import type { Identity } from "../../aws/connection.ts";
import { parseArn } from "../../core/arn.ts";
import { type Failure, isFailure } from "../../core/failure.ts";
import type { AcmCertificate, Inventory, LiveDistribution } from "../../core/inventory.ts";
import { othersFirst } from "../../platform/node/turns.ts";
import type { Session } from "./session.ts";

export interface Changes extends AccountChange {
  everything: boolean;
  distributions: boolean;
  readonly regions: Set<string>;
  readonly certificates: Set<string>;
}

export function noChanges(): Changes {
  return { everything: false, regions: new Set(), distributions: false, certificates: new Set() };
}

interface KnownOptions {
  readonly changed: (change: {
    readonly region?: string;
    readonly distributions?: boolean;
    readonly certificate?: string;
  }) => void;
  readonly fault: (error: unknown) => Failure;
}

/** All that came through one connection. */
export class Known {
  readonly signal: AbortSignal;
  readonly identity: Identity;
  readonly certificates = new Map<string, Pages<AcmCertificate>>();
  readonly distributions: Pages<LiveDistribution>;
  readonly details: CertificateDetails;
  readonly #session: Session;
  readonly #options: KnownOptions;

  constructor(session: Session, signal: AbortSignal, identity: Identity, options: KnownOptions) {
    this.#session = session;
    this.signal = signal;
    this.identity = identity;
    this.#options = options;
    this.details = new CertificateDetails({
      describe: (arn, urgency) =>
        session.ask(async (connection, ending) =>
          (await import("../../aws/certificates.ts")).describeCertificate(connection, arn, ending, urgency),
        ),
      get: (arn, urgency) =>
        session.ask(async (connection, ending) =>
          (await import("../../aws/certificates.ts")).getCertificate(connection, arn, ending, urgency),
        ),
      changed: (arn) => {
        const described = this.details.known.get(arn);
        if (described !== undefined) this.#listOf(arn)?.put(described);
        options.changed({ certificate: arn });
      },
      fault: options.fault,
      now: () => new Date(),
    });
    this.distributions = new Pages<LiveDistribution>({
      page: (next, stopped) =>
        session.ask(async (connection, ending) => {
          // Loading that takes a while, as does what is begun beside it: others come in between.
          await othersFirst();
          const page = await (await import("../../aws/distributions.ts")).listDistributions(
            connection,
            next,
            AbortSignal.any([stopped, ending]),
          );
          if (!isFailure(page) && !stopped.aborted) this.wantUsed(page.items);
          return page;
        }),
      keyOf: ({ id }) => id,
      kept: (distribution) => distribution,
      changed: () => options.changed({ distributions: true }),
      fault: options.fault,
    });
  }

  lists(): readonly (Pages<AcmCertificate> | Pages<LiveDistribution>)[] {
    return [...this.certificates.values(), this.distributions];
  }

  certificatesOf(region: string): Pages<AcmCertificate> {
    const known = this.certificates.get(region);
    if (known !== undefined) return known;
    const pages = new Pages<AcmCertificate>({
      page: (next, stopped) =>
        this.#session.ask(async (connection, ending) =>
          (await import("../../aws/certificates.ts")).listCertificates(
            connection,
            region,
            next,
            AbortSignal.any([stopped, ending]),
          ),
        ),
      keyOf: ({ arn }) => arn,
      kept: (certificate) => this.#withDetails(certificate),
      changed: () => this.#options.changed({ region }),
      fault: this.#options.fault,
    });
    this.certificates.set(region, pages);
    return pages;
  }

  isOwn(arn: string): boolean {
    const parsed = parseArn(arn);
    return (
      parsed?.service === "acm" &&
      parsed.account === this.identity.account &&
      parsed.partition === this.identity.partition
    );
  }

  /** The client certificates of origins are looked at even where nobody asks: whether mTLS works depends on them. */
  wantUsed(distributions: readonly LiveDistribution[]): void {
    const arns = distributions.flatMap(({ origins }) =>
      origins.flatMap(({ clientCertificate }) => clientCertificate ?? []),
    );
    this.details.want(
      [...new Set(arns)].filter((arn) => this.isOwn(arn)),
      "later",
    );
  }

  inventory(distributions: Inventory["distributions"]): Inventory {
    const certificates = new Map<string, AcmCertificate>();
    for (const { items } of this.certificates.values())
      for (const certificate of items) certificates.set(certificate.arn, certificate);
    for (const certificate of this.details.known.values())
      if (!certificates.has(certificate.arn)) certificates.set(certificate.arn, certificate);
    return {
      takenAt: new Date(),
      account: this.identity.account,
      partition: this.identity.partition,
      certificates,
      absent: new Set(this.details.absent),
      distributions,
    };
  }

  dispose(): void {
    this.details.stop();
    for (const pages of this.lists()) pages.dispose();
  }

  #listOf(arn: string): Pages<AcmCertificate> | undefined {
    const pages = this.certificates.get(parseArn(arn)?.region ?? "");
    // One that no list has yet is not at its place in any.
    return pages?.get(arn) === undefined ? undefined : pages;
  }

  /**
   * Details stay with the certificate they were read from: under the same ARN another one may have been imported since.
   */
  #withDetails(listed: AcmCertificate): AcmCertificate {
    const described = this.details.known.get(listed.arn);
    if (described === undefined) return listed;
    const isSame =
      listed.status === described.status &&
      listed.notBefore?.getTime() === described.notBefore?.getTime() &&
      listed.notAfter?.getTime() === described.notAfter?.getTime();
    if (isSame) return { ...listed, details: described.details };
    this.details.forget(listed.arn);
    return listed;
  }
}
