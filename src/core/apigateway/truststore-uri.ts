/**
 * What a text says where the place of a trust store in S3 belongs. No model has a pattern; the documented form is
 * `s3://bucket-name/key-name`.
 */
export type UriForm =
  | { readonly kind: "right"; readonly bucket: string; readonly key: string }
  | { readonly kind: "no-key" | "no-bucket" | "placeholder" | "foreign" }
  /** `meant`: the same object in the documented form, where that is no guess. */
  | { readonly kind: "scheme-case" | "url" | "arn"; readonly meant: string | undefined }
  /** `meant` is a guess. */
  | { readonly kind: "no-scheme"; readonly meant: string | undefined }
  /** As web addresses name a version. Here all of it is a key. */
  | { readonly kind: "versioned"; readonly meant: string; readonly version: string };

export function readUri(text: string): UriForm {
  // No bucket is called so; a key may hold nearly anything.
  if (/<[^<>]*>|^s3:\/\/[^/]*\.\.\./.test(text)) return { kind: "placeholder" };
  if (text.startsWith("s3://")) return inBucket(text.slice(5));
  if (/^s3:\/\//i.test(text)) return { kind: "scheme-case", meant: whole(text.slice(5)) };
  const arn = /^arn:[\w-]+:s3:::(.+)$/.exec(text)?.[1];
  if (arn !== undefined) return { kind: "arn", meant: whole(arn) };
  if (/^https?:\/\//i.test(text)) return { kind: "url", meant: fromUrl(text) };
  if (/^s3(:\/?[^/]|\/\/)/i.test(text)) return { kind: "no-scheme", meant: whole(text.replace(/^s3(:\/?|\/\/)/i, "")) };
  return /^[\w.-]+\/[^\s:]+$/.test(text) ? { kind: "no-scheme", meant: whole(text) } : { kind: "foreign" };
}

function inBucket(rest: string): UriForm {
  const slash = rest.indexOf("/");
  const [bucket, key] = slash < 0 ? [rest, ""] : [rest.slice(0, slash), rest.slice(slash + 1)];
  if (bucket === "") return { kind: "no-bucket" };
  if (key === "") return { kind: "no-key" };
  const asked = key.lastIndexOf("?versionId=");
  const version = asked <= 0 ? "" : key.slice(asked + 11);
  return /^[\w.-]+$/.test(version)
    ? { kind: "versioned", meant: `s3://${bucket}/${key.slice(0, asked)}`, version }
    : { kind: "right", bucket, key };
}

function whole(rest: string): string | undefined {
  return inBucket(rest).kind === "right" ? `s3://${rest}` : undefined;
}

/**
 * `https://bucket.s3.region.amazonaws.com/key`, or `https://s3.region.amazonaws.com/bucket/key`. What is escaped or
 * asked for behind it is left to its author.
 */
function fromUrl(url: string): string | undefined {
  if (/[?#%+]/.test(url)) return undefined;
  const [, bucket, path = ""] =
    /^https?:\/\/(?:([a-z0-9.-]+)\.)?s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?\/(.+)$/i.exec(url) ?? [];
  if (path === "") return undefined;
  return whole(bucket === undefined ? path : `${bucket}/${path}`);
}
