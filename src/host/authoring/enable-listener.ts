import * as vscode from "vscode";
import { numberOf } from "../../core/document/tree.ts";
import { changesFor, type Intent, modesFor, type Unfit, unfitFor } from "../../core/elb/intent.ts";
import type { Listener } from "../../core/elb/listener.ts";
import { modifyListenerCommand } from "../../core/elb/update-command.ts";
import { subjectsOf } from "../../core/facts.ts";
import { shown } from "../editor/pick.ts";
import { askForText, type Enabling, enableTitle, type JudgeIntent } from "./enabling.ts";

/** On a listener of an Application or Network Load Balancer. */
export const listenerEnabling: Enabling<Listener, Intent> = {
  among: (facts) => subjectsOf(facts, "listeners").flatMap(({ listeners }) => listeners),
  question: () => vscode.l10n.t("Choose the listener"),
  nodeOf: ({ node }) => node,
  nameOf,
  stateOf: ({ mode }) => mode?.text ?? "off",
  unfitReason: (listener) => {
    const unfit = unfitFor(listener);
    return unfit === undefined ? undefined : unfitText(unfit);
  },
  ask: askForMode,
  changes: changesFor,
  advice: (listener, intent) => advice(intent, modesFor(listener).includes("passthrough")),
  stepsOf: ({ mode }) => (mode === "passthrough" ? 2 : 3),
  doneText: (name, { mode }) =>
    mode === "passthrough"
      ? vscode.l10n.t(
          "passthrough is in the file for {0}. Next: modify the listener, and let the application check the certificates.",
          name,
        )
      : vscode.l10n.t(
          "verify is in the file for {0}. Next: modify the listener; clients without a certificate are turned away from then on.",
          name,
        ),
  command: modifyListenerCommand,
};

function nameOf({ arn, port }: Listener): string {
  const number = numberOf(port);
  // The name of the load balancer is what people know a listener by.
  const balancer = /:listener\/\w+\/([^/]+)\//.exec(arn ?? "")?.[1];
  if (balancer === undefined)
    return number === undefined ? vscode.l10n.t("the listener") : vscode.l10n.t("the listener on port {0}", number);
  return number === undefined ? balancer : `${balancer}:${number}`;
}

function unfitText(unfit: Unfit): string {
  switch (unfit) {
    case "not-tls":
      return vscode.l10n.t(
        "It is neither an HTTPS listener of an Application Load Balancer nor a TLS listener of a Network Load Balancer.",
      );
    case "misspelled":
      return vscode.l10n.t(
        "Its mutual authentication is not written as Elastic Load Balancing reads it. Correct that first; the light bulb helps where it can.",
      );
  }
}

interface ModeItem extends vscode.QuickPickItem {
  readonly mode: Intent["mode"];
}

async function askForMode(listener: Listener, judge: JudgeIntent<Intent>): Promise<Intent | undefined> {
  const pick = vscode.window.createQuickPick<ModeItem>();
  pick.title = enableTitle();
  pick.step = 1;
  pick.totalSteps = 3;
  pick.placeholder = vscode.l10n.t("What to do with the certificates of clients");
  pick.ignoreFocusOut = true;
  const items: ModeItem[] = [
    {
      label: "passthrough",
      description: vscode.l10n.t("nobody is cut off"),
      detail: vscode.l10n.t("The application must check the client's chain itself: a listener has no mode optional."),
      mode: "passthrough",
    },
    {
      label: "verify",
      description: vscode.l10n.t("clients without a certificate are cut off"),
      detail: vscode.l10n.t("Whoever has no certificate that the trust store accepts is turned away."),
      mode: "verify",
    },
  ];
  const modes = modesFor(listener);
  pick.items = items.filter(({ mode }) => modes.includes(mode));
  const mode = (await shown(pick, () => pick.selectedItems.length > 0)) ? pick.selectedItems[0]?.mode : undefined;
  if (mode === undefined) return undefined;
  if (mode === "passthrough") return { mode };
  const trustStore = await askForText(
    {
      step: 2,
      prompt: vscode.l10n.t("ARN of the trust store"),
      value: listener.trustStore?.text ?? "",
      placeHolder: "arn:aws:elasticloadbalancing:us-east-1:123456789012:truststore/my-trust-store/73e2d6bc24d8a063",
    },
    (value) => judge({ mode, trustStore: value }, "listener/trust-store-arn"),
  );
  return trustStore === undefined ? undefined : { mode, trustStore };
}

/** @param isApplication whether it is a listener of an Application Load Balancer, as far as the document tells */
function advice({ mode }: Intent, isApplication: boolean): vscode.QuickPickItem[] {
  const sessions = {
    label: vscode.l10n.t("$(info) Clients cannot resume TLS sessions any more"),
    detail: vscode.l10n.t("Each connection makes a full handshake."),
  };
  if (mode === "passthrough") {
    return [
      { label: vscode.l10n.t("$(pass) Nobody is cut off by the load balancer") },
      {
        label: vscode.l10n.t("$(shield) The application must check the certificate"),
        detail: vscode.l10n.t(
          "It comes in the header X-Amzn-Mtls-Clientcert, unchecked: until then nothing is protected.",
        ),
      },
      sessions,
    ];
  }
  return [
    {
      label: vscode.l10n.t("$(circle-slash) Clients without an accepted certificate are cut off"),
      detail: isApplication
        ? vscode.l10n.t("passthrough first shows the application who has one.")
        : vscode.l10n.t("A Network Load Balancer has no other mode: give every client its certificate first."),
    },
    {
      label: vscode.l10n.t("$(circle-slash) So are clients whose certificate has expired"),
      detail: vscode.l10n.t("Unless IgnoreClientCertificateExpiry is true."),
    },
    ...(isApplication
      ? [
          { label: vscode.l10n.t("$(info) At most {0} listeners of a load balancer can be in the mode verify", 2) },
          sessions,
        ]
      : []),
  ];
}
