import { parseArn } from "../arn.ts";
import { isOfNetwork, type Listener } from "../elb/listener.ts";
import { lastPart } from "../text.ts";
import type { Target } from "./targets.ts";

/** A place in S3 that a document names as the trust store of a service. */
export interface NamedStore {
  readonly target: Target;
  /** Without the bucket. */
  readonly key: string;
  /** Of a load balancer's trust store, where the document says it. */
  readonly name?: string;
}

/** A listener that uses a trust store of load balancers. */
export interface StoreUser {
  readonly target: Target;
  /** The name of the trust store. */
  readonly store: string;
}

/** What one document says. */
export interface Naming {
  readonly stores: readonly NamedStore[];
  readonly users: readonly StoreUser[];
}

/** Whether a document can name one at all: a string search. */
export function mayNameStores(text: string): boolean {
  return text.includes("ruststoreUri") || text.includes("CaCertificatesBundle");
}

/** Whether there can be a listener in it that uses one: a string search. */
export function mayUseStores(text: string): boolean {
  return text.includes('"TrustStoreArn"');
}

/**
 * A trust store of load balancers does not say of which kind; the listeners that use it do. Where none is known, it
 * counts as one of Application Load Balancers, whose pages say what may be in it.
 */
export function resolved(namings: readonly Naming[]): readonly NamedStore[] {
  const targets = new Map<string, Set<Target>>();
  for (const { target, store } of namings.flatMap(({ users }) => users))
    targets.set(store, (targets.get(store) ?? new Set<Target>()).add(target));
  return namings
    .flatMap(({ stores }) => stores)
    .flatMap((store) => {
      const found = store.name === undefined ? undefined : targets.get(store.name);
      return found === undefined ? [store] : [...found].map((target): NamedStore => ({ ...store, target }));
    });
}

export function storeUser(listener: Listener): StoreUser | undefined {
  const store = storeName(listener.trustStore?.text);
  return store === undefined ? undefined : { target: isOfNetwork(listener) ? "nlb" : "alb", store };
}

function storeName(arn: string | undefined): string | undefined {
  return /^truststore\/([^/]+)\//.exec(parseArn(arn ?? "")?.resource ?? "")?.[1];
}

/** More are not looked at in one document. */
const most = 1_000;

/**
 * By the members that name one: `truststoreUri` of API Gateway (v1, v2 and as a patch operation), the bundle's location
 * of CloudFront's CreateTrustStore, and the bucket and key of the load balancers'. Strings with escapes in them are
 * left out.
 */
export function namedStores(text: string): readonly NamedStore[] {
  const found: NamedStore[] = [];
  const look = (pattern: RegExp, target: Target) => {
    for (const [, key] of text.matchAll(pattern)) {
      if (found.length >= most) return;
      if (key !== undefined && key !== "" && !key.includes("\\")) found.push({ target, key });
    }
  };
  look(/"[Tt]ruststoreUri"\s{0,20}:\s{0,20}"s3:\/\/[^"/\n]{1,255}\/([^"\n]{1,1024})"/g, "apigateway");
  look(
    /"path"\s{0,20}:\s{0,20}"\/mutualTlsAuthentication\/truststoreUri"\s{0,20},\s{0,20}"value"\s{0,20}:\s{0,20}"s3:\/\/[^"/\n]{1,255}\/([^"\n]{1,1024})"/g,
    "apigateway",
  );
  look(
    /"value"\s{0,20}:\s{0,20}"s3:\/\/[^"/\n]{1,255}\/([^"\n]{1,1024})"\s{0,20},\s{0,20}"path"\s{0,20}:\s{0,20}"\/mutualTlsAuthentication\/truststoreUri"/g,
    "apigateway",
  );
  look(
    /"CaCertificatesBundleS3Location"\s{0,20}:\s{0,20}\{[^{}]{0,2000}?"Key"\s{0,20}:\s{0,20}"([^"\n]{1,1024})"/g,
    "cloudfront",
  );
  for (const [object] of text.matchAll(/\{[^{}]{0,4000}"CaCertificatesBundleS3Key"[^{}]{0,4000}/g)) {
    const key = members.key.exec(object)?.[1];
    if (key === undefined || key.includes("\\") || found.length >= most) continue;
    const name = members.name.exec(object)?.[1] ?? storeName(members.arn.exec(object)?.[1]);
    found.push({ target: "alb", key, ...(name === undefined ? {} : { name }) });
  }
  return found;
}

/** Of the object that names a bundle. */
const members = {
  key: /"CaCertificatesBundleS3Key"\s{0,20}:\s{0,20}"([^"\n]{1,1024})"/,
  name: /"Name"\s{0,20}:\s{0,20}"([^"\n]{1,1024})"/,
  arn: /"TrustStoreArn"\s{0,20}:\s{0,20}"([^"\n]{1,1024})"/,
} as const;

/**
 * The services for which a file is a trust store; where several files have the name, the one whose folders fit best.
 * @param path of the file, relative to the workspace, with `/`
 * @param called the files of the workspace that have a name
 */
export function targetsNamed(
  path: string,
  stores: readonly NamedStore[],
  called: (name: string) => readonly string[],
): readonly Target[] {
  const found = new Set<Target>();
  for (const { target, key } of stores) {
    const shared = sharedNames(path, key);
    const others = shared > 0 ? called(lastPart(key)).filter((other) => other !== path) : [];
    if (shared > 0 && others.every((other) => sharedNames(other, key) < shared)) found.add(target);
  }
  return [...found].sort();
}

/** How many names at the end of a path and of a key are the same; 0: the file has another name. */
export function sharedNames(path: string, key: string): number {
  const [ofPath, ofKey] = [path, key].map((text) => text.split("/").reverse());
  if (ofPath === undefined || ofKey === undefined) return 0;
  const differs = ofKey.findIndex((name, index) => name !== ofPath[index]);
  return differs < 0 ? ofKey.length : differs;
}
