import * as l10n from "@vscode/l10n";
import { lostWordsIn } from "../../dialect/view.ts";
import type { ScalarNode } from "../../document/tree.ts";
import { type ConfigFacts, readingsIn } from "../../facts.ts";
import { kindOf } from "../../kinds.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  boolean: ({ word, value }: { word: string; value: string }) =>
    l10n.t(
      "Without quotes, YAML 1.1 reads {0} as {1}, and CloudFormation reads templates as YAML 1.1. Put the word in quotes.",
      word,
      value,
    ),
  quote: ({ word }: { word: string }) => l10n.t("Change to {0}", `"${word}"`),
} satisfies Says;

export const unquotedWord: Rule<ConfigFacts, typeof says> = {
  id: "file/unquoted-word",
  severity: "warning",
  requires: l10n.t("In YAML, words such as on and off must be in quotes where a string is meant."),
  source: sources.templateListener,
  says,
  *check(facts) {
    const words = new Set<ScalarNode>();
    for (const subject of readingsIn(facts))
      for (const node of lostWordsIn(kindOf(subject).nodeOf(subject))) words.add(node);
    for (const node of words) {
      const word = node.plain ?? "";
      yield {
        at: node,
        reason: { code: "boolean", args: { word, value: String(node.value) } },
        fixes: [
          { reason: { code: "quote", args: { word } }, safe: true, changes: [{ kind: "set", node, value: word }] },
        ],
      };
    }
  },
};
