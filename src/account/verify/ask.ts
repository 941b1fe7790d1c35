import * as l10n from "@vscode/l10n";
import { credentialText } from "../../core/messages/probe/credential.ts";
import { entered } from "../../core/messages/probe/entered.ts";
import { serverText } from "../../core/messages/probe/report.ts";
import { tell } from "../../core/messages/tell.ts";
import type { ClientCredential } from "../../core/probe/credential.ts";
import { mistakeInRequest, readServer } from "../../core/probe/entered.ts";
import type { ProbePlan, ProbeRequest } from "../../core/probe/facts.ts";
import { type Chosen, type ProbeTarget, plansFor, sideDoorHost, sideDoorPlan } from "../../core/probe/target.ts";
import { readCredential } from "../../platform/node/probe/credential.ts";
import type { VerifyQuestion, VerifyUi } from "./ui.ts";

/** What is to be tried. It may hold private keys: nothing keeps it. */
export interface Wish {
  readonly plans: readonly ProbePlan[];
  /** Names that are too many. */
  readonly left: number;
  readonly sideDoor: ProbePlan | undefined;
  /** The server, its port and all its names are those of the configuration. */
  readonly isAsConfigured: boolean;
  readonly given?: ClientCredential;
  readonly issuer?: ClientCredential;
}

interface State {
  readonly chosen: Chosen;
  readonly sendsHeaders: boolean;
  readonly sideDoor: string | undefined;
  readonly given: Held | undefined;
  readonly issuer: Held | undefined;
}

/** A certificate and its key, and what the file of the certificate is called. */
interface Held {
  readonly file: string;
  readonly credential: ClientCredential;
}

type Step = "start" | "given" | "issuer" | "request" | "name" | "server" | "headers" | "side-door";

/** Shows what is tried, first of all what is without any question, until the user starts it. */
export async function askWhatToTry(target: ProbeTarget, ui: VerifyUi): Promise<Wish | undefined> {
  let state: State = { chosen: {}, sendsHeaders: false, sideDoor: undefined, given: undefined, issuer: undefined };
  if (target.hosts.length === 0) {
    const server = await enterServer(undefined, target.port, ui);
    if (server === undefined) return undefined;
    state = { ...state, chosen: server };
  }
  for (;;) {
    const { plans, left } = plansFor(target, chosenIn(state, target));
    const step = await ui.choose<Step>(question(target, state, plans));
    if (step === undefined) return undefined;
    if (step === "start") return wishOf(state, plans, left);
    state = await take(step, state, target, plans, ui);
  }
}

function wishOf({ given, issuer, sideDoor, chosen }: State, plans: readonly ProbePlan[], left: number): Wish {
  return {
    plans,
    left,
    isAsConfigured: chosen.host === undefined && chosen.port === undefined && chosen.name === undefined,
    sideDoor: sideDoor === undefined ? undefined : sideDoorPlan(sideDoor, chosen.request),
    ...(given === undefined ? {} : { given: given.credential }),
    ...(issuer === undefined ? {} : { issuer: issuer.credential }),
  };
}

function chosenIn({ chosen, sendsHeaders }: State, target: ProbeTarget): Chosen {
  return sendsHeaders ? { ...chosen, request: { ...chosen.request, headers: knownHeaders(target) } } : chosen;
}

function knownHeaders({ headers }: ProbeTarget): ProbeRequest["headers"] {
  return headers.flatMap(({ name, value }): ProbeRequest["headers"] => {
    if (value === undefined) return [];
    const header = [name, value] as const;
    // One that cannot be sent is none that CloudFront would send.
    return mistakeInRequest({ method: "HEAD", path: "/", headers: [header] }) === undefined ? [header] : [];
  });
}

// --- what is shown

function question(target: ProbeTarget, state: State, plans: readonly ProbePlan[]): VerifyQuestion<Step> {
  const [plan] = plans;
  if (plan === undefined) throw new Error("A server is known");
  const server = serverText(plan);
  const names = plans.map(({ name }) => name);
  const asked = `${plan.request.method} ${plan.request.path}`;
  const headers = knownHeaders(target);
  const { given, issuer, sendsHeaders, sideDoor } = state;
  return {
    title: l10n.t("Verify mTLS of {0}", server),
    placeholder: l10n.t("Start, or choose what else to try"),
    items: [
      {
        label: l10n.t("$(play) Start"),
        description: `${server} · ${asked} · ${names.join(", ")}`,
        detail: l10n.t("Without a client certificate, and with one of an unknown CA. Nothing else is sent."),
        value: "start",
      },
      {
        label:
          given === undefined
            ? l10n.t("$(key) Try your client certificate and key, too…")
            : l10n.t("$(check) Your client certificate: {0}", given.file),
        detail: l10n.t("The key is not stored, not sent, and used in handshakes with {0} alone.", server),
        value: "given",
      },
      {
        label:
          issuer === undefined
            ? l10n.t("$(organization) Try unfit certificates of your CA, too…")
            : l10n.t("$(check) Unfit certificates of your CA: {0}", issuer.file),
        detail: l10n.t("An expired one, and one without clientAuth. The key of the CA is not stored."),
        value: "issuer",
      },
      ...(headers.length === 0
        ? []
        : [
            {
              label: sendsHeaders
                ? l10n.t("$(check) Custom headers are sent, too")
                : l10n.t("$(circle-large-outline) Send the custom headers of the origin, too"),
              description: headers.map(([name]) => name).join(", "),
              detail: l10n.t("With the values of the configuration, which are not shown."),
              value: "headers" as const,
            },
          ]),
      ...(target.api === undefined
        ? []
        : [
            {
              label:
                sideDoor === undefined
                  ? l10n.t("$(circle-large-outline) Check the default endpoint of an API, too…")
                  : l10n.t("$(check) Default endpoint: {0}", sideDoor),
              detail: l10n.t("It does not ask for a client certificate, and must be disabled."),
              value: "side-door" as const,
            },
          ]),
      { label: l10n.t("$(edit) Change the method and path…"), description: asked, value: "request" },
      {
        label: l10n.t("$(edit) Change the name for SNI and Host…"),
        description: names.join(", "),
        value: "name",
      },
      { label: l10n.t("$(edit) Change the server or port…"), description: server, value: "server" },
    ],
  };
}

