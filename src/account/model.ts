import { daysLeft, originVerdict } from "../core/acm/fitness.ts";
import { type CertificateUser, originState, usersOf } from "../core/acm/origin-state.ts";
import { grouped } from "../core/grouped.ts";
import type { AcmCertificate, Inventory, LiveDistribution } from "../core/inventory.ts";
import { certificateName } from "../core/messages/certificate-name.ts";
import { shown } from "../core/messages/x509/describe.ts";
import { isWithinDays } from "../core/x509/validity.ts";
import type { DistributionState, Judged, JudgedDistribution, JudgedOrigin } from "./judged.ts";

export interface Asked {
  readonly now: Date;
  /** Days before its end from which a certificate is worth a warning. */
  readonly warningDays: number;
  /** Words that must all be found, in small letters; none: everything is shown. */
  readonly filter: readonly string[];
  /** By the kind of a list, the name of the order that was chosen for it. */
  readonly sorts: ReadonlyMap<string, string>;
}

/** What the filter says of one thing: its words are looked for in the text that is searched for it. */
export type Fits = (about: object, searched: () => string, filter: readonly string[]) => boolean;

/**
 * The words of a filter, as they are looked for; what stands in quotes is one. A quote that is still open counts until
 * the end.
 */
export function filterWords(text: string): readonly string[] {
  const parts = [...text.toLowerCase().matchAll(/"([^"]*)"?|[^\s"]+/g)].map(([word, quoted]) =>
    (quoted ?? word).trim().replaceAll(/\s+/g, " "),
  );
  return parts.filter((word) => word !== "");
}

const hour = 3_600_000;

/**
 * What the rows say, as far as it has to be worked out: everything once, and again only where something else became
 * known.
 * What is judged holds for an hour.
 */
export class ResourcesModel {
  readonly #inventory: () => Inventory | undefined;
  readonly #asked: () => Asked;
  /** Since 1970: judgements hold for one hour. */
  #hours: number | undefined;
  #warningDays: number | undefined;
  #certificates = new WeakMap<AcmCertificate, Judged>();
  #distributions = new WeakMap<
    LiveDistribution,
    {
      /** The last one for which it held. */ asOf: Inventory;
      readonly known: readonly unknown[];
      readonly judged: JudgedDistribution;
    }
  >();
  #searched = new WeakMap<object, string>();
  /** Of one inventory. */
  #of: Inventory | undefined;
  #users: ReadonlyMap<string, readonly CertificateUser[]> | undefined;
  #viewers: ReadonlyMap<string, readonly LiveDistribution[]> | undefined;
  #regions: ReadonlyMap<string, readonly AcmCertificate[]> | undefined;
  #filter: Asked["filter"] | undefined;
  #sorts: Asked["sorts"] | undefined;
  /** Of one inventory, one filter and one order. */
  #moment: object = {};

  constructor(inventory: () => Inventory | undefined, asked: () => Asked) {
    this.#inventory = inventory;
    this.#asked = asked;
  }

  judge(certificate: AcmCertificate): Judged {
    return this.#judge(certificate, this.#fresh());
  }

