import * as l10n from "@vscode/l10n";
import type { ConfigFacts } from "../../facts.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "etag-removed": () =>
    l10n.t(
      "update-distribution --distribution-config requires the content of DistributionConfig. Removing the ETag is not enough.",
    ),
  output: ({ command }: { command: string }) =>
    l10n.t(
      "This is the output of {0}. update-distribution --distribution-config requires the content of DistributionConfig, and the ETag as --if-match.",
      command,
    ),
  extract: () => l10n.t("Extract the inner configuration"),
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
    // Where there are others beside it, the file is no input of this command, with or without the wrapper.
    const [config] = subjects.length === 1 && subjects[0]?.kind === "distribution" ? [subjects[0]] : [];
    const wrapper = config?.wrapper?.root === tree.root ? config?.wrapper : undefined;
    if (config === undefined || wrapper === undefined || wrapper.kind === "cli-input" || tree.root === undefined)
      return;
    const removed = wrapper.kind === "etag-removed";
    yield {
      at: wrapper.member.keySpan,
      severity: removed ? "warning" : "info",
      reason: removed ? { code: "etag-removed" } : { code: "output", args: { command: wrapper.kind } },
      fixes: [
        {
          reason: { code: "extract" },
          safe: false,
          changes: [{ kind: "lift", part: config.distribution.node, whole: tree.root }],
        },
      ],
    };
  },
};
