import * as vscode from "vscode";
import { type Back, back, type Place, type Question } from "../../account/asking.ts";
import { decidedByCondition } from "../../account/origin-mtls-words.ts";
import { siteOf } from "../../core/dialect/view.ts";
import { numberOf } from "../../core/document/tree.ts";
import {
  type ListenerIntent,
  type ListenerUnfit,
  listenerChangesFor,
  listenerUnfitFor,
  modesFor,
} from "../../core/elb/intent.ts";
import { isOfNetwork, type Listener } from "../../core/elb/listener.ts";
import { modifyListenerCommand } from "../../core/elb/update-command.ts";
import { names } from "../../core/elb/vocabulary.ts";
import { subjectsOf } from "../../core/facts.ts";
import type { Choice } from "../../core/mending.ts";
import { callAt } from "../../core/template/entered.ts";
import { drawable, type Entered, enterText, newPick, preselect, shownAt } from "../editor/pick.ts";
import { type Asking, askingAll, type Enabling, enableTitle, type JudgeIntent, lensAbove } from "./enabling.ts";

/** On a listener of an Application or Network Load Balancer. */
export const listenerEnabling: Enabling<Listener, ListenerIntent> = {
  kind: "listeners",
  title: enableTitle,
  among: (facts) => subjectsOf(facts, "listeners").flatMap(({ listeners }) => listeners),
  keyOf: ({ node, arn }) => siteOf(node)?.resource.id ?? arn,
  lensAt: ({ at, node }) => at?.keySpan ?? lensAbove(node),
  isConditional: (listener) => listenerUnfitFor(listener) === "conditional",
  // Another word in the file may be anything, and the editor makes icons of some.
  lensWhenOn: ({ block, knownMode }) =>
    block === undefined || knownMode === "off"
      ? undefined
      : knownMode === undefined
        ? vscode.l10n.t("$(shield) mTLS: Change…")
        : vscode.l10n.t("$(shield) mTLS {0}: Change…", knownMode),
  question: () => vscode.l10n.t("Select a listener"),
  nodeOf: ({ node }) => node,
  nameOf: listenerName,
  labelOf: listenerLabel,
  stateOf: ({ mode }) => mode?.text ?? "off",
  unfitReason: (listener) => {
    const unfit = listenerUnfitFor(listener);
    return unfit === undefined ? undefined : unfitText(unfit);
  },
  asking: askingForIntent,
  changes: listenerChangesFor,
  advice: (listener, intent) => [
    ...advice(intent, modesFor(listener).includes("passthrough")),
    ...(intent.mode === "verify" && listener.filterItems.length > 0
      ? [
          {
            label: vscode.l10n.t("$(circle-slash) Clients that match no identity filter are rejected"),
            detail: vscode.l10n.t("Identity filters: {0}", listener.filterItems.length),
          },
        ]
      : []),
  ],
  alreadyText,
  doneText: (name, { mode }) =>
    mode === "passthrough"
      ? vscode.l10n.t(
          "Passthrough mode is configured in the file for {0}. Next: modify the listener, and configure the application to verify the certificates.",
          name,
        )
      : vscode.l10n.t(
          "Verify mode is configured in the file for {0}. Next: modify the listener. From then on, clients without a certificate are rejected.",
          name,
        ),
  command: modifyListenerCommand,
  commandNote,
};

/** No version of the AWS CLI knows identity filters: it neither shows nor sends them. */
function commandNote({ filters }: Listener, before: Listener | undefined): string | undefined {
  if (filters !== undefined)
    return vscode.l10n.t(
      "There is no AWS CLI command to copy, because the AWS CLI does not know {0} yet. A command without it might remove the filters. Modify the listener in the Amazon EC2 console.",
      names.filters,
    );
  return before !== undefined && isOfNetwork(before) && before.knownMode === "verify"
    ? vscode.l10n.t(
        "The AWS CLI does not know client certificate identity filters. If the listener has any, modify it in the Amazon EC2 console, because a command might remove them.",
      )
    : undefined;
}

/**
 * By its load balancer, whose name people know a listener by, or by what its template calls it; `undefined` where the
 * document does not say it.
 */
function balancerOf({ node, arn, port }: Listener): string | undefined {
  const site = siteOf(node);
  if (site !== undefined) return site.resource.id;
  const balancer = /:listener\/\w+\/([^/]+)\//.exec(arn ?? "")?.[1];
  const number = numberOf(port);
  return balancer === undefined || number === undefined ? balancer : `${balancer}:${number}`;
}

function listenerName(listener: Listener): string {
  const [name, number] = [balancerOf(listener), numberOf(listener.port)];
  if (name !== undefined) return name;
  return number === undefined ? vscode.l10n.t("the listener") : vscode.l10n.t("the listener on port {0}", number);
}

function listenerLabel(listener: Listener): string {
  const [name, number] = [balancerOf(listener), numberOf(listener.port)];
  if (name !== undefined) return name;
  return number === undefined ? vscode.l10n.t("Listener") : vscode.l10n.t("Listener on port {0}", number);
}

function alreadyText(listener: Listener): string {
  const [name, number] = [balancerOf(listener), numberOf(listener.port)];
  if (name !== undefined) return vscode.l10n.t("{0} already has this configuration.", name);
  return number === undefined
    ? vscode.l10n.t("The listener already has this configuration.")
    : vscode.l10n.t("The listener on port {0} already has this configuration.", number);
}

