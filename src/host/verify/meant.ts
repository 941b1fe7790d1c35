import * as vscode from "vscode";
import { distributionMeant } from "../../account/distribution-meant.ts";
import { enterServer } from "../../account/verify/ask.ts";
import {
  type Candidate,
  candidatesIn,
  candidatesOf,
  originKey,
  payloadKey,
  type Role,
  viewersKey,
} from "../../account/verify/candidates.ts";
import type { VerifyUi } from "../../account/verify/ui.ts";
import type { Subject } from "../../account/verify/verify.ts";
import { subjectsOf } from "../../core/facts.ts";
import { enteredTarget } from "../../core/probe/target.ts";
import { contains } from "../../core/text.ts";
import { isConfigTarget } from "../authoring/config-picker.ts";
import { isPayloadTarget } from "../authoring/enabling.ts";
import type { Documents } from "../documents/documents.ts";

/** A distribution as CloudFront has it. */
export interface LiveConfig {
  readonly id: string;
  readonly version: string;
  readonly facts: Parameters<typeof candidatesIn>[0];
  readonly domainName: string | undefined;
}

export interface MeantTools {
  readonly documents: Documents;
  readonly ui: VerifyUi;
  /** Whether an account is connected: AWS is asked unasked only then. */
  isConnected(): boolean;
  /** What a row of the account means, or, without one, a distribution that is asked for. */
  look(argument: unknown, title: string): Promise<LiveConfig | undefined>;
}

type Found = Candidate | "server" | "account";

/** What a command is to verify: what it was called for, where the cursor stands, or what is chosen. */
export async function meantBy(role: Role, args: readonly unknown[], tools: MeantTools): Promise<Subject | undefined> {
  const [argument] = args;
  if (distributionMeant(argument) !== undefined) return ofAccount(role, argument, tools);
  const uri = isConfigTarget(argument) || isPayloadTarget(argument) ? argument.uri : argument;
  const document =
    uri instanceof vscode.Uri
      ? await vscode.workspace.openTextDocument(uri)
      : // From the menu of a row that was drawn anew since: whatever editor is active was not meant.
        args.length > 0
        ? undefined
        : vscode.window.activeTextEditor?.document;
  const all = document === undefined ? [] : candidatesIn((await tools.documents.current(document))?.facts);
  const candidates = all.filter((one) => one.role === role);
  const called = candidates.find(({ key }) => key === keyOf(argument));
  if (called !== undefined) return called;
  const editor = vscode.window.activeTextEditor;
  const offset = editor?.document === document ? document?.offsetAt(editor?.selection.active ?? start) : undefined;
  const here = offset === undefined ? undefined : innermost(candidates, offset);
  if (here !== undefined) return here;
  if (candidates.length === 0 && !tools.isConnected()) return entered(role, tools);
  const found = await choose(role, candidates, candidates.length === 0, tools.ui);
  if (found === "server") return entered(role, tools);
  return found === "account" ? ofAccount(role, undefined, tools) : found;
}

const start = new vscode.Position(0, 0);

/** As code lenses name it. */
function keyOf(argument: unknown): string | undefined {
  if (isPayloadTarget(argument)) return payloadKey(argument.kind, argument.index);
  if (!isConfigTarget(argument)) return undefined;
  return "index" in argument && typeof argument.index === "number"
    ? originKey(argument.config, argument.index)
    : viewersKey(argument.config);
}

function innermost(candidates: readonly Candidate[], offset: number): Candidate | undefined {
  return candidates
    .filter(({ at }) => contains(at, offset))
    .sort((one, other) => one.at.end - one.at.start - (other.at.end - other.at.start))[0];
}

async function entered(role: Role, { ui }: MeantTools): Promise<Subject | undefined> {
  const server = await enterServer(undefined, 443, ui);
  return server === undefined ? undefined : { target: enteredTarget(role, server.host, server.port) };
}

function titleOf(role: Role): string {
  return role === "origin" ? vscode.l10n.t("Verify Origin") : vscode.l10n.t("Verify Viewers or API");
}

/** An origin of a row, or what is chosen of its distribution. */
async function ofAccount(role: Role, argument: unknown, tools: MeantTools): Promise<Subject | undefined> {
  const looked = await tools.look(argument, titleOf(role));
  const [config] = subjectsOf(looked?.facts, "distribution");
  if (looked === undefined || config === undefined) return undefined;
  const candidates = candidatesOf(config, 0, looked).filter((one) => one.role === role);
  if (candidates.length === 0)
    return { target: { code: role === "origin" ? "probe:no-origin" : "probe:no-viewer-mtls" } };
  const origin = distributionMeant(argument)?.origin;
  const meant = origin === undefined ? undefined : candidates.find(({ live }) => live?.origin === origin);
  if (meant !== undefined) return meant;
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return only;
  const found = await choose(role, candidates, false, tools.ui);
  return found === "server" || found === "account" ? entered(role, tools) : found;
}

function choose(
  role: Role,
  candidates: readonly Candidate[],
  offersAccount: boolean,
  ui: VerifyUi,
): Promise<Found | undefined> {
  return ui.choose<Found>({
    title: titleOf(role),
    placeholder: vscode.l10n.t("Select what to verify"),
    items: [
      ...candidates.map((candidate) => ({
        label: candidate.label,
        description: candidate.description,
        value: candidate,
      })),
      ...(offersAccount
        ? [{ label: vscode.l10n.t("$(cloud) A distribution of the account…"), value: "account" as const }]
        : []),
      { label: vscode.l10n.t("$(server) Another server…"), value: "server" as const },
    ],
  });
}
