import type { CertificateOffers, Completion } from "../dialect/assist.ts";
import type { Json, Tree } from "../document/tree.ts";
import type { Reason } from "../reason.ts";
import type { Distribution } from "./distribution.ts";
import { certificatesOf } from "./intent.ts";
import { type ConfigLocation, locateIn } from "./location.ts";
import { cachingDisabled, type ViewerMode, viewerModes } from "./viewer-mtls.ts";
import { type MemberType, shapeOf } from "./vocabulary.ts";

/** What is said beside an offer that is no name or value. */
export type OfferReason =
  | { readonly code: "offer:required"; readonly args: { readonly type: string | TypeReason } }
  | { readonly code: "offer:in-this-config" | "offer:only-with-passthrough" | "offer:origin-group" }
  | { readonly code: `viewer-mode:${ViewerMode}` }
  | TypeReason;

/** What a value must be. */
interface TypeReason {
  readonly code: `offer:${"string" | "number" | "boolean" | "list" | "object"}`;
}

const namedAlready: CertificateOffers = (named) =>
  named.map((arn) => ({ arn, label: arn, detail: { code: "offer:in-this-config" }, documentation: [] }));

/** What may stand at an offset, best first. */
export function completionsAt(
  distribution: Distribution,
  tree: Tree,
  offset: number,
  certificates = namedAlready,
): Completion[] {
  const location = locateIn(distribution, tree, offset);
  if (location === undefined) return [];
  return location.atName ? names(location) : values(location, distribution, certificates);
}

function names({ shape, object, typed }: ConfigLocation): Completion[] {
  const there = new Set(object?.members.filter(({ keySpan }) => keySpan.start !== typed.start).map(({ key }) => key));
  return [...(shape?.members ?? [])]
    .filter(([key]) => !there.has(key))
    .map(([key, type]): Completion => {
      const required = shape?.required.includes(key) === true;
      return {
        kind: "member",
        label: key,
        detail: required ? { code: "offer:required", args: { type: typeName(type) } } : typeName(type),
        replace: typed,
        key,
        value: initial(type),
        required,
      };
    })
    .sort((a, b) => Number(b.required) - Number(a.required));
}

function values(
  { type, key, typed }: ConfigLocation,
  distribution: Distribution,
  certificates: CertificateOffers,
): Completion[] {
  const offer = (value: Json, detail: string | Reason): Completion => ({
    kind: "value",
    label: String(value),
    detail,
    replace: typed,
    value,
    required: false,
  });
  if (key === "Mode") return viewerModes.map((mode) => offer(mode, { code: `viewer-mode:${mode}` }));
  if (type?.kind === "enum") return type.values.map((value) => offer(value, key ?? ""));
  if (type?.kind === "boolean") return [true, false].map((value) => offer(value, key ?? ""));
  if (key === "ClientCertificateArn")
    return certificates(certificatesOf(distribution)).map(({ arn, label, detail, documentation }) => ({
      ...offer(arn, detail),
      label,
      ...(label === arn ? {} : { keywords: label }),
      documentation,
    }));
  if (key === "CachePolicyId" && distribution.viewerMtls?.says === "passthrough")
    return [
      {
        ...offer(cachingDisabled, { code: "offer:only-with-passthrough" }),
        label: "CachingDisabled",
        keywords: "CachingDisabled",
      },
    ];
  const originIds = distribution.origins.flatMap(({ id, domainName }) =>
    id === undefined ? [] : offer(id, String(domainName?.value ?? "")),
  );
  if (key === "OriginId") return originIds;
  if (key === "TargetOriginId")
    return [
      ...originIds,
      ...distribution.originGroups.flatMap(({ id }) =>
        id === undefined ? [] : offer(id, { code: "offer:origin-group" }),
      ),
    ];
  return [];
}

/** What a new member starts with: what the API requires below it, and nothing made up. */
function initial(type: MemberType): Json {
  switch (type.kind) {
    case "string":
      return "";
    case "number":
      return 0;
    case "boolean":
      return false;
    case "enum":
      return "";
    case "list":
      return [];
    case "shape": {
      const { required, members } = shapeOf(type.shape);
      // The API requires neither, and viewer mTLS is nothing without them.
      if (type.shape === "ViewerMtlsConfig") return { Mode: "", TrustStoreConfig: { TrustStoreId: "" } };
      return Object.fromEntries(required.map((key) => [key, initialBelow(members.get(key))]));
    }
  }
}

function initialBelow(type: MemberType | undefined): Json {
  return type === undefined || type.kind === "shape" ? {} : initial(type);
}

function typeName(type: MemberType): string | TypeReason {
  switch (type.kind) {
    case "string":
      return { code: "offer:string" };
    case "number":
      return { code: "offer:number" };
    case "boolean":
      return { code: "offer:boolean" };
    case "enum":
      return type.values.join(" | ");
    case "list":
      return { code: "offer:list" };
    case "shape":
      return { code: "offer:object" };
  }
}
