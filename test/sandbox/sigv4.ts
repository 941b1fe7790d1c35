// Signature Version 4 as the services check it: whoever signs another body, header or path than is sent is refused.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export interface Signed {
  readonly accessKey: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly headers: readonly string[];
  readonly signature: string;
}

export interface SentRequest {
  readonly method: string;
  /** As sent. */
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** What the Authorization header says; undefined where there is none that is like this. */
export function readAuthorization(header: string | undefined): Signed | undefined {
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/,\s]{1,128})\/(\d{8})\/([a-z0-9-]{1,32})\/([a-z0-9-]{1,32})\/aws4_request,\s*SignedHeaders=([a-z0-9;-]{1,2000}),\s*Signature=([0-9a-f]{64})$/.exec(
      header ?? "",
    );
  if (found === null) return undefined;
  const [, accessKey = "", date = "", region = "", service = "", headers = "", signature = ""] = found;
  return { accessKey, date, region, service, headers: headers.split(";"), signature };
}

export function isSignedBy(secret: string, signed: Signed, request: SentRequest): boolean {
  const payload = header(request, "x-amz-content-sha256") ?? "";
  const actual = createHash("sha256").update(request.body).digest("hex");
  if (payload !== "" && payload !== "UNSIGNED-PAYLOAD" && payload !== actual) return false;
  const canonical = [
    request.method,
    request.path.split("/").map(encode).join("/"),
    canonicalQuery(request.query),
    ...signed.headers.map((name) => `${name}:${(header(request, name) ?? "").trim().replaceAll(/ +/g, " ")}`),
    "",
    signed.headers.join(";"),
    payload === "" ? actual : payload,
  ].join("\n");
  const scope = `${signed.date}/${signed.region}/${signed.service}/aws4_request`;
  const text = [
    "AWS4-HMAC-SHA256",
    header(request, "x-amz-date") ?? "",
    scope,
    createHash("sha256").update(canonical).digest("hex"),
  ].join("\n");
  const key = [signed.date, signed.region, signed.service, "aws4_request"].reduce<Buffer>(
    (before, part) => createHmac("sha256", before).update(part).digest(),
    Buffer.from(`AWS4${secret}`),
  );
  const expected = createHmac("sha256", key).update(text).digest();
  return signed.headers.includes("host") && timingSafeEqual(expected, Buffer.from(signed.signature, "hex"));
}

function header(request: SentRequest, name: string): string | undefined {
  const found = request.headers[name];
  return Array.isArray(found) ? found.join(",") : found;
}

/** RFC 3986. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function canonicalQuery(query: string): string {
  if (query === "") return "";
  const pairs = query.split("&").map((pair) => {
    const [name = "", ...rest] = pair.split("=");
    return `${encode(decode(name))}=${encode(decode(rest.join("=")))}`;
  });
  return pairs.sort().join("&");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
