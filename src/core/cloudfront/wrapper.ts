import { dialectOf } from "../dialect/view.ts";
import type { Change } from "../document/change.ts";
import { type Member, memberOf, type Node, type ObjectNode, objectAt, stringOf, valueOf } from "../document/tree.ts";
import type { Beside, Wrapper } from "./config.ts";
import { findBlocks, isNothing, names } from "./origin-mtls.ts";
import { homeOf } from "./viewer-mtls.ts";
import { meantMember, shapeOf } from "./vocabulary.ts";

/** Configs in each other, at most. */
const deepest = 4;

/**
 * The wrapper around a config: the output of a `get`, or the whole input of an `update`. Where the config in it is
 * itself a wrapper, both are one, with the innermost config as theirs.
 * @param isWhole whether an object is a whole config, by whatever name
 */
export function wrapperOf(root: ObjectNode, isWhole: (node: ObjectNode) => boolean, depth = 0): Wrapper | undefined {
  const outer = wrapperAround(root, isWhole);
  const node = outer?.member.value;
  if (outer === undefined || depth >= deepest || node?.kind !== "object" || isWhole(node)) return outer;
  const inner = wrapperOf(node, isWhole, depth + 1);
  if (inner?.member.value?.kind !== "object" || !isWhole(inner.member.value)) return outer;
  return {
    ...outer,
    member: inner.member,
    nested: { outer: outer.member, inner: inner.nested?.outer ?? inner.member },
    etag: outer.etag ?? inner.etag,
    id: outer.id ?? inner.id,
    isUpdate: outer.isUpdate || inner.isUpdate,
    beside: [...outer.beside, ...inner.beside],
    others: [...outer.others, ...inner.others],
  };
}

function wrapperAround(root: ObjectNode, isWhole: (node: ObjectNode) => boolean): Wrapper | undefined {
  const distribution = objectAt(root, "Distribution");
  const inner = memberOf(distribution, "DistributionConfig");
  if (inner !== undefined) return wrapper("get-distribution", root, inner, distribution);
  const withTags = objectAt(root, "DistributionConfigWithTags");
  const tagged = memberOf(withTags, "DistributionConfig");
  if (tagged !== undefined) return wrapper("cli-input", root, tagged, withTags);
  const member = memberOf(root, "DistributionConfig") ?? renamed(root, isWhole);
  return member === undefined ? undefined : wrapper(kindOf(root, member), root, member, undefined);
}

/** What create-distribution-with-tags takes as it stands, and update-distribution as --cli-input-json. */
export function isCompleteInput({ kind, root }: Wrapper): boolean {
  if (kind !== "cli-input") return false;
  return (memberOf(root, "IfMatch") === undefined) === (memberOf(root, "Id") === undefined);
}

/**
 * How the config takes the place of what is around it, and the names of what goes with that. `undefined` where settings
 * stand beside it: they have to go into it first.
 */
export function extraction(
  { beside, others }: Wrapper,
  part: Node,
  whole: Node,
): { readonly keys: readonly string[]; readonly change: Change } | undefined {
  if (beside.length > 0) return undefined;
  const keys = others.flatMap(({ spelled, start }) => (whole.start <= start && start < whole.end ? [spelled] : []));
  return { keys, change: { kind: "lift", part, whole } };
}

function kindOf(root: ObjectNode, member: Member): Wrapper["kind"] {
  const has = (key: string) => memberOf(root, key) !== undefined;
  if (has("IfMatch") || has("Tags")) return "cli-input";
  if (etagOf(root) !== undefined) return "get-distribution-config";
  if (has("ARN") || has("Status")) return "get-distribution";
  return root.members.every((other) => other === member) ? "etag-removed" : "cli-input";
}