function unfitText(unfit: ListenerUnfit): string {
  switch (unfit) {
    case "not-tls":
      return vscode.l10n.t(
        "The listener is neither an HTTPS listener of an Application Load Balancer nor a TLS listener of a Network Load Balancer.",
      );
    case "conditional":
      return decidedByCondition();
    case "misspelled":
      return vscode.l10n.t(
        "Elastic Load Balancing does not accept the mutual authentication settings as written. Correct them first. Use the Quick Fix if one is available.",
      );
  }
}

interface ModeItem extends vscode.QuickPickItem {
  readonly mode: ListenerIntent["mode"];
}

interface Answers {
  readonly mode?: ListenerIntent["mode"];
  readonly trustStore?: string;
}

function askingForIntent(
  listener: Listener,
  title: string,
  judge: JudgeIntent<ListenerIntent>,
  what: Choice | undefined,
): Asking<ListenerIntent> {
  const isKnown = what === "trust-store";
  const entered: Entered = { text: listener.trustStore?.text ?? callAt(listener.trustStore?.node) ?? "" };
  const whichMode: Question<Answers> = {
    isAsked: () => !isKnown,
    ask: async (answers, place) => {
      if (isKnown) return { ...answers, mode: "verify" };
      const mode = await chooseMode(listener, title, answers.mode, place);
      return mode === undefined || mode === back ? mode : { ...answers, mode };
    },
  };
  const whichTrustStore: Question<Answers> = {
    isAsked: ({ mode }) => mode !== "passthrough",
    ask: async (answers, place) => {
      const { mode } = answers;
      if (mode !== "verify") return answers;
      const trustStore = await enterText(
        {
          title,
          prompt:
            siteOf(listener.node) === undefined
              ? vscode.l10n.t("Enter the ARN of the trust store")
              : vscode.l10n.t(
                  "Enter the ARN of the trust store, or a reference: !Ref and the name of a trust store or parameter",
                ),
          placeHolder: "arn:aws:elasticloadbalancing:us-east-1:123456789012:truststore/my-trust-store/73e2d6bc24d8a063",
          validate: (text) => judge({ mode, trustStore: text }, "listener/trust-store-arn"),
        },
        entered,
        place,
      );
      return trustStore === undefined || trustStore === back ? trustStore : { ...answers, trustStore };
    },
  };
  return askingAll([whichMode, whichTrustStore], {}, ({ mode, trustStore = "" }) => {
    if (mode === undefined) return undefined;
    return mode === "verify" ? { mode, trustStore } : { mode };
  });
}

function chooseMode(
  listener: Listener,
  title: string,
  chosen: ListenerIntent["mode"] | undefined,
  place: Place,
): Promise<ListenerIntent["mode"] | Back | undefined> {
  const pick = newPick<ModeItem>(title, vscode.l10n.t("Select what to do with client certificates"));
  const items: ModeItem[] = [
    {
      label: "passthrough",
      description: vscode.l10n.t("no clients are rejected"),
      detail: vscode.l10n.t(
        "The application must verify the client's certificate chain. Listeners have no optional mode.",
      ),
      mode: "passthrough",
    },
    {
      label: "verify",
      description: vscode.l10n.t("clients without a certificate are rejected"),
      detail: vscode.l10n.t("Clients without a certificate that the trust store accepts are rejected."),
      mode: "verify",
    },
  ];
  const modes = modesFor(listener);
  pick.items = drawable(items.filter(({ mode }) => modes.includes(mode)));
  preselect(pick, ({ mode }) => mode === chosen);
  return shownAt(pick, place, () => pick.selectedItems[0]?.mode);
}

/** @param isApplication whether it is a listener of an Application Load Balancer, as far as the document tells */
function advice({ mode }: ListenerIntent, isApplication: boolean): vscode.QuickPickItem[] {
  const sessions = {
    label: vscode.l10n.t("$(info) Clients can no longer resume TLS sessions"),
    detail: vscode.l10n.t("Each connection performs a full handshake."),
  };
  if (mode === "passthrough") {
    return [
      { label: vscode.l10n.t("$(pass) The load balancer accepts all clients") },
      {
        label: vscode.l10n.t("$(shield) The application must verify the certificate"),
        detail: vscode.l10n.t(
          "The load balancer passes it unverified in the header X-Amzn-Mtls-Clientcert. Nothing is protected until the application verifies it.",
        ),
      },
      sessions,
    ];
  }
  return [
    {
      label: vscode.l10n.t("$(circle-slash) Clients without an accepted certificate are rejected"),
      detail: isApplication
        ? vscode.l10n.t("Use passthrough first so that the application can see which clients have a certificate.")
        : vscode.l10n.t("A Network Load Balancer has no other mode. Give every client its certificate first."),
    },
    {
      label: vscode.l10n.t("$(circle-slash) Clients with an expired certificate are rejected"),
      detail: vscode.l10n.t("Unless IgnoreClientCertificateExpiry is true."),
    },
    ...(isApplication
      ? [{ label: vscode.l10n.t("$(info) A load balancer supports at most {0} listeners in verify mode", 2) }, sessions]
      : []),
  ];
}
