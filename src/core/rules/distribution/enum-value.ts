import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { emptyMembers } from "../../cloudfront/empty-members.ts";
import { wordAt } from "../../dialect/spell.ts";
import type { Says } from "../../reason.ts";
import { nearest } from "../../text.ts";
import { originFinder } from "../related.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  unknown: ({ value, key, known }: { value: string; key: string; known: string }) =>
    l10n.t('Unknown value "{0}" for {1}. Valid values: {2}.', value, key, known),
  slip: ({ value, key, meant }: { value: string; key: string; meant: string }) =>
    l10n.t('"{0}" is not a valid value for {1}. Did you mean {2}?', value, key, meant),
  change: ({ value }: { value: string }) => l10n.t("Change to {0}", value),
} satisfies Says;

export const enumValue: Rule<Distribution, typeof says> = {
  id: "distribution/enum-value",
  severity: "error",
  requires: l10n.t("A value must be one of the values that the API lists for its member."),
  source: sources.distributionConfig,
  says,
  *check(distribution) {
    const originOf = originFinder(distribution);
    const { blanks } = emptyMembers(distribution);
    for (const { node, value, type, key, called } of distribution.members.enums) {
      // Beside nulls, where they are one finding: distribution/member-type.
      if (value === "" && blanks.some((member) => member.value === node)) continue;
      // The mode of viewer mTLS goes by more words than it has values: viewer-mtls/mode.
      if (isTemplated(value) || key === "Mode") continue;
      const meant = slipFor(value, type.values);
      const origin = originOf(node.parent);
      if (meant === undefined)
        yield {
          at: node,
          origin,
          severity: "warning",
          reason: {
            code: "unknown",
            args: { value, key: called, known: type.values.map((word) => wordAt(node, word)) },
          },
        };
      else {
        yield {
          at: node,
          origin,
          reason: { code: "slip", args: { value, key: called, meant: wordAt(node, meant) } },
          fixes: [
            {
              reason: { code: "change", args: { value: wordAt(node, meant) } },
              safe: false,
              changes: [{ kind: "set", node, value: meant }],
            },
          ],
        };
      }
    }
  },
};

/** The value that was meant. Another digit is another version, which may be newer than this list, not a slip. */
function slipFor(value: string, values: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll("_", "-");
  const digits = (text: string) => text.replaceAll(/\D/g, "");
  return (
    values.find((known) => plain(known) === plain(value)) ??
    nearest(
      value,
      values.filter((known) => digits(known) === digits(value)),
      1,
    )
  );
}
