import { daysLeft, originVerdict } from "../core/acm/fitness.ts";
import { certificateName } from "../core/acm/name.ts";
import { type CertificateUser, originState, usersOf } from "../core/acm/origin-state.ts";
import type { AcmCertificate, Inventory, LiveBehavior, LiveDistribution, LiveOrigin } from "../core/inventory.ts";
import { shown } from "../core/x509/words/describe.ts";
import { searchedInCertificate } from "./certificate-words.ts";
import { searchedInDistribution, searchedInOrigin } from "./distribution-words.ts";
import type {
  CertificateGroup,
  CertificateSort,
  DistributionSort,
  Judged,
  JudgedDistribution,
  JudgedOrigin,
} from "./judged.ts";

export interface Asked {
  readonly now: Date;
  /** Days before its end from which a certificate is worth a warning. */
  readonly warningDays: number;
  /** Words that must all be found, in small letters; none: everything is shown. */
  readonly filter: readonly string[];
  readonly certificateSort: CertificateSort;
  readonly distributionSort: DistributionSort;
}

export interface Shown<T> {
  readonly items: readonly T[];
  /** With what the filter leaves out. */
  readonly of: number;
}

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

/** What the client certificate of a behavior's origin would break, or breaks: neither is for an origin with mTLS. */
export function isAgainstMtls({ grpc, lambdaEvents }: LiveBehavior): boolean {
  return grpc || lambdaEvents.some((event) => event === "origin-request" || event === "origin-response");
}

