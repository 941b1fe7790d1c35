import { isCertificateArn, isTemplated } from "../arn.ts";
import { isDecidedLater } from "../dialect/view.ts";
import type { Change } from "../document/change.ts";
import { type Member, memberOf, stringOf, valueOf } from "../document/tree.ts";
import type { Distribution, Origin } from "./distribution.ts";
import { type UnaskingHost, unaskingHost } from "./hosts.ts";
import { arnOf, names } from "./origin-mtls.ts";

/** What a user wants to become true of origins; the same for a document and, later, for a live distribution. */
export type OriginIntent =
  | { readonly kind: "enable"; readonly certificate: string }
  | { readonly kind: "change-certificate"; readonly certificate: string }
  | { readonly kind: "disable" };

/** Why an intent cannot be carried out on an origin. The words for it are the host's. */
export type OriginUnfit =
  | "s3"
  | "vpc"
  | UnaskingHost
  | "no-custom-origin-config"
  | "unclear-blocks"
  | "already-off"
  | "not-on"
  | "conditional";

/** `undefined`: it can. */
export function originUnfitFor(origin: Origin, intent: OriginIntent["kind"]): OriginUnfit | undefined {
  if (isDecidedLater(origin.node, "CustomOriginConfig") || isDecidedLater(origin.custom, names.block))
    return "conditional";
  if (intent === "disable") return origin.blocks.length + origin.bareArns.length === 0 ? "already-off" : undefined;
  if (origin.kind === "s3" || origin.kind === "vpc") return origin.kind;
  if (origin.custom === undefined) return "no-custom-origin-config";
  const host = unaskingHost(stringOf(origin.domainName) ?? "");
  if (intent === "enable" && host !== undefined) return host;
  if (intent === "change-certificate" && origin.mtls !== "on") return "not-on";
  // Something already means mTLS, but not where or how the API reads it: its quick fix comes first.
  if (
    origin.blocks.some(
      (block) =>
        block.place !== "custom" || block.member.key !== names.block || block.says !== "on" || block.flags.length > 0,
    )
  )
    return "unclear-blocks";
  return origin.blocks.length > 1 ? "unclear-blocks" : undefined;
}

/** The changes that make an intent true of fit origins; none where it already is. */
export function originChangesFor(origins: readonly Origin[], intent: OriginIntent): Change[] {
  return origins.flatMap((origin) => {
    if (originUnfitFor(origin, intent.kind) !== undefined) return [];
    // A certificate outside every block was meant for one: it would come back as another finding.
    const bare = origin.bareArns.map((entry): Change => ({ kind: "remove", entry }));
    if (intent.kind === "disable")
      return [...bare, ...origin.blocks.map(({ member }): Change => ({ kind: "remove", entry: member }))];
    return [
      ...bare,
      ...withCertificate(origin, intent.certificate),
      ...(intent.kind === "enable" ? withHttpsOnly(origin) : []),
    ];
  });
}

function withCertificate(origin: Origin, certificate: string): Change[] {
  const { custom } = origin;
  const [block] = origin.blocks;
  if (custom === undefined) return [];
  const value = { [names.arn]: certificate };
  // A null in the block's place is no block, but its name is taken.
  const taken = memberOf(custom, names.block)?.value;
  if (block === undefined && taken !== undefined) return [{ kind: "set", node: taken, value }];
  if (block === undefined) return [{ kind: "add", to: custom, key: names.block, value }];
  if (arnOf(block) === certificate && block.arn?.key === names.arn) return [];
  return setCertificate(block.member, block.arn, names.arn, certificate);
}

function setCertificate(member: Member, arn: Member | undefined, key: string, certificate: string): Change[] {
  if (arn?.value !== undefined) {
    const rename: Change[] = arn.key === key ? [] : [{ kind: "rename", member: arn, key }];
    return [...rename, { kind: "set", node: arn.value, value: certificate }];
  }
  if (member.value?.kind === "object") return [{ kind: "add", to: member.value, key, value: certificate }];
  return member.value === undefined ? [] : [{ kind: "set", node: member.value, value: { [key]: certificate } }];
}

/** Whether enabling changes how the origin is called. What a template fills in is left to its author. */
export function becomesHttpsOnly({ custom }: Origin): boolean {
  const policy = stringOf(valueOf(custom, "OriginProtocolPolicy")) ?? "";
  return policy !== "https-only" && !isTemplated(policy);
}

function withHttpsOnly(origin: Origin): Change[] {
  const { custom } = origin;
  const policy = valueOf(custom, "OriginProtocolPolicy");
  if (custom === undefined || !becomesHttpsOnly(origin)) return [];
  if (policy === undefined) return [{ kind: "add", to: custom, key: "OriginProtocolPolicy", value: "https-only" }];
  return [{ kind: "set", node: policy, value: "https-only" }];
}

/** The distinct client certificates that a document names already, in its order; not what is half typed. */
export function certificatesOf({ origins }: Distribution): string[] {
  return [
    ...new Set(
      origins.flatMap(({ blocks, bareArns }) => [
        ...blocks.map(arnOf),
        ...bareArns.map(({ value }) => stringOf(value)),
      ]),
    ),
  ]
    .filter((arn) => arn !== undefined)
    .filter(isCertificateArn);
}
