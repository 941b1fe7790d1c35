import type { Origin } from "../../../../core/cloudfront/distribution.ts";
import { unknownMembers, type WireConfig } from "../../../../core/cloudfront/wire.ts";
import { type ConfigFacts, configOf } from "../../../../core/facts.ts";
import { read } from "../../../../core/read.ts";

/** Each config is asked about several times while it is looked at. */
const known = new WeakMap<WireConfig, ConfigFacts>();

/** A config on the wire, read as any other document. */
export function factsOf(config: WireConfig, id: string): ConfigFacts {
  const facts =
    known.get(config) ??
    read({
      text: config.text,
      syntax: "json",
      name: `${id}.json`,
      encoding: "utf8",
      served: unknownMembers(config),
    });
  known.set(config, facts);
  return facts;
}

export function originsById(facts: ConfigFacts, ids: readonly string[]): readonly Origin[] {
  return (configOf(facts)?.distribution.origins ?? []).filter(({ id }) => id !== undefined && ids.includes(id));
}
