// The SDK's own schemas, read for the other side: what a service may be sent. Enums are not in them, so they are named
// here; a test holds this list against the SDK's declarations.
import * as acm from "@aws-sdk/client-acm";
import * as cloudfront from "@aws-sdk/client-cloudfront";
import { refuse } from "./refusal.ts";
import { type Node, textOf } from "./xml.ts";

export interface Member {
  readonly name: string;
  readonly required: boolean;
  readonly shape: () => Shape;
}

export type Shape =
  | { readonly kind: "structure"; readonly name: string; readonly members: ReadonlyMap<string, Member> }
  | { readonly kind: "list"; readonly item: () => Shape; readonly itemName: string }
  | { readonly kind: "scalar"; readonly type: "string" | "number" | "boolean" | "timestamp" | "blob" };

const scalars: Readonly<Record<number, Shape & { kind: "scalar" }>> = {
  0: { kind: "scalar", type: "string" },
  1: { kind: "scalar", type: "number" },
  2: { kind: "scalar", type: "boolean" },
  4: { kind: "scalar", type: "timestamp" },
  5: { kind: "scalar", type: "timestamp" },
  6: { kind: "scalar", type: "timestamp" },
  7: { kind: "scalar", type: "timestamp" },
  21: { kind: "scalar", type: "blob" },
};
const listOf = 64;

const known = new Map<unknown, Shape>();

/**
 * A schema of the SDK: a number for a scalar, a tuple for all else, behind a function where it stands further down,
 * with traits beside it as a member.
 */
export function shapeOf(schema: unknown): Shape {
  if (typeof schema === "function") return shapeOf(schema());
  if (typeof schema === "number") {
    const scalar = scalars[schema & ~listOf];
    if (scalar === undefined) throw new Error(`an unknown schema: ${schema}`);
    return (schema & listOf) === 0 ? scalar : { kind: "list", item: () => scalar, itemName: "member" };
  }
  const read = known.get(schema);
  if (read !== undefined) return read;
  if (!Array.isArray(schema)) throw new Error(`an unknown schema: ${String(schema)}`);
  const shape = shapeOfTuple(schema);
  known.set(schema, shape);
  return shape;
}

function shapeOfTuple(schema: readonly unknown[]): Shape {
  const [kind, , name, , content, members, required = 0] = schema;
  // [schema, traits]: a member.
  if (schema.length === 2 && typeof kind !== "string") return shapeOf(kind);
  if (kind === 0) return shapeOf(content);
  if (kind === 1) return { kind: "list", item: () => shapeOf(content), itemName: wireName(content) ?? "member" };
  if (kind !== 3 || !Array.isArray(content) || !Array.isArray(members))
    throw new Error(`an unknown schema: ${String(name)}`);
  const entries = content.map((member: unknown, at): [string, Member] => {
    const plain = String(member);
    return [
      wireName(members[at]) ?? plain,
      { name: plain, required: at < Number(required), shape: () => shapeOf(members[at]) },
    ];
  });
  return { kind: "structure", name: String(name), members: new Map(entries) };
}

function wireName(member: unknown): string | undefined {
  const traits: unknown = Array.isArray(member) && member.length === 2 ? member[1] : undefined;
  return typeof traits === "object" && traits !== null && "xmlName" in traits ? String(traits.xmlName) : undefined;
}

// --- enums

type Enum = Readonly<Record<string, string>>;

/** By structure and member; of a list, what its items may be. */
export const enums: Readonly<Record<string, Enum>> = {
  "AllowedMethods.Items": cloudfront.Method,
  "CachedMethods.Items": cloudfront.Method,
  "CookiePreference.Forward": cloudfront.ItemSelection,
  "FunctionAssociation.EventType": cloudfront.EventType,
  "LambdaFunctionAssociation.EventType": cloudfront.EventType,
  "CacheBehavior.ViewerProtocolPolicy": cloudfront.ViewerProtocolPolicy,
  "DefaultCacheBehavior.ViewerProtocolPolicy": cloudfront.ViewerProtocolPolicy,
  "OriginGroup.SelectionCriteria": cloudfront.OriginGroupSelectionCriteria,
  "OriginSslProtocols.Items": cloudfront.SslProtocol,
  "CustomOriginConfig.OriginProtocolPolicy": cloudfront.OriginProtocolPolicy,
  "CustomOriginConfig.IpAddressType": cloudfront.IpAddressType,
  "GeoRestriction.RestrictionType": cloudfront.GeoRestrictionType,
  "ViewerCertificate.SSLSupportMethod": cloudfront.SSLSupportMethod,
  "ViewerCertificate.MinimumProtocolVersion": cloudfront.MinimumProtocolVersion,
  "ViewerCertificate.CertificateSource": cloudfront.CertificateSource,
  "ViewerMtlsConfig.Mode": cloudfront.ViewerMtlsMode,
  "DistributionConfig.PriceClass": cloudfront.PriceClass,
  "DistributionConfig.HttpVersion": cloudfront.HttpVersion,
  "DistributionConfig.ConnectionMode": cloudfront.ConnectionMode,
  "ListCertificatesRequest.CertificateStatuses": acm.CertificateStatus,
  "ListCertificatesRequest.CertificateKeyPairOrigins": acm.CertificateKeyPairOrigin,
  "ListCertificatesRequest.SortBy": acm.SortBy,
  "ListCertificatesRequest.SortOrder": acm.SortOrder,
  "Filters.extendedKeyUsage": acm.ExtendedKeyUsageName,
  "Filters.keyUsage": acm.KeyUsageName,
  "Filters.keyTypes": acm.KeyAlgorithm,
  "Filters.exportOption": acm.CertificateExport,
  "Filters.managedBy": acm.CertificateManagedBy,
};