// --- what is chosen

async function take(
  step: Exclude<Step, "start">,
  state: State,
  target: ProbeTarget,
  [plan]: readonly ProbePlan[],
  ui: VerifyUi,
): Promise<State> {
  const { chosen } = state;
  switch (step) {
    case "headers":
      return { ...state, sendsHeaders: !state.sendsHeaders };
    case "given":
      return { ...state, given: state.given === undefined ? await chooseCredential("given", ui) : undefined };
    case "issuer":
      return { ...state, issuer: state.issuer === undefined ? await chooseCredential("issuer", ui) : undefined };
    case "request": {
      const request = plan === undefined ? undefined : await enterRequest(plan.request, ui);
      return request === undefined ? state : { ...state, chosen: { ...chosen, request } };
    }
    case "name": {
      const name = await enterName(plan?.name ?? "", ui);
      return name === undefined ? state : { ...state, chosen: { ...chosen, name } };
    }
    case "server": {
      const server = await enterServer(plan, target.port, ui);
      return server === undefined ? state : { ...state, chosen: { ...chosen, ...server } };
    }
    case "side-door": {
      const host = state.sideDoor === undefined ? await enterSideDoor(target, ui) : undefined;
      return { ...state, sideDoor: host };
    }
  }
}

const methods: readonly ProbeRequest["method"][] = ["HEAD", "GET", "OPTIONS", "POST"];

async function enterRequest(
  { method, path }: ProbeRequest,
  ui: VerifyUi,
): Promise<Pick<ProbeRequest, "method" | "path"> | undefined> {
  const title = l10n.t("Request");
  const wanted = await ui.choose({
    title,
    placeholder: l10n.t("Select a method"),
    items: [method, ...methods.filter((one) => one !== method)].map((one) => ({ label: one, value: one })),
  });
  if (wanted === undefined) return undefined;
  const entering = await ui.enter({
    title,
    prompt: l10n.t("Path, and query if any. It should be one that changes nothing on the server."),
    value: path,
    check: (text) => mistakeText(mistakeInRequest({ method: wanted, path: text, headers: [] })),
  });
  return entering === undefined ? undefined : { method: wanted, path: entering };
}

function enterName(value: string, ui: VerifyUi): Promise<string | undefined> {
  return ui.enter({
    title: l10n.t("Name for SNI and Host"),
    prompt: l10n.t("Where CloudFront forwards the Host header, this is the name that viewers use."),
    value,
    check: (text) => {
      const server = readServer(text);
      if ("code" in server) return tell(server, entered);
      return server.host === text ? undefined : mistakeText({ code: "probe:bad-host", args: { text } });
    },
  });
}

export async function enterServer(
  plan: Pick<ProbePlan, "host" | "port"> | undefined,
  port: number,
  ui: VerifyUi,
): Promise<{ readonly host: string; readonly port: number } | undefined> {
  const text = await ui.enter({
    title: l10n.t("Server to Verify"),
    prompt: l10n.t("Host name or IP address, with a port if it is not {0}.", port),
    value: plan === undefined ? "" : serverText(plan),
    check: (given) => {
      const server = readServer(given);
      return "code" in server ? tell(server, entered) : undefined;
    },
  });
  const server = text === undefined ? undefined : readServer(text, port);
  return server === undefined || "code" in server ? undefined : server;
}

async function enterSideDoor(target: ProbeTarget, ui: VerifyUi): Promise<string | undefined> {
  const text = await ui.enter({
    title: l10n.t("Default Endpoint of an API"),
    prompt:
      target.api?.region === undefined
        ? l10n.t("Its host name, as in {0}", sideDoorExample)
        : l10n.t("The ID of the API in {0}, or the host name of its default endpoint", target.api.region),
    value: "",
    check: (given) =>
      sideDoorHost(given, target) === undefined
        ? l10n.t("This is not the default endpoint of an API. It is called as in {0}.", sideDoorExample)
        : undefined,
  });
  return text === undefined ? undefined : sideDoorHost(text, target);
}

const sideDoorExample = "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com";

function mistakeText(mistake: ReturnType<typeof mistakeInRequest>): string | undefined {
  return mistake === undefined ? undefined : tell(mistake, entered);
}

// --- certificates and keys

/** One file may hold both. What is wrong is said before anything is connected to. */
async function chooseCredential(of: "given" | "issuer", ui: VerifyUi): Promise<Held | undefined> {
  const certificate = await ui.chooseFile(
    of === "given" ? l10n.t("Client Certificate, with Its Chain (PEM)") : l10n.t("CA That the Server Trusts (PEM)"),
  );
  if (certificate === undefined) return undefined;
  const both = readCredential(certificate.text, certificate.text);
  if (typeof both !== "string") return { file: certificate.name, credential: both };
  if (both !== "no-key") {
    await ui.say(credentialText(both, certificate.name, certificate.name), "error");
    return undefined;
  }
  const key = await ui.chooseFile(l10n.t("Private Key of “{0}” (PEM)", certificate.name));
  if (key === undefined) return undefined;
  const credential = readCredential(certificate.text, key.text);
  if (typeof credential !== "string") return { file: certificate.name, credential };
  await ui.say(credentialText(credential, certificate.name, key.name), "error");
  return undefined;
}
