import { isCertificateArn } from "../arn.ts";
import { api, type Dialect, nameIn } from "../dialect/dialect.ts";
import { flagSays, isFlag } from "../dialect/flag.ts";
import { isCalled, type Member, memberOf, type Node, type ObjectNode, stringOf } from "../document/tree.ts";
import { nearest } from "../text.ts";
import { shapeOf } from "./vocabulary.ts";

/**
 * Where a block that means origin mTLS stands. Only `custom` is where the API reads it; `inner` is within something
 * else of its origin.
 */
export type BlockPlace = "custom" | "origin" | "s3" | "vpc" | "inner" | "distribution";

/** A member that means `OriginMtlsConfig`, however it is spelled and wherever it stands. */
export interface MtlsBlock {
  readonly member: Member;
  readonly place: BlockPlace;
  /** What it holds, where it holds members. */
  readonly object: ObjectNode | undefined;
  /** The member that gives the certificate, however it is spelled. */
  readonly arn: Member | undefined;
  /** More members that mean the same as `arn`, none spelled as the API does. */
  readonly otherArns: readonly Member[];
  /** What names the certificate: the value of `arn`, or the text that stands where the block belongs. */
  readonly certificate: Node | undefined;
  /** On/off flags, which the API does not know. */
  readonly flags: readonly Member[];
  /** `off`: a flag, or the value in the block's place, says no. `unclear`: it is not known what was meant. */
  readonly says: "on" | "off" | "unclear";
}

/**
 * `on`: CloudFront is told to present a certificate; `meant`: it is written where or how CloudFront does not read
 * it.
 * Rules about an origin with mTLS take both, so that a fix of the one finding does not bring up the next.
 */
export type MtlsState = "on" | "meant" | "off";

/** Members of other kinds of mTLS: CloudFront's for viewers, API Gateway's, a load balancer's. */
const othersMember = /^(mode|trust_?store\w*)$/i;
const blockName =
  /^(cloudfront|origin)?[-_ ]?(mtls|mutual[-_ ]?tls)[-_ ]?(config|configuration|settings?|auth|authentication)?s?$/i;
const arnName = /^(client|acm|mtls)?[-_ ]?(certificate|cert)?[-_ ]?(arn)?$/i;

/** API_CustomOriginConfig, API_OriginMtlsConfig: the members of origin mTLS. */
export const names = { block: "OriginMtlsConfig", arn: "ClientCertificateArn" } as const;

/** The same as a dialect calls them. */
export function namesFor(dialect: Dialect): { readonly block: string; readonly arn: string } {
  return {
    block: nameIn(dialect, shapeOf("CustomOriginConfig"), names.block),
    arn: nameIn(dialect, shapeOf("OriginMtlsConfig"), names.arn),
  };
}

/** Whether a member name means `OriginMtlsConfig`. `ViewerMtlsConfig` is another thing, and no slip for it. */
export function meansOriginMtls(member: Member, dialect: Dialect): boolean {
  return (
    member.key === names.block ||
    isCalled(member, blockName) ||
    nearest(member.spelled, [namesFor(dialect).block], 3) !== undefined
  );
}

/** What nearly every member fails, at no cost. */
function mayMeanOriginMtls({ key, spelled }: Member, dialect: Dialect): boolean {
  return dialect === api ? key.length >= 4 && /tls/i.test(key) : spelled !== "";
}

/** @param served names of members that the service itself sent: what is called like a slip is none there */
export function findBlocks(
  object: ObjectNode | undefined,
  place: BlockPlace,
  dialect: Dialect,
  served?: ReadonlySet<string>,
): MtlsBlock[] {
  const blocks: MtlsBlock[] = [];
  for (const member of object?.members ?? []) {
    if (
      !mayMeanOriginMtls(member, dialect) ||
      !meansOriginMtls(member, dialect) ||
      served?.has(member.spelled) === true
    )
      continue;
    // A name still being typed says nothing yet, and null is how some tools write what is not there.
    if (isNothing(member)) continue;
    const block = readBlock(member, place, dialect);
    const named = member.key === names.block || block.arn !== undefined;
    if (!named && block.object?.members.some((other) => isCalled(other, othersMember)) === true) continue;
    // Far from where the API reads it, mTLS is more often that of the viewers.
    if (
      (place === "distribution" || place === "inner") &&
      member.key !== names.block &&
      !isCalled(member, /origin/i) &&
      block.arn === undefined
    )
      continue;
    blocks.push(block);
  }
  return blocks;
}

