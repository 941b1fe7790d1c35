// Enabling, disabling and changing origin mTLS of a live distribution, from the command to the engine.
import { type Failure, isFailure } from "../../../../core/failure.ts";
import { distributionMeant } from "../../../distribution-meant.ts";
import type { Kind } from "../../../origin-mtls-words.ts";
import { Caller } from "../../caller.ts";
import { carryOut } from "../../engine.ts";
import { explainFailure, tryAgain } from "../../failures.ts";
import { readOnlyText } from "../../words.ts";
import { askOwner, showTemplateText } from "./owner.ts";
import { selectChange } from "./selection.ts";
import { distributionTarget } from "./target.ts";
import type { DistributionTools } from "./tools.ts";
import { wishForIntent } from "./wishes.ts";

/** What can be had without a connection; `none`: nothing, or the failure is to be explained. */
export type Instead = (failure: Failure) => Promise<"done" | "none">;

/** Signs in, again and again until it works or the user stops trying. */
export async function connected(
  tools: Pick<DistributionTools, "session" | "ui" | "policyText">,
  instead?: Instead,
): Promise<Caller | undefined> {
  for (let isFirst = true; ; isFirst = false) {
    if (!isFirst) await tools.session.reconnect();
    const caller = await Caller.of(tools.session);
    if (!isFailure(caller)) return caller;
    if (instead !== undefined && (await instead(caller)) === "done") return undefined;
    if (!(await explainFailure(caller, tools, { again: tryAgain() }))) return undefined;
  }
}

/** *Enable*, *Disable* or *Change Client Certificate* on a distribution; without one it is asked for. */
export async function changeDistribution(kind: Kind, argument: unknown, tools: DistributionTools): Promise<void> {
  const { ui } = tools;
  if (tools.isReadOnly()) return ui.say(readOnlyText());
  const caller = await connected(tools);
  if (caller === undefined) return;
  const selection = await selectChange(kind, distributionMeant(argument), caller, tools);
  if (selection === undefined) return;
  const { distribution, facts, origins, intent } = selection;
  const { id } = distribution;
  const { goesOn, owner, notes } = await askOwner(caller, distribution, true, ui, tools);
  if (goesOn === "stop") return;
  if (goesOn === "template") return showTemplateText(intent, origins, facts, id, owner, ui);
  const wish = wishForIntent(id, intent, origins, [...notes, ...selection.notes]);
  await carryOut({ target: distributionTarget(id, caller, tools), wish, caller }, tools);
}
