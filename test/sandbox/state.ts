// What there is in the accounts at this moment.
import { createHash } from "node:crypto";
import { createPki, type Pem } from "./pki.ts";
import { type CertificateSeed, seedOf } from "./seed.ts";
import { distributionArn, type WorldName } from "./world.ts";

export interface Distribution {
  readonly id: string;
  readonly arn: string;
  readonly domainName: string;
  readonly tags: ReadonlyMap<string, string>;
  /** XML inside `<DistributionConfig>`, as it was sent: there is no other model of it. */
  config: string;
  version: number;
  changed: Date;
  /** When it is deployed, in milliseconds; infinity: when somebody says so. */
  deployed: number;
}

export interface Account {
  readonly id: string;
  readonly certificates: Map<string, CertificateSeed>;
  readonly distributions: Map<string, Distribution>;
  readonly denied: ReadonlySet<string>;
}

export interface State {
  /** Certificates are dated from here. */
  readonly started: Date;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly issue: (seed: CertificateSeed) => Promise<Pem>;
}

export function createState(world: WorldName): State {
  const started = new Date();
  const accounts = new Map<string, Account>();
  for (const [id, seed] of seedOf(world)) {
    const distributions = seed.distributions.map(
      ({ id: distribution, config, inProgress = false, tags = {}, age }): Distribution => {
        const made: Distribution = {
          id: distribution,
          arn: distributionArn(distribution, id),
          domainName: `d${readable(distribution, "0123456789abcdefghijklmnopqrstuvwxyz")}.cloudfront.net`,
          tags: new Map(Object.entries(tags)),
          config: "",
          version: 1,
          changed: new Date(started.getTime() - age * 86_400_000),
          deployed: inProgress ? Number.POSITIVE_INFINITY : 0,
        };
        if (typeof config === "string") return Object.assign(made, { config });
        // Made when somebody reads it, and then it is what was read.
        Object.defineProperty(made, "config", {
          configurable: true,
          enumerable: true,
          get: () => {
            const text = config();
            Object.defineProperty(made, "config", { value: text, writable: true });
            return text;
          },
          set: (value: string) => Object.defineProperty(made, "config", { value, writable: true }),
        });
        return made;
      },
    );
    accounts.set(id, {
      id,
      certificates: new Map(seed.certificates.map((certificate) => [certificate.arn, certificate])),
      distributions: new Map(distributions.map((distribution) => [distribution.id, distribution])),
      denied: new Set(seed.denied),
    });
  }
  return { started, accounts, issue: createPki(started).issue };
}

function readable(of: string, alphabet: string): string {
  return Array.from(
    createHash("sha256").update(of).digest().subarray(0, 13),
    (octet) => alphabet[octet % alphabet.length],
  ).join("");
}

/** Another one for every version. */
export function etagOf({ id, version }: Distribution): string {
  return `E${readable(`${id} ${version}`, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}`;
}

export function statusOf({ deployed }: Distribution): "Deployed" | "InProgress" {
  return Date.now() >= deployed ? "Deployed" : "InProgress";
}

/** A new version, on its way for `seconds`. */
export function change(distribution: Distribution, config: string, seconds: number): void {
  distribution.config = config;
  distribution.version += 1;
  distribution.changed = new Date();
  distribution.deployed = Date.now() + seconds * 1000;
  usersMemo.delete(distribution);
}

const usersMemo = new WeakMap<Distribution, ReadonlySet<string>>();

/** The certificates that a distribution names, for viewers or for origins. */
function certificatesIn(distribution: Distribution): ReadonlySet<string> {
  const known = usersMemo.get(distribution);
  if (known !== undefined) return known;
  const found = new Set(
    [...distribution.config.matchAll(/<(?:ClientCertificateArn|ACMCertificateArn)>\s*([^<\s]+)\s*</g)].map(
      ([, arn = ""]) => arn,
    ),
  );
  usersMemo.set(distribution, found);
  return found;
}

/** ARNs of the distributions that use each certificate. */
export function users(account: Account): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const distribution of account.distributions.values()) {
    for (const arn of certificatesIn(distribution)) {
      const before = found.get(arn);
      if (before === undefined) found.set(arn, [distribution.arn]);
      else before.push(distribution.arn);
    }
  }
  return found;
}