// --- what is sent

/** Which code each kind of mistake has: the protocols disagree. */
export interface Codes {
  readonly invalid: string;
  readonly malformed: string;
}

function invalid(codes: Codes, found: string, path: string, constraint: string): never {
  refuse(
    codes.invalid,
    400,
    `1 validation error detected: Value ${found} at '${path}' failed to satisfy constraint: ${constraint}`,
  );
}

function checkEnum(codes: Codes, owner: string, member: string, found: string, path: string): void {
  const values = enums[`${owner}.${member}`];
  if (values === undefined || Object.values(values).includes(found)) return;
  invalid(codes, `'${found}'`, path, `Member must satisfy enum value set: [${Object.values(values).join(", ")}]`);
}

const lowerFirst = (name: string): string => `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;

/** JSON of an operation's input. What the shape does not have is passed over, as the service does. */
export function checkJson(input: unknown, shape: Shape, codes: Codes, path = "", owner = "", member = ""): void {
  if (shape.kind === "structure") {
    if (typeof input !== "object" || input === null || Array.isArray(input))
      refuse(codes.malformed, 400, `Start of structure or map found where not expected.`);
    for (const [name, inner] of shape.members) {
      const place = path === "" ? lowerFirst(name) : `${path}.${lowerFirst(name)}`;
      const found: unknown = Reflect.get(input, name);
      if (found !== undefined && found !== null) checkJson(found, inner.shape(), codes, place, shape.name, name);
      else if (inner.required) invalid(codes, "null", place, "Member must not be null");
    }
  } else if (shape.kind === "list") {
    if (!Array.isArray(input)) refuse(codes.malformed, 400, "Expected list or null");
    input.forEach((item: unknown, at) =>
      checkJson(item, shape.item(), codes, `${path}.${at + 1}.member`, owner, member),
    );
  } else {
    const expected = shape.type === "timestamp" ? "number" : shape.type === "blob" ? "string" : shape.type;
    if (typeof input !== expected)
      refuse(codes.malformed, 400, `${typeof input} can not be converted to a ${expected}`);
    if (typeof input === "string") checkEnum(codes, owner, member, input, path);
  }
}

/** `isKnown`: whether an element that the shape does not have is one that the service nonetheless knows. */
export function checkXml(
  xml: string,
  node: Node,
  shape: Shape,
  codes: Codes,
  isKnown: (parent: string, name: string) => boolean,
  path = "",
  owner = "",
  member = "",
): void {
  if (shape.kind === "structure") {
    const seen = new Set<string>();
    for (const inner of node.children) {
      const expected = shape.members.get(inner.name);
      const place = path === "" ? lowerFirst(inner.name) : `${path}.${lowerFirst(inner.name)}`;
      if (expected === undefined) {
        if (!isKnown(node.name, inner.name))
          refuse(codes.malformed, 400, `Unexpected element ${inner.name} at '${path}'`);
        continue;
      }
      if (seen.has(inner.name)) refuse(codes.malformed, 400, `Element ${inner.name} is there twice at '${path}'`);
      seen.add(inner.name);
      checkXml(xml, inner, expected.shape(), codes, isKnown, place, shape.name, inner.name);
    }
    for (const [name, { required }] of shape.members)
      if (required && !seen.has(name))
        invalid(
          codes,
          "null",
          path === "" ? lowerFirst(name) : `${path}.${lowerFirst(name)}`,
          "Member must not be null",
        );
  } else if (shape.kind === "list") {
    // https://github.com/aws/aws-sdk-ruby/issues/1067
    if (node.children.length === 0) refuse("MalformedInput", 400, "Unexpected list element termination");
    node.children.forEach((item, at) => {
      if (item.name !== shape.itemName) refuse(codes.malformed, 400, `Unexpected element ${item.name} at '${path}'`);
      checkXml(xml, item, shape.item(), codes, isKnown, `${path}.${at + 1}.member`, owner, member);
    });
  } else {
    if (node.children.length > 0) refuse("MalformedInput", 400, "Unexpected complex element termination");
    const text = textOf(xml, node);
    if (shape.type === "number" && !/^-?\d{1,10}$/.test(text.trim()))
      refuse("MalformedInput", 400, `Unable to unmarshall value as number at '${path}'`);
    if (shape.type === "boolean" && !/^(?:true|false)$/.test(text.trim()))
      refuse("MalformedInput", 400, `Unable to unmarshall value as boolean at '${path}'`);
    if (shape.type === "string") checkEnum(codes, owner, member, text, path);
  }
}
