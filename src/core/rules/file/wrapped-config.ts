import * as l10n from "@vscode/l10n";
import type { Wrapper } from "../../cloudfront/config.ts";
import { extraction, isCompleteInput } from "../../cloudfront/wrapper.ts";
import { memberOf, type Node } from "../../document/tree.ts";
import type { ConfigFacts } from "../../facts.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "etag-removed": () =>
    l10n.t(
      "update-distribution --distribution-config requires the content of DistributionConfig. Removing the ETag is not enough.",
    ),
  output: ({ command, config }: { command: string; config: string }) =>
    l10n.t(
      "This is the output of {0}. update-distribution --distribution-config requires the content of {1}, and the ETag as --if-match.",
      command,
      config,
    ),
  input: ({ config }: { config: string }) =>
    l10n.t(
      "This is the input of --cli-input-json. --distribution-config requires the content of {0}, and the version as --if-match.",
      config,
    ),
  "in-list": () =>
    l10n.t(
      "The configuration is in a list, as jq -s writes it. update-distribution --distribution-config requires the configuration itself.",
    ),
  "take-out": () => l10n.t("Take the only item out of the list"),
  extract: () => l10n.t("Extract the inner configuration"),
  "extract-without": ({ keys }: { keys: string }) => l10n.t("Extract the inner configuration, and remove {0}", keys),
} satisfies Says;

export const wrappedConfig: Rule<ConfigFacts, typeof says> = {
  id: "file/wrapped-config",
  severity: "warning",
  requires: l10n.t(
    "A file for --distribution-config must contain the inner object, without the wrapper of get-distribution-config.",
  ),
  source: sources.cliUpdateDistribution,
  says,
  *check({ tree, subjects }) {
    const [only, another] = tree.root?.kind === "list" ? tree.root.items : [];
    if (tree.root?.kind === "list" && only?.kind === "object" && another === undefined && subjects.length === 1) {
      const [subject] = subjects;
      if (subject?.kind !== "distribution" || (subject.wrapper?.root ?? subject.distribution.node) !== only) return;
      // file/nested-config takes it out of the list as well.
      if (subject.wrapper?.nested !== undefined) return;
      yield {
        at: { start: tree.root.start, end: tree.root.start + 1 },
        reason: { code: "in-list" },
        fixes:
          subject.wrapper === undefined
            ? [{ reason: { code: "take-out" }, safe: false, changes: [{ kind: "lift", part: only, whole: tree.root }] }]
            : fixesOf(subject.wrapper, subject.distribution.node, tree.root),
      };
      return;
    }
    // Where there are others beside it, the file is no input of this command, with or without the wrapper.
    const [config] = subjects.length === 1 && subjects[0]?.kind === "distribution" ? [subjects[0]] : [];
    const wrapper = config?.wrapper?.root === tree.root ? config?.wrapper : undefined;
    if (config === undefined || wrapper === undefined || tree.root === undefined || isCompleteInput(wrapper)) return;
    // file/nested-config
    if (wrapper.nested !== undefined) return;
    yield {
      at: wrapper.member.keySpan,
      severity: wrapper.kind === "etag-removed" ? "warning" : "info",
      reason: reasonFor(wrapper),
      fixes: fixesOf(wrapper, config.distribution.node, tree.root),
    };
  },
};

function reasonFor({ kind, member, root }: Wrapper): ReasonOf<typeof says> {
  const config = member.spelled;
  switch (kind) {
    case "etag-removed":
      return { code: kind };
    case "cli-input":
      return { code: "input", args: { config } };
    default:
      // Only a new distribution has one.
      return {
        code: "output",
        args: { command: memberOf(root, "Location") === undefined ? kind : "create-distribution", config },
      };
  }
}

function fixesOf(wrapper: Wrapper, part: Node, whole: Node): readonly Fix<ReasonOf<typeof says>>[] {
  const extracted = extraction(wrapper, part, whole);
  if (extracted === undefined) return [];
  const { keys, change } = extracted;
  const reason =
    keys.length === 0 ? ({ code: "extract" } as const) : ({ code: "extract-without", args: { keys } } as const);
  return [{ reason, safe: false, changes: [change] }];
}
