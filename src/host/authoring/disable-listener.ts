import * as vscode from "vscode";
import { decidedByCondition } from "../../account/origin-mtls-words.ts";
import { type ListenerOffUnfit, listenerOffChanges, listenerOffUnfitFor } from "../../core/elb/intent.ts";
import type { Listener } from "../../core/elb/listener.ts";
import { modifyListenerCommand } from "../../core/elb/update-command.ts";
import { listenerEnabling } from "./enable-listener.ts";
import { disableTitle, type Enabling, type Off, turningOff } from "./enabling.ts";

/** The other way: mutual authentication of a listener goes. */
export const listenerDisabling: Enabling<Listener, Off> = {
  ...listenerEnabling,
  title: disableTitle,
  unfitReason: (listener) => {
    const unfit = listenerOffUnfitFor(listener);
    return unfit === undefined ? undefined : unfitText(unfit);
  },
  asking: () => turningOff,
  changes: listenerOffChanges,
  advice,
  alreadyText: alreadyOff,
  doneText: (name) =>
    vscode.l10n.t(
      "Mutual authentication is turned off in the file for {0}. Next: modify the listener. From then on, the load balancer requests no client certificate.",
      name,
    ),
  command: (after, terminal) => modifyListenerCommand(after, terminal),
  commandNote: () => undefined,
};

function unfitText(unfit: ListenerOffUnfit): string {
  switch (unfit) {
    case "already-off":
      return alreadyOff();
    case "conditional":
      return decidedByCondition();
    case "misspelled":
      return vscode.l10n.t(
        "Elastic Load Balancing does not accept the mutual authentication settings as written. Correct them first. Use the Quick Fix if one is available.",
      );
  }
}

function alreadyOff(): string {
  return vscode.l10n.t("Mutual authentication is already off.");
}

function advice({ filterItems }: Listener): vscode.QuickPickItem[] {
  return [
    {
      label: vscode.l10n.t("$(unlock) All clients are accepted"),
      detail: vscode.l10n.t("The load balancer requests no client certificate."),
    },
    { label: vscode.l10n.t("$(shield) The application must authenticate its clients in another way") },
    ...(filterItems.length === 0
      ? []
      : [
          {
            label: vscode.l10n.t("$(trash) The client certificate identity filters are removed"),
            detail: vscode.l10n.t("Identity filters: {0}", filterItems.length),
          },
        ]),
  ];
}
