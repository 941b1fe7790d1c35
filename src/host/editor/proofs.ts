import * as vscode from "vscode";
import { Proofs } from "../../account/proofs.ts";
import { sha256 } from "../../platform/node/crypto.ts";
import { folderAt } from "../../platform/node/folder.ts";
import { addressesOf } from "../../platform/node/probe/addresses.ts";
import { type Log, logFault } from "./log.ts";
import { proofDays } from "./settings.ts";

const hour = 3_600_000;
/** For one host, in milliseconds. */
const patience = 5_000;
/** Of more hosts nobody looks at the rows. */
const mostHosts = 50;

let kept: Proofs | undefined;

/** What was proved, for all of a window: read when it is first asked for. */
export function keptProofs(
  context: Pick<vscode.ExtensionContext, "globalStorageUri" | "subscriptions">,
  log: Log,
): Proofs {
  kept ??= open(context, log);
  return kept;
}

function open(context: Pick<vscode.ExtensionContext, "globalStorageUri" | "subscriptions">, log: Log): Proofs {
  const fault = (where: string, error: unknown) => logFault(log, where, error);
  const proofs = new Proofs({
    folder: folderAt(vscode.Uri.joinPath(context.globalStorageUri, "proofs").fsPath),
    nameOf: (key) => `${sha256(Buffer.from(key)).slice(0, 40)}.json`,
    now: Date.now,
    days: proofDays,
    fault,
  });
  const end = new AbortController();
  const look = () => void lookAgain(proofs, end.signal).catch((error: unknown) => fault("look up hosts", error));
  void proofs.ready().then(look);
  const timer = setInterval(look, hour);
  context.subscriptions.push(proofs, {
    dispose: () => {
      clearInterval(timer);
      end.abort();
      kept = undefined;
    },
  });
  return proofs;
}

/** A host that moved is another server, until somebody verifies it again. A name that is not found says nothing. */
async function lookAgain(proofs: Proofs, signal: AbortSignal): Promise<void> {
  for (const host of proofs.hosts().slice(0, mostHosts)) {
    if (!vscode.workspace.isTrusted || signal.aborted) return;
    const found = await addressesOf({ host, addresses: "dualstack" }, patience, signal);
    if ("addresses" in found) proofs.found(host, [...found.addresses].sort());
  }
}
