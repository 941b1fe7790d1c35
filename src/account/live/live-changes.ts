// Live changes of an account, as commands and a session begin them. A new kind of target is one line here.
import type { Caller } from "./caller.ts";
import type { DoneChange } from "./records.ts";
import { resumeWaits } from "./resume.ts";
import type { Target } from "./target.ts";
import { distributionKind, distributionTarget } from "./targets/distribution/target.ts";
import type { DistributionAccess, DistributionTools } from "./targets/distribution/tools.ts";
import { type Meant, undoChange } from "./undo.ts";

/** What comes from outside; the rest is made here. */
export type Given = Omit<DistributionTools, "targetOf" | "undo">;

export interface LiveChanges {
  readonly tools: DistributionTools;
  /** Goes on waiting for what a window before this one began: called when a session is there. */
  resume(): Promise<void>;
  undo(meant: Meant | DoneChange): Promise<void>;
}

export function createLiveChanges(given: Given): LiveChanges {
  const { session } = given;
  const tools: DistributionTools = {
    ...given,
    undo: (change) => undoChange(change, session, tools),
    targetOf: (kind, id, caller, name) => targetsOf(given)[kind]?.(id, caller, name),
  };
  return {
    tools,
    resume: () => resumeWaits(session, tools),
    undo: (meant) => undoChange(meant, session, tools),
  };
}

type TargetOf = (id: string, caller: Caller, name: string | undefined) => Target<unknown>;

function targetsOf(access: DistributionAccess): Readonly<Record<string, TargetOf>> {
  return {
    [distributionKind]: (id, caller, name) => distributionTarget(id, caller, access, name),
  };
}
