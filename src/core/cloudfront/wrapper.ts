import { dialectOf } from "../dialect/view.ts";
import type { Change } from "../document/change.ts";
import { type Member, memberOf, type Node, type ObjectNode, objectAt, stringOf, valueOf } from "../document/tree.ts";
import type { Beside, Wrapper } from "./config.ts";
import { findBlocks, isNothing, names } from "./origin-mtls.ts";
import { shapeOf } from "./vocabulary.ts";

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
    nested: undefined,
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
