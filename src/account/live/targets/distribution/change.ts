// Enabling, disabling and changing origin mTLS of a live distribution, from the command to the engine.

import type { WireConfig } from "../../../../core/cloudfront/wire.ts";
import { type Failure, isFailure } from "../../../../core/failure.ts";
import { type DistributionMeant, distributionMeant } from "../../../distribution-meant.ts";
import type { Kind } from "../../../origin-mtls-words.ts";
import { provedOrigin } from "../../../proved-target.ts";
import { Caller } from "../../caller.ts";
import { carryOut } from "../../engine.ts";
import { explainFailure, tryAgain } from "../../failures.ts";
import type { Reselected } from "../../job.ts";
import { readOnlyText } from "../../words.ts";
import type { KeptErrand } from "./kept.ts";
import { ownedBy, ownershipOf } from "./owner.ts";
import { type Selection, selectChange, selectionOf } from "./selection.ts";
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
  const chosen = await selectChange(kind, distributionMeant(argument), caller, tools);
  if (chosen !== undefined) await review(kind, distributionMeant(argument), chosen, caller, tools);
}

/** The same change once more, after the window was loaded anew. */
export async function changeAgain(
  id: string,
  { kind, origins, certificate }: Extract<KeptErrand, { readonly what: "intent" }>,
  tools: DistributionTools,
): Promise<void> {
  const caller = await connected(tools);
  if (caller === undefined) return;
  const selection = await selectionOf(id, kind, origins, certificate, caller, tools);
  if (selection !== undefined)
    await review(kind, { id, origin: undefined, certificate: undefined }, selection, caller, tools);
}

async function review(
  kind: Kind,
  meant: DistributionMeant | undefined,
  chosen: Selection,
  caller: Caller,
  tools: DistributionTools,
): Promise<void> {
  /** What the page was made of last: what is chosen anew begins with it. */
  let selection = chosen;
  await carryOut(
    {
      ...(await wanted(selection, caller, tools)),
      caller,
      reselect: async () => {
        const again = await selectChange(kind, meant, caller, tools, selection);
        if (again === undefined) return undefined;
        selection = again;
        return wanted(selection, caller, tools);
      },
    },
    tools,
  );
}

async function wanted(
  { distribution, facts, origins, intent, notes }: Selection,
  caller: Caller,
  tools: DistributionTools,
): Promise<Reselected<WireConfig>> {
  const { id } = distribution;
  const ownership = await ownershipOf(caller, distribution, tools);
  const owner = ownedBy(ownership, { intent, ids: origins, facts, id }, tools.ui);
  const certificate =
    intent.kind === "disable" ? undefined : tools.account.current()?.certificates.get(intent.certificate)?.domainName;
  return {
    target: distributionTarget(id, caller, tools),
    wish: wishForIntent(id, intent, origins, {
      ...{ notes: [...ownership.notes, ...notes], owner, certificate },
      proved: (origin, config) => provedOrigin(origin, config, tools.proofs, distribution.domainName),
    }),
    kept: {
      ...{ what: "intent", kind: intent.kind, origins },
      certificate: intent.kind === "disable" ? undefined : intent.certificate,
    } satisfies KeptErrand,
  };
}
