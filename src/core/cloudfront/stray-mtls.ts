import { isCalled, type Member, type Node } from "../document/tree.ts";
import type { Distribution } from "./distribution.ts";
import { isNothing, names } from "./origin-mtls.ts";
import { homeOf } from "./viewer-mtls.ts";

/** Members that mean origin mTLS and belong to a block, or to an origin: what is said of them is said there. */
export function ownMtlsMembers({
  origins,
  strayBlocks,
}: Pick<Distribution, "origins" | "strayBlocks">): ReadonlySet<Member> {
  const blocks = [...strayBlocks, ...origins.flatMap((origin) => origin.blocks)].flatMap(
    ({ member, arn, otherArns, flags }) => [member, ...(arn === undefined ? [] : [arn]), ...otherArns, ...flags],
  );
  return new Set([...blocks, ...origins.flatMap(({ bareArns }) => bareArns)]);
}

/** Objects and lists below a member that the API does not know, at most. */
const deepest = 6;

/** A member of origin mTLS where CloudFront does not see it. */
export interface StrayMtls {
  readonly member: Member;
  /** What the API does not know there: the same, or a member around it. */
  readonly within: Member;
}

/** A config in a config is one finding, whatever is in it. */
export const nestedConfig = /^(Distribution|[Dd]istribution[-_]?[Cc]onfig(WithTags)?)$/;

/** Members of origin mTLS within something that is no origin. */
export function strayMtlsMembers(distribution: Distribution): readonly StrayMtls[] {
  const { members, served } = distribution;
  if (members.unknown.length === 0) return [];
  const own = ownMtlsMembers(distribution);
  const found: StrayMtls[] = [];
  const look = (member: Member, within: Member, depth: number): void => {
    if (own.has(member) || served?.has(member.spelled) === true || isNothing(member)) return;
    if (isOfOriginMtls(member)) found.push({ member, within });
    else below(member.value, within, depth);
  };
  const below = (node: Node | undefined, within: Member, depth: number): void => {
    if (depth > deepest || node === undefined) return;
    if (node.kind === "list") for (const item of node.items) below(item, within, depth + 1);
    if (node.kind === "object") for (const member of node.members) look(member, within, depth + 1);
  };
  // In a block of viewer mTLS: viewer-mtls/place.
  for (const { member, shape } of members.unknown)
    if (homeOf(member, shape.name) === undefined && !isCalled(member, nestedConfig)) look(member, member, 0);
  return found;
}

function isOfOriginMtls({ key }: Member): boolean {
  return key === names.block || key === names.arn;
}
