import * as l10n from "@vscode/l10n";
import type { Origin } from "../../cloudfront/distribution.ts";
import { arnOf, isPlain, type MtlsBlock, names, namesFor, saysOff } from "../../cloudfront/origin-mtls.ts";
import { refusalOf } from "../../dialect/refusal.ts";
import type { Change } from "../../document/change.ts";
import { isComputed, type Member, memberOf, type Node, type ObjectNode, stringOf } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Finding, Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  block: ({ key, right, refusal }: { key: string; right: string; refusal: string }) =>
    l10n.t("CloudFront has no member {0}. For origin mTLS, use {1}. {2}", key, right, refusal),
  arn: ({ key, right }: { key: string; right: string }) =>
    l10n.t("{1} is not a valid member. Use {0} to name the certificate.", right, key),
  "other-arn": ({ key, right }: { key: string; right: string }) =>
    l10n.t("CloudFront has no member {1} in addition to {0}, which names the certificate.", right, key),
  "flag-off": ({ key, refusal }: { key: string; refusal: string }) =>
    l10n.t(
      "{0} has no on/off flag. If it names a certificate, mTLS is on. {1} To turn off mTLS, remove {0}.",
      key,
      refusal,
    ),
  flag: ({ key, refusal }: { key: string; refusal: string }) =>
    l10n.t("{0} has no on/off flag. If it names a certificate, mTLS is on. {1}", key, refusal),
  "no-object": ({ key }: { key: string }) =>
    l10n.t("{0} has no on/off flag. If it names a certificate, mTLS is on. To turn off mTLS, remove {0}.", key),
  "turn-off": ({ key }: { key: string }) => l10n.t("Remove {0} (turns off origin mTLS)", key),
  "leave-on": ({ key }: { key: string }) => l10n.t("Remove {0} (origin mTLS stays on)", key),
  "remove-off": () => l10n.t("Remove the object that turns mTLS off"),
  remove: ({ key, other }: { key: string; other: string }) =>
    l10n.t("Remove {0} ({1} next to it has the same setting)", key, other),
  write: ({ block, arn }: { block: string; arn: string }) => l10n.t("Change to {0} with {1}", block, arn),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const mtlsSpelling: Rule<Origin, typeof says> = {
  id: "origin/mtls-spelling",
  severity: "error",
  requires: l10n.t("Origin mTLS must be spelled OriginMtlsConfig, with ClientCertificateArn as its only member."),
  source: sources.originMtlsConfig,
  says,
  *check(origin) {
    // On an S3 or VPC origin the whole block has to go: origin/mtls-origin-type.
    if (origin.kind === "s3" || origin.kind === "vpc") return;
    const wrong = origin.blocks.filter((block) => !isRight(block));
    if (wrong.length === 0) return;
    const holders = holdersOf(origin);
    for (const block of wrong) yield* checkBlock(origin, block, holders);
  },
};

function isRight({ member, arn, otherArns, flags, says }: MtlsBlock): boolean {
  return (
    says === "on" &&
    member.key === names.block &&
    (arn === undefined || arn.key === names.arn) &&
    otherArns.length === 0 &&
    flags.length === 0
  );
}

/** What else an object with blocks has, looked up once for all of them. */
interface Holder {
  readonly rival: Member | undefined;
  readonly blocks: number;
}

type Holders = ReadonlyMap<ObjectNode, Holder>;

function holdersOf({ blocks }: Origin): Holders {
  const holders = new Map<ObjectNode, Holder>();
  for (const { member } of blocks) {
    const known = holders.get(member.parent) ?? { rival: memberOf(member.parent, names.block), blocks: 0 };
    holders.set(member.parent, { ...known, blocks: known.blocks + 1 });
  }
  return holders;
}

