import * as vscode from "vscode";
import type { Role } from "../../account/verify/candidates.ts";
import type { VerifyUi } from "../../account/verify/ui.ts";
import { type VerifyTools, verify } from "../../account/verify/verify.ts";
import { probe } from "../../platform/node/probe/probe.ts";
import type { Documents } from "../documents/documents.ts";
import type { Log } from "../editor/log.ts";
import type { Previews } from "../editor/preview.ts";
import { createVerifyUi } from "./editor-ui.ts";
import { type MeantTools, meantBy } from "./meant.ts";

export interface VerifyMtlsTools extends Pick<MeantTools, "isConnected" | "look">, Pick<VerifyTools, "onVerified"> {
  readonly documents: Documents;
  readonly previews: Previews;
  readonly log: Log;
}

/**
 * *Verify Origin*, and *Verify Viewers or API*. What a workspace says that is not trusted leads to no connection.
 */
export async function verifyMtls(
  role: Role,
  args: readonly unknown[],
  tools: VerifyMtlsTools,
  ui: VerifyUi = createVerifyUi(tools),
): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    await ui.say(
      vscode.l10n.t("mTLS Workbench does not connect to servers in an untrusted workspace. Trust the workspace first."),
    );
    return;
  }
  const subject = await meantBy(role, args, { ...tools, ui });
  if (subject !== undefined) await verify(subject, { ...tools, ui, probe });
}
