import { isCalled, type Member, stringOf } from "../document/tree.ts";
import type { Config } from "./config.ts";
import type { Distribution } from "./distribution.ts";
import { isToken } from "./update-command.ts";

/** Parameters of the calls, by the names that they have beside a config: none is a member of one. */
export const parameters = {
  version: /^(ETag|IfMatch)$/,
  id: /^(Id|DistributionId)$/,
} as const;

/** What an update replaces; `undefined` where the file does not say it, or says two things. */
export interface Replaced {
  readonly id: string | undefined;
  readonly etag: string | undefined;
}

/**
 * What a file says of what it replaces: beside the config, or in it, where the answer that had it was pasted and it
 * must be taken out again.
 */
export function replacedBy({ wrapper, distribution }: Pick<Config, "wrapper" | "distribution">): Replaced {
  const inside = parametersIn(distribution);
  return {
    id: token(wrapper?.id) ?? only(inside, parameters.id),
    etag: token(wrapper?.etag) ?? only(inside, parameters.version),
  };
}

/** Parameters of a call that stand in the config, where no tool takes them. */
export function parametersIn({ node, whole }: Pick<Distribution, "node" | "whole">): readonly Member[] {
  return whole ? node.members.filter((member) => Object.values(parameters).some((name) => isCalled(member, name))) : [];
}

export function token(text: string | undefined): string | undefined {
  return text !== undefined && isToken(text) ? text : undefined;
}

function only(members: readonly Member[], name: RegExp): string | undefined {
  const said = new Set(
    members.flatMap((member) => (isCalled(member, name) ? (token(stringOf(member.value)) ?? []) : [])),
  );
  const [first, another] = said;
  return another === undefined ? first : undefined;
}