function* checkBlock(origin: Origin, block: MtlsBlock, holders: Holders): Iterable<Finding<Said>> {
  const called = namesFor(origin.distribution.dialect);
  const fixes = fixesOf(origin, block, holders.get(block.member.parent));
  const found = (at: Finding["at"], reason: Said): Finding<Said> => ({ at, reason, origin: origin.id, fixes });
  if (block.member.key !== names.block)
    yield found(block.member.keySpan, {
      code: "block",
      args: {
        key: block.member.spelled,
        right: called.block,
        refusal: refusalOf(block.member.parent, block.member.spelled),
      },
    });
  if (block.arn !== undefined && block.arn.key !== names.arn)
    yield found(block.arn.keySpan, { code: "arn", args: { key: block.arn.spelled, right: called.arn } });
  for (const { spelled, keySpan } of block.otherArns)
    yield found(keySpan, { code: "other-arn", args: { key: spelled, right: called.arn } });
  for (const { keySpan, spelled, parent } of block.flags) {
    const code = block.says === "off" ? "flag-off" : "flag";
    yield found(keySpan, { code, args: { key: called.block, refusal: refusalOf(parent, spelled) } });
  }
  // A plain "false" in the place of the block, under its right name.
  if (block.says === "off" && block.flags.length === 0 && block.member.key === names.block)
    yield found(block.member.keySpan, { code: "no-object", args: { key: called.block } });
}

/** One fix for all that is wrong with the block; none where it would have to choose between two values. */
function fixesOf(origin: Origin, block: MtlsBlock, holder: Holder | undefined): readonly Fix<Said>[] {
  const { member, object, arn, otherArns, flags, says } = block;
  const called = namesFor(origin.distribution.dialect);
  if (says === "off") {
    const [flag] = flags;
    // Where the flag is ignored, mTLS is on: what was meant, only the user knows.
    if (flag !== undefined && block.place === "custom" && member.key === names.block && arn?.key === names.arn) {
      return [
        {
          reason: { code: "turn-off", args: { key: member.spelled } },
          safe: false,
          changes: [{ kind: "remove", entry: member }],
        },
        {
          reason: { code: "leave-on", args: { key: flag.spelled } },
          safe: false,
          changes: [{ kind: "remove", entry: flag }],
        },
      ];
    }
    // Where something else names a certificate, this may be the one word that keeps mTLS off.
    const alone = origin.blocks.length === 1 && origin.bareArns.length === 0;
    // "off" and the like are words that no tool reads.
    const isCertain = flag === undefined || saysOff(flag.value);
    return [{ reason: { code: "remove-off" }, safe: alone && isCertain, changes: [{ kind: "remove", entry: member }] }];
  }
  if (says === "unclear" || (arn !== undefined && !isText(arn.value))) return [];
  if (otherArns.some((other) => stringOf(other.value) === undefined || stringOf(other.value) !== stringOf(arn?.value)))
    return [];
  const changes: Change[] = [];
  if (member.key !== names.block) {
    const rival = holder?.rival;
    if (rival !== undefined) {
      const other = origin.blocks.find((candidate) => candidate.member === rival);
      const same =
        arn !== undefined && other !== undefined && isPlain(block) && isPlain(other) && arnOf(block) === arnOf(other);
      return same
        ? [
            {
              reason: { code: "remove", args: { key: member.spelled, other: called.block } },
              safe: true,
              changes: [{ kind: "remove", entry: member }],
            },
          ]
        : [];
    }
    if (holder !== undefined && holder.blocks > 1) return [];
    changes.push({ kind: "rename", member, key: names.block });
    // The certificate itself stands where the object belongs.
    const certificate = object === undefined ? stringOf(member.value) : undefined;
    if (certificate !== undefined && member.value !== undefined)
      changes.push({ kind: "set", node: member.value, value: { [names.arn]: certificate } });
  }
  if (arn !== undefined && arn.key !== names.arn) changes.push({ kind: "rename", member: arn, key: names.arn });
  changes.push(...otherArns.map((entry): Change => ({ kind: "remove", entry })));
  changes.push(...flags.map((entry): Change => ({ kind: "remove", entry })));
  // Without a certificate it may be something else that only sounds alike.
  const safe = object === undefined || arn !== undefined;
  return changes.length === 0 ? [] : [{ reason: { code: "write", args: called }, safe, changes }];
}

/** Also one that is known when the document is used. */
function isText(value: Node | undefined): boolean {
  return stringOf(value) !== undefined || isComputed(value);
}