  #judge(certificate: AcmCertificate, { now, warningDays }: Asked): Judged {
    const known = this.#certificates.get(certificate);
    if (known !== undefined) return known;
    const verdict = originVerdict(certificate, now);
    const days = daysLeft(certificate, now);
    const { notAfter } = certificate;
    const isExpiring = notAfter !== undefined && isWithinDays(notAfter.getTime(), warningDays, now);
    const judged: Judged = {
      certificate,
      name: certificateName(certificate),
      verdict,
      days,
      group: verdict.fit === "no" ? "unfit" : isExpiring ? "expiring" : verdict.fit === "yes" ? "fit" : "doubtful",
    };
    this.#certificates.set(certificate, judged);
    return judged;
  }

  judgeDistribution(distribution: LiveDistribution): JudgedDistribution {
    return this.#judgeDistribution(distribution, this.#fresh());
  }

  #judgeDistribution(distribution: LiveDistribution, asked: Asked): JudgedDistribution {
    const { now } = asked;
    const inventory = this.#inventory();
    if (inventory === undefined)
      return { distribution, name: distributionName(distribution), origins: [], broken: 0, expiring: 0, state: "off" };
    const before = this.#distributions.get(distribution);
    if (before?.asOf === inventory) return before.judged;
    const named = distribution.origins.flatMap(({ clientCertificate }) => clientCertificate ?? []);
    const known = named.map((arn) => inventory.certificates.get(arn) ?? inventory.absent.has(arn));
    if (before?.known.every((one, index) => one === known[index]) === true) {
      before.asOf = inventory;
      return before.judged;
    }
    const origins = distribution.origins.map((origin): JudgedOrigin => {
      const state = originState(
        origin,
        distribution,
        inventory,
        now,
        (certificate) => this.#judge(certificate, asked).verdict,
      );
      const certificate = inventory.certificates.get(origin.clientCertificate ?? "");
      const client = certificate === undefined ? undefined : this.#judge(certificate, asked);
      const isExpiring = state.state === "on" && client?.group === "expiring";
      return { origin, state, client, expiring: isExpiring ? client : undefined };
    });
    const broken = origins.filter(({ state }) => state.state === "broken").length;
    const expiring = origins.filter((one) => one.expiring !== undefined).length;
    const state = broken > 0 ? "failing" : expiring > 0 ? "expiring" : stateOfAll(origins);
    const name = distributionName(distribution);
    const judged: JudgedDistribution = { distribution, name, origins, broken, expiring, state };
    this.#distributions.set(distribution, { asOf: inventory, known, judged });
    this.#searched.delete(distribution);
    return judged;
  }

  /** The origins that present a certificate. */
  users(arn: string): readonly CertificateUser[] {
    this.#fresh();
    this.#users ??= usersOf(this.#inventory()?.distributions.values() ?? []);
    return this.#users.get(arn) ?? [];
  }

  /** The distributions of which viewers see a certificate. */
  viewers(arn: string): readonly LiveDistribution[] {
    this.#fresh();
    this.#viewers ??= grouped(
      this.#inventory()?.distributions.values() ?? [],
      ({ viewerCertificate }) => viewerCertificate,
    );
    return this.#viewers.get(arn) ?? [];
  }

  /** Those that are known of a region, in the order in which they became so. */
  certificatesIn(region: string): readonly AcmCertificate[] {
    this.#fresh();
    this.#regions ??= grouped(this.#inventory()?.certificates.values() ?? [], ({ region }) => region);
    return this.#regions.get(region) ?? [];
  }

  /** The same object as long as nothing else is known, filtered or ordered: what is kept with it still holds. */
  moment(): object {
    this.#fresh();
    return this.#moment;
  }

  asked(): Asked {
    return this.#fresh();
  }

  readonly fits: Fits = (about, searched, filter) => {
    let text = this.#searched.get(about);
    if (text === undefined) this.#searched.set(about, (text = searched().toLowerCase()));
    return filter.every((word) => text.includes(word));
  };

  /** Forgets what does not hold any more. */
  #fresh(): Asked {
    const asked = this.#asked();
    const hours = Math.floor(asked.now.getTime() / hour);
    if (hours !== this.#hours || asked.warningDays !== this.#warningDays) {
      this.#hours = hours;
      this.#warningDays = asked.warningDays;
      this.#certificates = new WeakMap();
      this.#distributions = new WeakMap();
      this.#searched = new WeakMap();
      this.#moment = {};
    }
    const inventory = this.#inventory();
    if (inventory !== this.#of) {
      if (inventory?.distributions !== this.#of?.distributions) {
        this.#users = undefined;
        this.#viewers = undefined;
      }
      this.#of = inventory;
      this.#regions = undefined;
      this.#moment = {};
    }
    if (asked.filter !== this.#filter || asked.sorts !== this.#sorts) {
      this.#filter = asked.filter;
      this.#sorts = asked.sorts;
      this.#moment = {};
    }
    return asked;
  }
}

/** Of origins none of which is a problem. */
function stateOfAll(origins: readonly JudgedOrigin[]): DistributionState {
  if (origins.some(({ origin }) => origin.clientCertificate !== undefined)) return "on";
  return origins.length === 0 || origins.some(({ state }) => state.state === "off") ? "off" : "cannot";
}

/** What people call a distribution. */
export function distributionName({ aliases, comment, domainName }: LiveDistribution): string {
  return shown((aliases[0] ?? comment.trim()) || domainName, 200);
}
