import type { Identity } from "../aws/connection.ts";
import { parseArn } from "../core/arn.ts";
import type { Failure } from "../core/failure.ts";
import type { AcmCertificate, Inventory, LiveDistribution } from "../core/inventory.ts";
import type { AwsModules } from "./aws.ts";
import { CertificateDetails } from "./certificate-details.ts";
import { DistributionTags } from "./distribution-tags.ts";
import { certificatePages, certificatesRow } from "./kinds/certificates.ts";
import { distributionPages, distributionsRow } from "./kinds/distributions.ts";
import type { Caller, Shelf } from "./list.ts";
import type { AnyPages, Pages } from "./listing.ts";
import type { Row } from "./row.ts";
import type { Session } from "./session.ts";

interface KnownOptions {
  readonly aws: AwsModules;
  readonly changed: (change: { readonly list?: Row; readonly details?: string }) => void;
  readonly fault: (error: unknown) => Failure;
}

/** Through which connection something came. */
interface Established {
  readonly signal: AbortSignal;
  readonly identity: Identity;
  /** `undefined`: the environment decided. */
  readonly profile: string | undefined;
}

/** All that came through one connection. */
export class Known implements Shelf {
  readonly signal: AbortSignal;
  readonly identity: Identity;
  readonly profile: string | undefined;
  readonly details: CertificateDetails;
  readonly tags: DistributionTags;
  readonly caller: Caller;
  readonly fault: (error: unknown) => Failure;
  readonly #options: KnownOptions;
  readonly #lists: AnyPages[] = [];

  constructor(session: Session, { signal, identity, profile }: Established, options: KnownOptions) {
    const { aws } = options;
    this.signal = signal;
    this.identity = identity;
    this.profile = profile;
    this.fault = options.fault;
    this.#options = options;
    this.details = new CertificateDetails({
      describe: (arn, urgency) =>
        session.ask(async (connection, ending) =>
          (await aws.certificates()).describeCertificate(connection, arn, ending, urgency),
        ),
      get: (arn, urgency) =>
        session.ask(async (connection, ending) =>
          (await aws.certificates()).getCertificate(connection, arn, ending, urgency),
        ),
      changed: (arn) => {
        const described = this.details.known.get(arn);
        // One that no list has is not at its place in any.
        if (described !== undefined) this.#listOf(arn)?.replace(described);
        if (this.details.absent.has(arn)) this.#takeCertificate(arn);
        options.changed({ details: arn });
      },
      fault: options.fault,
      now: () => new Date(),
    });
    this.tags = new DistributionTags({
      ask: (arn) =>
        session.ask(async (connection, ending) =>
          (await aws.distributions()).distributionTags(connection, arn, ending),
        ),
      changed: (arn) => options.changed({ details: arn }),
      fault: options.fault,
    });
    this.caller = {
      aws,
      ask: (call) => session.ask(call),
      withDetails: (certificate) => this.#withDetails(certificate),
      wantUsed: (distributions) => this.wantUsed(distributions),
      certificatesGone: (region, gone) => this.#certificatesGone(region, gone),
    };
  }

  get distributions(): Pages<LiveDistribution> {
    return distributionPages.open(distributionsRow, this);
  }

  /** Those whose loading was started. */
  lists(): readonly AnyPages[] {
    return this.#lists;
  }

  add(pages: AnyPages): void {
    this.#lists.push(pages);
  }

  changed(list: Row): void {
    this.#options.changed({ list });
  }

  /** The client certificates of origins are loaded without a request: whether mTLS works depends on them. */
  wantUsed(distributions: readonly LiveDistribution[]): void {
    const arns = distributions.flatMap(({ origins }) =>
      origins.flatMap(({ clientCertificate }) => clientCertificate ?? []),
    );
    this.details.want(this.#ownOf("acm", [...new Set(arns)]), "later");
  }

  /** Of what no list has, which hides some, only ACM itself can say whether it is still there. */
  doubtHidden(region?: string): void {
    this.details.doubt(this.#hidden().filter((arn) => region === undefined || parseArn(arn)?.region === region));
  }

  wantDoubted(): void {
    this.details.want(this.#hidden(), "later");
    this.wantUsed(this.distributions.items);
  }

  inventory(distributions: Inventory["distributions"]): Inventory {
    const certificates = new Map<string, AcmCertificate>();
    for (const { items } of certificatePages.all(this))
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

  /** ARNs that are shown: what more there is to know of them is asked for in the background. */
  wanted(arns: readonly string[]): void {
    this.details.want(this.#ownOf("acm", arns), "soon");
    this.tags.want(this.#ownOf("cloudfront", arns));
  }

  dispose(): void {
    this.details.stop();
    this.tags.stop();
    for (const pages of this.lists()) pages.dispose();
  }

  /** Those of a service that are in the account. */
  #ownOf(service: string, arns: readonly string[]): readonly string[] {
    const { account, partition } = this.identity;
    return arns.filter((arn) => {
      const parsed = parseArn(arn);
      return parsed?.service === service && parsed.account === account && parsed.partition === partition;
    });
  }

  #hidden(): readonly string[] {
    return [...this.details.known.keys()].filter((arn) => this.#listOf(arn)?.get(arn) === undefined);
  }

  #listOf(arn: string): Pages<AcmCertificate> | undefined {
    return certificatePages.find(certificatesRow(parseArn(arn)?.region ?? ""), this);
  }

  #takeCertificate(arn: string): void {
    this.#listOf(arn)?.take(arn);
    this.changed(certificatesRow(parseArn(arn)?.region ?? ""));
  }

  #certificatesGone(region: string, gone: readonly AcmCertificate[]): void {
    for (const { arn } of gone) {
      this.details.lost(arn);
      this.#options.changed({ details: arn });
    }
    this.doubtHidden(region);
    this.wantDoubted();
  }

  /**
   * Details stay with the certificate they were read from: under the same ARN another one may have been imported since.
   */
  #withDetails(listed: AcmCertificate): AcmCertificate {
    // What it says now counts more than what it did not say before.
    this.details.absent.delete(listed.arn);
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
