import { isTemplated } from "../arn.ts";
import { isFlag } from "../dialect/flag.ts";
import {
  isCalled,
  type Member,
  memberOf,
  type Node,
  type ObjectNode,
  objectAt,
  type ScalarNode,
  stringOf,
  valueOf,
} from "../document/tree.ts";
import type { Span } from "../text.ts";

/** How CloudFront treats the certificates of viewers (API_ViewerMtlsConfig). */
export const viewerModes = ["required", "optional", "passthrough"] as const;
export type ViewerMode = (typeof viewerModes)[number];

/**
 * The managed cache policy CachingDisabled, the only one with passthrough (CFDG/using-managed-cache-policies,
 * CFDG/mtls-validation-modes).
 */
export const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

/** What a config says about mTLS between viewers and CloudFront. */
export interface ViewerMtls {
  /** `undefined` in a fragment that is the block itself. */
  readonly member: Member | undefined;
  /** What it holds, where it holds members. */
  readonly object: ObjectNode | undefined;
  /** Where to point when the block as a whole is meant: its name, or its opening brace. */
  readonly at: Span;
  /**
   * Written where and as CloudFront reads it. Rules take another one too, so that a fix of that does not bring up the
   * next finding.
   */
  readonly inPlace: boolean;
  /** The value of `Mode`. */
  readonly mode: ScalarNode | undefined;
  /** The mode that is meant, also where its case is not the API's or it goes by the word of the console. */
  readonly says: ViewerMode | undefined;
  readonly trustStoreConfig: Member | undefined;
  readonly trustStoreId: Node | undefined;
  /** A mode or a trust store is named. An empty block says nothing. */
  readonly on: boolean;
}

/** Words for "no mTLS", none of which CloudFront knows. */
const offWords = new Set(["off", "none", "disabled", "disable", "false", "no"]);

/** Whether a value of `Mode` is a word for no mTLS at all. */
export function saysOff(mode: string): boolean {
  return offWords.has(plain(mode));
}

/**
 * The mode that a word means: written in another case or with a hyphen, or the console's word "verify",
 * which is `required` (CFDG/enable-mtls-distributions).
 */
export function meantMode(word: string): ViewerMode | undefined {
  const written = plain(word);
  return written === "verify" ? "required" : viewerModes.find((mode) => mode === written);
}

function plain(word: string): string {
  return word.trim().toLowerCase().replaceAll(/[-_ ]/g, "");
}

/**
 * @param block `ViewerMtlsConfig`, or the member that means it
 */
export function readViewerMtls(block: Member, inPlace: boolean): ViewerMtls {
  return describe(block, block.value?.kind === "object" ? block.value : undefined, block.keySpan, inPlace);
}

/** In a fragment that is what stands in the block. */
export function readViewerMtlsAlone(object: ObjectNode): ViewerMtls {
  return describe(undefined, object, { start: object.start, end: object.start + 1 }, true);
}

function describe(member: Member | undefined, object: ObjectNode | undefined, at: Span, inPlace: boolean): ViewerMtls {
  const mode = valueOf(object, "Mode");
  const scalar = mode?.kind === "scalar" ? mode : undefined;
  const word = stringOf(mode);
  const trustStore = memberOf(object, "TrustStoreConfig");
  const named = objectAt(object, "TrustStoreConfig") !== undefined;
  return {
    member,
    object,
    at,
    inPlace,
    mode: scalar,
    says: word === undefined || isTemplated(word) ? undefined : meantMode(word),
    trustStoreConfig: trustStore,
    trustStoreId: valueOf(object, "TrustStoreConfig", "TrustStoreId"),
    on: (word !== undefined && word !== "" && !saysOff(word)) || (word === undefined && named),
  };
}

/** Whether an object is what stands in `ViewerMtlsConfig`, and nothing else: no other service pairs these two. */
export function isViewerMtlsAlone(object: ObjectNode): boolean {
  return (
    valueOf(object, "TrustStoreConfig", "TrustStoreId") !== undefined &&
    object.members.every(({ key }) => key === "Mode" || key === "TrustStoreConfig")
  );
}

/** Where each member of viewer mTLS belongs, for those that are found elsewhere. */
const homes: ReadonlyMap<string, string> = new Map([
  ["ViewerMtlsConfig", "DistributionConfig"],
  ["ConnectionFunctionAssociation", "DistributionConfig"],
  ["TrustStoreConfig", "ViewerMtlsConfig"],
  ["TrustStoreId", "TrustStoreConfig"],
  ["AdvertiseTrustStoreCaNames", "TrustStoreConfig"],
  ["IgnoreCertificateExpiry", "TrustStoreConfig"],
]);

/** Members of origin mTLS, which say nothing about viewers. */
const ofOrigins = new Set(["OriginMtlsConfig", "ClientCertificateArn"]);
const viewerShapes = new Set(["ViewerMtlsConfig", "TrustStoreConfig"]);

/** What a load balancer has for it, by the names of the API and of other tools. */
export const balancersBlock = /^(MutualAuthentication|mutual_authentication)$/;
const balancersStore = /^(TrustStoreArn|trust_store_arn)$/;

/** The shape that a member of mTLS belongs in, where it stands in another one; `undefined` for all others. */
export function homeOf(member: Member, shape: string): string | undefined {
  const { key, value } = member;
  // "Mode": "off" there is a flag.
  if (key === "Mode" && isFlag(member)) return undefined;
  if (viewerShapes.has(shape)) {
    if (ofOrigins.has(key)) return key === "OriginMtlsConfig" ? "CustomOriginConfig" : "OriginMtlsConfig";
    // How a load balancer names its trust store; CloudFront takes the id of one of its own.
    if (isCalled(member, balancersStore)) return "MutualAuthentication";
    if (shape === "TrustStoreConfig" && key === "Mode") return "ViewerMtlsConfig";
  }
  if (shape === "OriginMtlsConfig" && key === "Mode") return "ViewerMtlsConfig";
  if (
    isCalled(member, balancersBlock) &&
    value?.kind === "object" &&
    value.members.some((inner) => isCalled(inner, balancersStore))
  )
    return "MutualAuthentication";
  const home = homes.get(key);
  if (home !== undefined) return home === shape ? undefined : home;
  // Another name for the block: what stands in it tells.
  return shape !== "DistributionConfig" && value?.kind === "object" && isViewerMtlsAlone(value)
    ? "DistributionConfig"
    : undefined;
}

/** A flag for viewer mTLS beside the block for it. */
const flagForBlock =
  /^(is[-_ ]?)?(viewers?|client)[-_ ]?(mtls|mutual[-_ ]?tls|mutual[-_ ]?auth(entication)?)[-_ ]?(enabled?|disabled?)$/i;

/** An on/off flag for viewer mTLS, which has none. */
export function isFlagOfViewerMtls(member: Member, shape: string): boolean {
  // There the mode is a member of its own.
  if (shape === "ViewerMtlsConfig" && member.key === "Mode") return false;
  return viewerShapes.has(shape) ? isFlag(member) : shape === "DistributionConfig" && isCalled(member, flagForBlock);
}
