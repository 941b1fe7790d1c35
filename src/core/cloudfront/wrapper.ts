import { dialectOf } from "../dialect/view.ts";
import { type Member, memberOf, type ObjectNode, objectAt, stringOf, valueOf } from "../document/tree.ts";
import type { Beside, Wrapper } from "./config.ts";
import { findBlocks, isNothing, names } from "./origin-mtls.ts";
import { shapeOf } from "./vocabulary.ts";

/**
 * The wrapper around a config: the output of a `get`, or the whole input of an `update`.
 * @param isWhole whether an object is a whole config, by whatever name
 */
export function wrapperOf(root: ObjectNode, isWhole: (node: ObjectNode) => boolean): Wrapper | undefined {
  const distribution = objectAt(root, "Distribution");
  const inner = memberOf(distribution, "DistributionConfig");
  if (inner !== undefined) return wrapper("get-distribution", root, inner, distribution);
  const withTags = objectAt(root, "DistributionConfigWithTags");
  const tagged = memberOf(withTags, "DistributionConfig");
  if (tagged !== undefined) return wrapper("cli-input", root, tagged, withTags);
  const member = memberOf(root, "DistributionConfig") ?? renamed(root, isWhole);
  return member === undefined ? undefined : wrapper(kindOf(root, member), root, member, undefined);
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
  const beside = around.flatMap((one): readonly Beside[] => {
    const isMtls = isOfMtls(one, root);
    return (isMtls || shapeOf("DistributionConfig").members.has(one.key)) && !isNothing(one)
      ? [{ member: one, isMtls }]
      : [];
  });
  const isUpdate =
    etagOf(root) !== undefined || memberOf(root, "IfMatch") !== undefined || (kind === "cli-input" && id !== undefined);
  return {
    kind,
    root,
    member,
    etag,
    id,
    isUpdate,
    beside,
    others: around.filter(
      (one) => saysMore(one) && !answered.has(one.key) && beside.every((other) => other.member !== one),
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

/** What CloudFront, or the tool that asked it, says of a distribution beside its config. */
const answered = new Set([
  "ActiveTrustedSigners",
  "ActiveTrustedKeyGroups",
  "AliasICPRecordals",
  "ResultMetadata",
  "ResponseMetadata",
  "$metadata",
]);

/** An object or list with something in it; a single value beside a config describes it. */
function saysMore({ value }: Member): boolean {
  if (value?.kind === "list") return value.items.length > 0;
  return value?.kind === "object" && value.members.length > 0;
}

const ofViewers = new Set(["ViewerMtlsConfig", "ConnectionFunctionAssociation"]);

function isOfMtls(member: Member, root: ObjectNode): boolean {
  if (ofViewers.has(member.key) || member.key === names.arn) return true;
  return findBlocks(member.parent, "distribution", dialectOf(root)).some((block) => block.member === member);
}