/** @param between what stands between the root and the config */
function wrapper(kind: Wrapper["kind"], root: ObjectNode, member: Member, between: ObjectNode | undefined): Wrapper {
  const etag = stringOf((etagOf(root) ?? memberOf(root, "IfMatch"))?.value);
  const id = stringOf(valueOf(between, "Id")) ?? stringOf(valueOf(root, "Id"));
  const around = [...root.members, ...(between?.members ?? [])].filter(
    ({ value }) => value !== undefined && value !== between && value !== member.value,
  );
  const beside = around.flatMap((one) => (isNothing(one) ? [] : (besideOf(one, root, member.value) ?? [])));
  const isUpdate =
    etagOf(root) !== undefined || memberOf(root, "IfMatch") !== undefined || (kind === "cli-input" && id !== undefined);
  return {
    kind,
    root,
    member,
    nested: undefined,
    etag,
    id,
    isUpdate,
    beside,
    others: around.filter(
      (one) => saysMore(one) && !answered.test(one.key) && beside.every((other) => other.member !== one),
    ),
  };
}

/** The version that an answer has, also by a name that `--query` or another tool gave it. */
function etagOf(root: ObjectNode): Member | undefined {
  return (
    memberOf(root, "ETag") ??
    root.members.find(({ key, value }) => /^etag$/i.test(key) && stringOf(value) !== undefined)
  );
}

/** `--query '{ETag: ETag, Config: DistributionConfig}'` gives the config another name. */
function renamed(root: ObjectNode, isWhole: (node: ObjectNode) => boolean): Member | undefined {
  if (etagOf(root) === undefined && memberOf(root, "IfMatch") === undefined) return undefined;
  const [only, another] = root.members.filter(({ value }) => value?.kind === "object" && isWhole(value));
  return another === undefined ? only : undefined;
}

/** What CloudFront, or the tool that asked it, says beside a config, and parameters of the calls. */
const answered =
  /^(Id|ARN|Status|DomainName|LastModifiedTime|InProgressInvalidationBatches|Location|DistributionId|ETag|IfMatch|ActiveTrusted(Signers|KeyGroups)|AliasICPRecordals|Res(ult|ponse)Metadata|\$metadata|ContentLength|HttpStatusCode)$/i;

/** Whether something is lost with it. */
function saysMore({ value }: Member): boolean {
  if (value?.kind === "list") return value.items.length > 0;
  if (value?.kind === "object") return value.members.length > 0;
  return value !== undefined && !(value.kind === "scalar" && (value.value ?? "") === "");
}

const ofViewers = new Set(["ViewerMtlsConfig", "ConnectionFunctionAssociation"]);

/** Where a member beside a config belongs; `undefined` where it may stand there. */
function besideOf(member: Member, root: ObjectNode, node: Node | undefined): Beside | undefined {
  const { key, spelled, value } = member;
  const config = shapeOf("DistributionConfig");
  if (config.members.has(key)) return { member, key, home: "config", isMtls: ofViewers.has(key) };
  const isOfOrigin =
    key === names.arn ||
    findBlocks(member.parent, "distribution", dialectOf(root)).some((block) => block.member === member);
  if (isOfOrigin) return { member, key, home: "origin", isMtls: true };
  if (originName.test(spelled) && holdsOriginMtls(value, 0)) return { member, key, home: "origins", isMtls: true };
  const meant = value?.kind === "object" ? meantMember(spelled, config, dialectOf(root)) : undefined;
  if (meant !== undefined && ofViewers.has(meant)) return { member, key: meant, home: "config", isMtls: true };
  const home = homeOf(member, "");
  if (home === "DistributionConfig") return { member, key: "ViewerMtlsConfig", home: "config", isMtls: true };
  // Beside a block for viewers, it is more likely what was asked for along with it.
  return (home === "ViewerMtlsConfig" || home === "TrustStoreConfig") &&
    memberOf(node, "ViewerMtlsConfig") === undefined
    ? { member, key, home: "viewer-mtls", isMtls: true }
    : undefined;
}

const originName = /^((custom|s3|vpc)[-_ ]?)?origins?([-_ ]?config)?$/i;

/** Deeper than this, no origin has its certificate. */
const deepestOfOrigin = 4;

function holdsOriginMtls(node: Node | undefined, depth: number): boolean {
  if (depth > deepestOfOrigin || node === undefined) return false;
  if (node.kind === "list") return node.items.some((item) => holdsOriginMtls(item, depth + 1));
  return (
    node.kind === "object" &&
    node.members.some(
      (member) =>
        ((member.key === names.block || member.key === names.arn) && !isNothing(member)) ||
        holdsOriginMtls(member.value, depth + 1),
    )
  );
}
