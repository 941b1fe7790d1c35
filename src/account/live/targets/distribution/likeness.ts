// Which distribution a config in a file is meant for, as far as the file says it.
import type { Config } from "../../../../core/cloudfront/config.ts";
import { replacedBy, token } from "../../../../core/cloudfront/replaced.ts";
import { objectAt, stringOf, valueOf } from "../../../../core/document/tree.ts";
import type { LiveDistribution } from "../../../../core/inventory.ts";

/** Why it may be meant, the surest first: the file names it, has an alternate domain name of it, or all its origins. */
export const likenesses = ["named", "aliases", "origins"] as const;
export type Likeness = (typeof likenesses)[number];

/** @param name of the file */
export function likenessTo(config: Config, name: string): (distribution: LiveDistribution) => Likeness | undefined {
  const ids = new Set([replacedBy(config).id, ...idsAround(config), ...idsIn(name)]);
  const domains = new Set(textsAround(config, "DomainName"));
  const { node } = config.distribution;
  const aliases = new Set(textsIn(valueOf(node, "Aliases", "Items")));
  const origins = config.distribution.origins.map(({ id, domainName }) => `${id} ${stringOf(domainName)}`);
  return (distribution) => {
    if (ids.has(distribution.id) || domains.has(distribution.domainName)) return "named";
    // An alternate domain name belongs to one distribution.
    if (distribution.aliases.some((alias) => aliases.has(alias))) return "aliases";
    const theirs = new Set(distribution.origins.map(({ id, domainName }) => `${id} ${domainName}`));
    const isSame = origins.length > 0 && origins.length === theirs.size && origins.every((one) => theirs.has(one));
    return isSame ? "origins" : undefined;
  };
}

/**
 * The id of another distribution that a file names in place of the one it is to be applied to; what stands in the file
 * counts before its name.
 * @param known of the account, for what stands in a name may be anything
 */
export function namedInstead(
  config: Config,
  name: string,
  chosen: LiveDistribution,
  known: readonly LiveDistribution[],
): string | undefined {
  const inside = replacedBy(config).id ?? idsAround(config)[0];
  if (inside !== undefined) return inside === chosen.id ? undefined : inside;
  const likeness = likenessTo(config, name);
  return likeness(chosen) === "named" ? undefined : known.find((one) => likeness(one) === "named")?.id;
}

/** In the answer that a config came with. */
function textsAround({ wrapper }: Config, key: string): string[] {
  if (wrapper === undefined) return [];
  const { root } = wrapper;
  return [root, objectAt(root, "Distribution")].flatMap((around) => stringOf(valueOf(around, key)) ?? []);
}

function idsAround(config: Config): string[] {
  return textsAround(config, "ARN").flatMap((arn) => token(arn.slice(arn.lastIndexOf("/") + 1)) ?? []);
}

/** As this extension names what it saves, and people what they fetch. */
function idsIn(name: string): string[] {
  return name.split(/[^A-Z0-9]/).filter((part) => part.length > 8);
}

function textsIn(node: ReturnType<typeof valueOf>): string[] {
  return node?.kind === "list" ? node.items.flatMap((item) => stringOf(item) ?? []) : [];
}