/** The behaviors that send requests to an origin, and through which group. */
export function behaviorsOf(
  { id }: LiveOrigin,
  { behaviors, originGroups }: LiveDistribution,
): readonly { readonly behavior: LiveBehavior; readonly index: number; readonly group: string | undefined }[] {
  const groups = new Set(originGroups.flatMap((group) => (group.members.includes(id) ? [group.id] : [])));
  const all = behaviors.map((behavior, index) => ({
    behavior,
    index,
    group: behavior.target === id ? undefined : behavior.target,
  }));
  return all.filter(({ group }) => group === undefined || groups.has(group));
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
  #key = "";
  #certificates = new WeakMap<AcmCertificate, Judged>();
  #distributions = new WeakMap<
    LiveDistribution,
    { readonly known: readonly unknown[]; readonly judged: JudgedDistribution }
  >();
  #searched = new WeakMap<object, string>();
  /** Of one inventory. */
  #of: Inventory | undefined;
  #users: ReadonlyMap<string, readonly CertificateUser[]> | undefined;
  #viewers: ReadonlyMap<string, readonly LiveDistribution[]> | undefined;
  #regions: ReadonlyMap<string, readonly AcmCertificate[]> | undefined;
  /** Of one inventory, one filter and one order. */
  #shownFor = "";
  #shownRegions = new Map<string, Shown<Judged>>();
  #shownDistributions: Shown<JudgedDistribution> | undefined;

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
    const isExpiring = days !== undefined && days <= warningDays;
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
      return { distribution, name: distributionName(distribution), origins: [], broken: 0, expiring: 0 };
    const named = distribution.origins.flatMap(({ clientCertificate }) => clientCertificate ?? []);
    const known = named.map((arn) => inventory.certificates.get(arn) ?? inventory.absent.has(arn));
    const before = this.#distributions.get(distribution);
    if (before !== undefined && before.known.every((one, index) => one === known[index])) return before.judged;
    const origins = distribution.origins.map((origin): JudgedOrigin => {
      const state = originState(
        origin,
        distribution,
        inventory,
        now,
        (certificate) => this.#judge(certificate, asked).verdict,
      );
      const certificate = state.state === "on" ? inventory.certificates.get(origin.clientCertificate ?? "") : undefined;
      const judged = certificate === undefined ? undefined : this.#judge(certificate, asked);
      return { origin, state, expiring: judged?.group === "expiring" ? judged : undefined };
    });
    const judged: JudgedDistribution = {
      distribution,
      name: distributionName(distribution),
      origins,
      broken: origins.filter(({ state }) => state.state === "broken").length,
      expiring: origins.filter(({ expiring }) => expiring !== undefined).length,
    };
    this.#distributions.set(distribution, { known, judged });
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

  /** The certificates of a region, in their order. */
  certificates(region: string): Shown<Judged> {
    const asked = this.#fresh();
    const { filter, certificateSort } = asked;
    const known = this.#shownRegions.get(region);
    if (known !== undefined) return known;
    const all = this.#ofRegion(region).map((certificate) => this.#judge(certificate, asked));
    const items =
      filter.length === 0
        ? all
        : all.filter((judged) => this.#fits(judged.certificate, () => searchedInCertificate(judged), filter));
    const ordered = { items: items.toSorted(certificateOrders[certificateSort]), of: all.length };
    this.#shownRegions.set(region, ordered);
    return ordered;
  }

  group(region: string, group: CertificateGroup): readonly Judged[] {
    return this.certificates(region).items.filter((judged) => judged.group === group);
  }

  distributions(): Shown<JudgedDistribution> {
    const asked = this.#fresh();
    const { filter, distributionSort } = asked;
    if (this.#shownDistributions !== undefined) return this.#shownDistributions;
    const all = [...(this.#inventory()?.distributions.values() ?? [])].map((distribution) =>
      this.#judgeDistribution(distribution, asked),
    );
    const items = filter.length === 0 ? all : all.filter((judged) => this.#fitsSomewhere(judged, filter));
    this.#shownDistributions = { items: items.toSorted(distributionOrders[distributionSort]), of: all.length };
    return this.#shownDistributions;
  }

  /** Those of a distribution that fit the filter; all where the distribution itself does. */
  origins(judged: JudgedDistribution): readonly JudgedOrigin[] {
    const { filter } = this.#fresh();
    if (filter.length === 0 || this.#fits(judged.distribution, () => searchedInDistribution(judged), filter))
      return judged.origins;
    const fitting = judged.origins.filter((origin) => this.#originFits(judged, origin, filter));
    return fitting.length === 0 ? judged.origins : fitting;
  }

  /** Origins whose mTLS does not work, or will not for long. */
  problems(): { readonly broken: number; readonly expiring: number } {
    let [broken, expiring] = [0, 0];
    const asked = this.#fresh();
    for (const distribution of this.#inventory()?.distributions.values() ?? []) {
      const judged = this.#judgeDistribution(distribution, asked);
      broken += judged.broken;
      expiring += judged.expiring;
    }
    return { broken, expiring };
  }

  /** Forgets what does not hold any more. */
  #fresh(): Asked {
    const asked = this.#asked();
    const key = `${Math.floor(asked.now.getTime() / hour)} ${asked.warningDays}`;
    if (key !== this.#key) {
      this.#key = key;
      this.#certificates = new WeakMap();
      this.#distributions = new WeakMap();
      this.#searched = new WeakMap();
      this.#shownFor = "";
    }
    const inventory = this.#inventory();
    if (inventory !== this.#of) {
      if (inventory?.distributions !== this.#of?.distributions) {
        this.#users = undefined;
        this.#viewers = undefined;
      }
      this.#of = inventory;
      this.#regions = undefined;
      this.#shownFor = "";
    }
    const shownFor = JSON.stringify([key, asked.filter, asked.certificateSort, asked.distributionSort]);
    if (shownFor !== this.#shownFor) {
      this.#shownFor = shownFor;
      this.#shownRegions = new Map();
      this.#shownDistributions = undefined;
    }
    return asked;
  }

  #ofRegion(region: string): readonly AcmCertificate[] {
    this.#regions ??= grouped(this.#inventory()?.certificates.values() ?? [], ({ region }) => region);
    return this.#regions.get(region) ?? [];
  }

  #fits(about: object, searched: () => string, filter: readonly string[]): boolean {
    let text = this.#searched.get(about);
    if (text === undefined) this.#searched.set(about, (text = searched().toLowerCase()));
    return filter.every((word) => text.includes(word));
  }

  #fitsSomewhere(judged: JudgedDistribution, filter: readonly string[]): boolean {
    return (
      this.#fits(judged.distribution, () => searchedInDistribution(judged), filter) ||
      judged.origins.some((origin) => this.#originFits(judged, origin, filter))
    );
  }

  /** With the words of its distribution, so that both can be named. */
  #originFits(judged: JudgedDistribution, origin: JudgedOrigin, filter: readonly string[]): boolean {
    const left = filter.filter(
      (word) => !this.#fits(judged.distribution, () => searchedInDistribution(judged), [word]),
    );
    return this.#fits(origin, () => searchedInOrigin(origin), left);
  }
}

/** What has no key is left out. */
function grouped<T>(items: Iterable<T>, keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

// --- orders

type Order<T> = (a: T, b: T) => number;

function first<T>(...orders: readonly Order<T>[]): Order<T> {
  return (a, b) => {
    for (const order of orders) {
      const result = order(a, b);
      if (result !== 0) return result;
    }
    return 0;
  };
}

/** Not `localeCompare`: of thousands that takes long. */
function by<T>(value: (item: T) => string | number): Order<T> {
  return (a, b) => {
    const [left, right] = [value(a), value(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  };
}

/** Upper and lower case are the same. */
const byName = by<{ readonly name: string }>(({ name }) => name.toLowerCase());
const byArn = by<Judged>(({ certificate }) => certificate.arn);
/** What is over stands behind what lasts, the latest first: nobody looks for what expired long ago. */
const byExpiry = first(
  by<Judged>(({ days }) => (days === undefined ? 1 : days < 0 ? 2 : 0)),
  by<Judged>(
    ({ days, certificate }) => (days !== undefined && days < 0 ? -1 : 1) * (certificate.notAfter?.getTime() ?? 0),
  ),
);

const certificateOrders: Readonly<Record<CertificateSort, Order<Judged>>> = {
  expiry: first(byExpiry, byName, byArn),
  name: first(byName, byExpiry, byArn),
  status: first(
    by(({ certificate }) => certificate.status ?? ""),
    byExpiry,
    byName,
    byArn,
  ),
};

/** What people call a distribution. */
export function distributionName({ aliases, comment, domainName }: LiveDistribution): string {
  return shown((aliases[0] ?? comment.trim()) || domainName, 200);
}

const byId = by<JudgedDistribution>(({ distribution }) => distribution.id);

const distributionOrders: Readonly<Record<DistributionSort, Order<JudgedDistribution>>> = {
  name: first(byName, byId),
  id: byId,
  modified: first(
    by(({ distribution }) => -(distribution.lastModified?.getTime() ?? 0)),
    byName,
    byId,
  ),
  problems: first(
    by(({ broken, expiring }) => -(broken * 1000 + expiring)),
    byName,
    byId,
  ),
};
