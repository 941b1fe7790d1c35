import * as l10n from "@vscode/l10n";
import { item, rowKind } from "../kind.ts";
import { isRow } from "../row.ts";
import { connectingText } from "../row-words.ts";

/** Stands in the place of the rows of a session that another one follows, until that is there. */
export interface ConnectingRow {
  readonly kind: "connection";
  /** `undefined`: the environment decides. */
  readonly profile: string | undefined;
}

export function connectingRow(profile: string | undefined): ConnectingRow {
  return { kind: "connection", profile };
}

export const connection = rowKind((value): value is ConnectingRow => isRow(value) && value.kind === "connection")({
  kind: "connection",
  key: () => "connection",
  contexts: ["connection"],
  item: ({ profile }) =>
    item(
      {
        kind: l10n.t("Connection"),
        label: connectingText(profile),
        description: "",
        icon: { id: "loading~spin" },
      },
      "leaf",
      "connection",
    ),
});
