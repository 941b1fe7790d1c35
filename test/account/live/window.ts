// What tests of live changes are written with: the modules of the extension against the sandbox, with a scripted user,
// and no editor.
import assert from "node:assert/strict";
import type { Account } from "../../../src/account/account.ts";
import { distributionsRow } from "../../../src/account/kinds/distributions.ts";
import { kinds } from "../../../src/account/kinds.ts";
import { Caller } from "../../../src/account/live/caller.ts";
import type { TakenStep, Wish } from "../../../src/account/live/change.ts";
import { carryOut } from "../../../src/account/live/engine.ts";
import { createLiveChanges } from "../../../src/account/live/live-changes.ts";
import type { UndoRecord, WaitRecord } from "../../../src/account/live/records.ts";
import { changeDistribution } from "../../../src/account/live/targets/distribution/change.ts";
import { distributionTarget, fetchConfig } from "../../../src/account/live/targets/distribution/target.ts";
import type {
  DistributionAccess,
  DistributionCalls,
  DistributionTools,
} from "../../../src/account/live/targets/distribution/tools.ts";
import { wishForDraft } from "../../../src/account/live/targets/distribution/wishes.ts";
import type { Clock, LiveLog, Patience } from "../../../src/account/live/tools.ts";
import type { Kind } from "../../../src/account/origin-mtls-words.ts";
import { actionsOf, iamPolicyText } from "../../../src/account/policy.ts";
import type { Session } from "../../../src/account/session.ts";
import type { WireConfig } from "../../../src/core/cloudfront/wire.ts";
import type { Json } from "../../../src/core/document/tree.ts";
import { isFailure } from "../../../src/core/failure.ts";
import type { Terminal } from "../../../src/core/shell.ts";
import { sha256 } from "../../../src/platform/node/crypto.ts";
import { secretStore, testFolder, undosIn, waitsIn } from "../storage.ts";
import { openAccount } from "../window.ts";
import { Life, memoryOf, type Remembered, stillClock, testPatience } from "./life.ts";
import { ScriptedUi } from "./scripted-ui.ts";

/** As the user set it. */
export interface TestSettings {
  readOnly: boolean;
  ownerTags: Readonly<Record<string, string>>;
  terminal: Terminal;
}

export interface Window extends Remembered {
  readonly session: Session;
  readonly account: Account;
  readonly ui: ScriptedUi;
  readonly settings: TestSettings;
  readonly tools: DistributionTools;
  readonly live: {
    change(kind: Kind, argument: unknown): Promise<void>;
    resume(): Promise<void>;
    undo(id?: string): Promise<void>;
  };
  /** From now on nothing of it goes on. */
  kill(): void;
  isOver(): boolean;
  /** Lines of the output channel. */
  readonly logged: string[];
  /** Begins a draft with what CloudFront has. */
  draft(id: string): Promise<Draft>;
  waits(): readonly WaitRecord[];
  undos(): readonly UndoRecord[];
  /** All that is written where every window, and whoever syncs settings, finds it. */
  everythingRemembered(): string;
}

/** Somebody's own version of a config. */
export interface Draft {
  readonly text: string;
  /** Applies what was made of the text. */
  apply(text: string, onTaken?: (taken: TakenStep<WireConfig>) => Promise<void>): Promise<void>;
}

export interface WindowOptions {
  readonly profile?: string;
  readonly remembered?: Remembered;
  readonly patience?: Patience;
  readonly clock?: Clock;
  /** Whether all other windows are known to have ended. */
  readonly isGone?: boolean;
  /** Told before CloudFront is asked something and again with what it answered, before the window sees it. */
  readonly watch?: Watch;
  /** What probes proved. */
  readonly proofs?: DistributionAccess["proofs"];
}

export type Watch = (call: keyof DistributionCalls, answer: unknown, kill: () => void) => void | Promise<void>;

function watched(calls: DistributionCalls, life: Life, watch: Watch): DistributionCalls {
  return new Proxy(calls, {
    get: (target, name: keyof DistributionCalls) => {
      const call: ((...args: never[]) => Promise<unknown>) | undefined = target[name];
      if (typeof call !== "function") return call;
      return async (...args: never[]) => {
        await watch(name, undefined, () => life.end());
        if (life.isOver) return new Promise(() => {});
        const answer = await life.after(call(...args));
        await watch(name, answer, () => life.end());
        return life.after(Promise.resolve(answer));
      };
    },
  });
}

export function openWindow({
  profile,
  remembered = { records: testFolder(), secrets: secretStore() },
  patience = testPatience,
  clock = stillClock,
  isGone = false,
  watch = () => {},
  proofs = { ofAll: () => undefined, hasHost: () => true },
}: WindowOptions = {}): Window {
  const life = new Life();
  const { session, account } = openAccount(profile === undefined ? {} : { profile });
  const ui = new ScriptedUi(async (wanted) => {
    await account.whole(distributionsRow);
    return account.distributions().items.find(({ id }) => id === wanted);
  });
  const settings: TestSettings = {
    readOnly: false,
    ownerTags: {},
    terminal: { shell: "sh", name: "bash" },
  };
  const logged: string[] = [];
  const { records, secrets } = remembered;
  const log: LiveLog = {
    info: (line) => void logged.push(line),
    fault: (where, error) => void logged.push(`fault ${where} ${String(error)}`),
  };
  const { tools, resume, undo } = createLiveChanges({
    memory: memoryOf(remembered, life, log, isGone),
    ui: life.lend(ui),
    log,
    pauses: [1, 10],
    patience,
    clock,
    terminal: () => settings.terminal,
    isReadOnly: () => settings.readOnly,
    policyText: () => iamPolicyText(actionsOf(kinds.kinds), settings.readOnly),
    session,
    account,
    calls: async () => watched(await import("../../../src/aws/distributions.ts"), life, watch),
    context: () => {
      const inventory = account.current();
      return {
        now: new Date(),
        settings: { expiryWarningDays: 45, severities: {} },
        purpose: "unknown",
        fingerprint: sha256,
        ...(inventory === undefined ? {} : { inventory }),
      };
    },
    onRuleFault: (rule, error) => void logged.push(`fault rule ${rule} ${String(error)}`),
    ownerTags: () => settings.ownerTags,
    proofs,
  });
  session.onDidChange(() => {
    if (session.state.kind === "connected") resume().catch((error: unknown) => logged.push(`fault ${String(error)}`));
  });
  return {
    kill: () => {
      life.end();
      // Its sockets are closed; what was sent on them may arrive.
      session.dispose();
    },
    isOver: () => life.isOver,
    session,
    account,
    ui,
    settings,
    tools,
    logged,
    records,
    secrets,
    live: {
      change: (kind, argument) => changeDistribution(kind, argument, tools),
      resume,
      undo: (id) => undo(id === undefined ? {} : { id }),
    },
    draft: async (id) => {
      const caller = await Caller.of(session);
      assert.ok(!isFailure(caller), "it is not connected");
      const fetched = await fetchConfig(id, caller, tools);
      assert.ok(!isFailure(fetched), "there is no config");
      const { text, json } = fetched.config;
      return {
        text,
        apply: async (mine, onTaken) => {
          const plain = wishForDraft(id, json, JSON.parse(mine) as Json, { notes: [] });
          const wish: Wish<WireConfig> = onTaken === undefined ? plain : { ...plain, onTaken };
          await carryOut({ caller, target: distributionTarget(id, caller, tools), wish }, tools);
        },
      };
    },
    waits: () => waitsIn(records),
    undos: () => undosIn(records),
    everythingRemembered: () => JSON.stringify([...records.kept]),
  };
}