/** Objects and lists within an origin that are looked into; no shape of an origin is as deep. */
const deepest = 6;

/** The members of origin mTLS that stand deeper in an origin than the API has any. */
export interface InnerMtls {
  readonly blocks: readonly MtlsBlock[];
  readonly bareArns: readonly Member[];
}

/**
 * @param objects whose own members are known already
 */
export function findInner(
  objects: readonly (ObjectNode | undefined)[],
  dialect: Dialect,
  served: ReadonlySet<string> | undefined,
): InnerMtls {
  const blocks: MtlsBlock[] = [];
  const bareArns: Member[] = [];
  const look = (node: Node | undefined, depth: number): void => {
    if (depth > deepest || node === undefined) return;
    if (node.kind === "list") for (const item of node.items) look(item, depth + 1);
    if (node.kind !== "object" || objects.includes(node)) return;
    const found = findBlocks(node, "inner", dialect, served);
    blocks.push(...found);
    for (const member of node.members) {
      if (found.some((block) => block.member === member)) continue;
      if (member.key === names.arn && !isNothing(member)) bareArns.push(member);
      else look(member.value, depth + 1);
    }
  };
  for (const object of objects)
    for (const member of object?.members ?? [])
      if (member.value?.kind !== "scalar" && !(mayMeanOriginMtls(member, dialect) && meansOriginMtls(member, dialect)))
        look(member.value, 1);
  return { blocks, bareArns };
}

/** Half typed, or how some tools write what is not there. */
export function isNothing({ value }: Member): boolean {
  return value === undefined || (value.kind === "scalar" && value.value === null);
}

function readBlock(member: Member, place: BlockPlace, dialect: Dialect): MtlsBlock {
  const object = member.value?.kind === "object" ? member.value : undefined;
  const found = memberOf(object, names.arn);
  const right = found?.value === undefined ? undefined : found;
  const written = (object?.members ?? []).filter(({ value }) => value !== undefined);
  const meant = written.filter((member) => member.key !== names.arn && meansArn(member, dialect));
  const arn = right ?? meant[0];
  const flags = written.filter(isFlag);
  const certificate = arn === undefined && stringOf(member.value) !== undefined ? member.value : arn?.value;
  return {
    member,
    place,
    object,
    arn,
    otherArns: meant.filter((other) => other !== arn),
    certificate,
    flags,
    says: saying(member.value, flags),
  };
}

function saying(value: Node | undefined, flags: readonly Member[]): MtlsBlock["says"] {
  if (value?.kind === "scalar")
    return saysOff(value) ? "off" : isCertificateArn(stringOf(value) ?? "") ? "on" : "unclear";
  if (value?.kind !== "object" || flags.length > 1) return "unclear";
  const [flag] = flags;
  return flag === undefined ? "on" : flagSays(flag);
}

function meansArn(member: Member, dialect: Dialect): boolean {
  return (
    (member.spelled !== "" && isCalled(member, arnName)) ||
    nearest(member.spelled, [namesFor(dialect).arn], 3) !== undefined
  );
}

/** Whether a block says nothing but that a certificate is to be presented: another one that does can stand for it. */
export function isPlain({ says, otherArns }: MtlsBlock): boolean {
  return says === "on" && otherArns.length === 0;
}

/** The text of the certificate ARN; `undefined` where there is none or it is no text. */
export function arnOf(block: MtlsBlock): string | undefined {
  return stringOf(block.certificate);
}

/** `false`, or the text "false". */
export function saysOff(value: Node | undefined): boolean {
  return value?.kind === "scalar" && (value.value === false || value.value === "false");
}
