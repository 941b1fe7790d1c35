import * as l10n from "@vscode/l10n";
import type { Terminal, Unquotable } from "../shell.ts";
import { shown } from "./x509/describe.ts";

/** What a button is called that copies a command. */
export function copyCommandLabel({ name }: Terminal): string {
  return l10n.t("Copy AWS CLI Command ({0})", name);
}

export function copyCommandsLabel({ name }: Terminal): string {
  return l10n.t("Copy AWS CLI Commands ({0})", name);
}

/** Said where the shell that is set is another one. */
export function otherShellText({ name, insteadOf }: Terminal): string | undefined {
  return insteadOf === undefined
    ? undefined
    : l10n.t("Run this in {0}. It cannot be written for {1}.", name, shown(insteadOf));
}

/** Why there is nothing to copy. */
export function unquotableText({ unquotable, terminal }: Unquotable): string {
  return l10n.t(
    "There is no command to copy, because {0} cannot quote “{1}” safely. Use a name without special characters, or select another default terminal profile.",
    terminal.name,
    shown(unquotable),
  );
}

/** The same for JSON, with what to do instead. */
export function fromFileText({ terminal }: Unquotable, name: string): string {
  return l10n.t(
    "{0} cannot quote the JSON of the AWS CLI command safely, so the command reads it from {1}. Copying the command also opens the JSON: save it as {1} in the folder in which you run the command.",
    terminal.name,
    name,
  );
}

/** OriginMtlsConfig came with botocore 1.42.40 (2026-02-02); an earlier AWS CLI does not know it. */
export function newCliText(): string {
  return l10n.t("Origin mTLS needs an AWS CLI from 2026-02-02 or later (botocore 1.42.40 or later).");
}
