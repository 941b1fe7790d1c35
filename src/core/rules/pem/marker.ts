import * as l10n from "@vscode/l10n";
import type { BundleFacts } from "../../facts.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { targets } from "../../truststore/targets.ts";
import { meantUse, readUse, truststore } from "../../truststore/use.ts";
import { showable } from "../../x509/naming.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  unknown: ({ target, services }: { target: string; services: string }) =>
    l10n.t(
      "“{0}” is not a valid purpose for this file, so the line is ignored. Use {1}, {2}, or one or more of {3}.",
      target,
      "origin",
      truststore,
      services,
    ),
  write: ({ meant }: { meant: string }) => l10n.t("Change to {0}", meant),
} satisfies Says;

export const marker: Rule<BundleFacts, typeof says> = {
  id: "pem/marker",
  severity: "warning",
  requires: l10n.t("A line “# mtls: target=…” must set the purpose of the file: origin, truststore, or services."),
  source: sources.pemText,
  says,
  *check({ bundle: { marker: found } }) {
    if (found === undefined || readUse(found.target).purpose !== "unknown") return;
    const { at, target } = found;
    const meant = meantUse(target);
    const span = { start: at.end - target.length, end: at.end };
    const fixes: readonly Fix<ReasonOf<typeof says>>[] =
      meant === undefined
        ? []
        : [
            {
              reason: { code: "write", args: { meant } },
              safe: false,
              changes: [{ kind: "rewrite", edit: { span, text: meant } }],
            },
          ];
    yield { at: span, reason: { code: "unknown", args: { target: showable(target), services: targets } }, fixes };
  },
};
