/**
 * What a text says where the place of a trust store in S3 belongs. No model has a pattern; the documented form is
 * `s3://bucket-name/key-name`.
 */
export type UriForm =
  | { readonly kind: "right"; readonly bucket: string; readonly key: string }
  | { readonly kind: "no-key" | "no-bucket" | "placeholder" | "foreign" }
  /** The key ends in a slash: S3 shows such an object as a folder. */
  | { readonly kind: "folder" }
  /** `meant`: the same object in the documented form, where that is no guess. */
  | { readonly kind: "scheme-case" | "url" | "arn" | "arn-in-uri"; readonly meant: string | undefined }
  /** `meant` is a guess. */
  | { readonly kind: "no-scheme" | "endpoint-in-uri"; readonly meant: string | undefined }
  /** No bucket can be called so. */
  | { readonly kind: "bucket-name"; readonly bucket: string; readonly meant: string | undefined }
  /** As web addresses name a version. Here all of it is a key. */
  | { readonly kind: "versioned"; readonly meant: string; readonly version: string };

export function readUri(text: string): UriForm {
  // No bucket is called so; a key may hold nearly anything.
  if (/<[^<>]*>|^s3:\/\/[^/]*\.\.\./.test(text)) return { kind: "placeholder" };
  if (text.startsWith("s3://")) return inUri(text.slice(5));
  if (/^s3:\/\//i.test(text)) return { kind: "scheme-case", meant: meantBy(text.slice(5)) };
  const arn = objectArn.exec(text)?.[1];
  if (arn !== undefined) return { kind: "arn", meant: whole(arn) };
  if (isWebAddress(text)) return { kind: "url", meant: fromUrl(text) };
  if (/^s3(:\/?[^/]|\/\/)/i.test(text))
    return { kind: "no-scheme", meant: meantBy(text.replace(/^s3(:\/?|\/\/)/i, "")) };
  return /^[\w.-]+\/[^\s:]+$/.test(text) ? { kind: "no-scheme", meant: whole(text) } : { kind: "foreign" };
}

/** In an ARN, a bucket is of no account and no Region. */
const objectArn = /^arn:[\w-]+:s3:::(.+)$/i;

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/** What stands behind `s3://`. */
function inUri(rest: string): UriForm {
  if (/^arn:/i.test(rest)) return { kind: "arn-in-uri", meant: meantBy(rest) };
  if (isWebAddress(rest)) return { kind: "url", meant: fromUrl(rest) };
  const object = atEndpoint(rest);
  return object === undefined ? inBucket(rest) : { kind: "endpoint-in-uri", meant: whole(object) };
}

function inBucket(rest: string): UriForm {
  const [bucket, key] = parted(rest);
  if (bucket === "") return { kind: "no-bucket" };
  if (!/^[\w.-]+$/.test(bucket))
    return {
      kind: "bucket-name",
      bucket,
      meant: bucket.trim() === bucket ? undefined : whole(`${bucket.trim()}/${key}`),
    };
  if (key === "") return { kind: "no-key" };
  if (key.endsWith("/")) return { kind: "folder" };
  const asked = key.lastIndexOf("?versionId=");
  const version = asked <= 0 ? "" : key.slice(asked + 11);
  return /^[\w.-]+$/.test(version)
    ? { kind: "versioned", meant: `s3://${bucket}/${key.slice(0, asked)}`, version }
    : { kind: "right", bucket, key };
}

function parted(rest: string): readonly [before: string, after: string] {
  const slash = rest.indexOf("/");
  return slash < 0 ? [rest, ""] : [rest.slice(0, slash), rest.slice(slash + 1)];
}

function whole(rest: string): string | undefined {
  const { kind } = inBucket(rest);
  return kind === "right" || kind === "folder" ? `s3://${rest}` : undefined;
}

/** The same with an ARN in it. */
function meantBy(rest: string): string | undefined {
  const arn = objectArn.exec(rest)?.[1];
  return whole(arn ?? rest);
}

/**
 * `https://bucket.s3.region.amazonaws.com/key`, or `https://s3.region.amazonaws.com/bucket/key`. What is escaped or
 * asked for behind it is left to its author.
 */
function fromUrl(url: string): string | undefined {
  // As the console shows an object.
  const [, bucket = "", key = ""] =
    /^https:\/\/(?:[a-z0-9-]+\.)?console\.aws\.amazon\.com\/s3\/object\/([\w.-]+)\?(?:region=[a-z0-9-]+&)?prefix=([^&%+#]+)$/i.exec(
      url,
    ) ?? [];
  if (bucket !== "") return whole(`${bucket}/${key}`);
  if (/[?#%+]/.test(url)) return undefined;
  const object = atEndpoint(url.replace(/^https?:\/\//i, ""));
  return object === undefined ? undefined : whole(object);
}

/** Bucket and key of an object that is named by an endpoint of S3; an access point is no bucket. */
function atEndpoint(address: string): string | undefined {
  const [host, path] = parted(address);
  // No host is longer; and what is tried here is tried from many places.
  if (path === "" || host.length > 253) return undefined;
  const found =
    /^(?:([a-z0-9.-]+)\.)?s3(?!-(?:accesspoint|object-lambda|outposts))(?:-[a-z0-9-]+)?(?:\.[a-z0-9-]+){0,2}\.amazonaws\.(?:com(?:\.cn)?|eu)$/i.exec(
      host,
    );
  if (found === null) return undefined;
  return found[1] === undefined ? path : `${found[1]}/${path}`;
}
