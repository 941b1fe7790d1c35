import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { offWith } from "../../cloudfront/viewer-intent.ts";
import { meantMode, saysOff, viewerModes } from "../../cloudfront/viewer-mtls.ts";
import { nameOf, wordAt } from "../../dialect/spell.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { nearest } from "../../text.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  off: ({ value }: { value: string }) =>
    l10n.t('"{0}" is not a mode of viewer mTLS. To turn off viewer mTLS, remove ViewerMtlsConfig.', value),
  "turn-off": ({ keys }: { keys: string }) => l10n.t("Remove {0} (turns off viewer mTLS)", keys),
  unknown: ({ value, key, known }: { value: string; key: string; known: string }) =>
    l10n.t('Unknown value "{0}" for {1}. Valid values: {2}.', value, key, known),
  verify: ({ value, meant }: { value: string; meant: string }) =>
    l10n.t('"{0}" is the name in the guide and the console. In the API, this mode is {1}.', value, meant),
  "verify-in-template": ({ value, meant }: { value: string; meant: string }) =>
    l10n.t('"{0}" is the name in the guide and the console. In a template, this mode is {1}.', value, meant),
  slip: ({ value, key, meant }: { value: string; key: string; meant: string }) =>
    l10n.t('"{0}" is not a valid value for {1}. Did you mean {2}?', value, key, meant),
  change: ({ value }: { value: string }) => l10n.t("Change to {0}", value),
} satisfies Says;

export const mode: Rule<Distribution, typeof says> = {
  id: "viewer-mtls/mode",
  severity: "error",
  requires: l10n.t("The mode of viewer mTLS must be required, optional, or passthrough, in lower case."),
  source: sources.viewerMtlsConfig,
  says,
  *check(distribution) {
    const { viewerMtls } = distribution;
    const node = viewerMtls?.mode;
    if (node === undefined || typeof node.value !== "string") return;
    const { value } = node;
    const called = nameOf(viewerMtls?.object, "Mode");
    if (value.trim() === "" || isTemplated(value) || viewerModes.some((known) => known === value)) return;
    if (saysOff(value)) {
      const member = viewerMtls?.member;
      const gone = member === undefined ? [] : offWith(distribution, member);
      const fixes: readonly Fix<ReasonOf<typeof says>>[] =
        gone.length === 0
          ? []
          : [
              {
                reason: { code: "turn-off", args: { keys: gone.map(({ spelled }) => spelled) } },
                safe: false,
                changes: gone.map((entry) => ({ kind: "remove", entry })),
              },
            ];
      yield { at: node, reason: { code: "off", args: { value } }, fixes };
      return;
    }
    const meant = meantMode(value) ?? nearest(value, viewerModes);
    if (meant === undefined) {
      yield {
        at: node,
        severity: "warning",
        reason: { code: "unknown", args: { value, key: called, known: viewerModes.map((word) => wordAt(node, word)) } },
      };
      return;
    }
    const verify = value.toLowerCase() === "verify";
    yield {
      at: node,
      reason: verify
        ? {
            code: distribution.dialect.deployedBy === undefined ? "verify" : "verify-in-template",
            args: { value, meant: wordAt(node, meant) },
          }
        : { code: "slip", args: { value, key: called, meant: wordAt(node, meant) } },
      // In another case it is the same word. Anything else changes which clients are rejected: no safe fix.
      fixes: [
        {
          reason: { code: "change", args: { value: wordAt(node, meant) } },
          safe: value.toLowerCase() === meant,
          changes: [{ kind: "set", node, value: meant }],
        },
      ],
    };
  },
};
