// A kind of resource that AWS does not have, the opposite of a distribution: it names no versions, takes two different
// calls for one change, fails after it accepted one, and has a call that nothing undoes.
import { Caller } from "../../../src/account/live/caller.ts";
import type { Wish } from "../../../src/account/live/change.ts";
import { carryOut } from "../../../src/account/live/engine.ts";
import type { UndoRecord, WaitRecord } from "../../../src/account/live/records.ts";
import { resumeWaits } from "../../../src/account/live/resume.ts";
import type { Status, Target } from "../../../src/account/live/target.ts";
import type { TargetWords } from "../../../src/account/live/target-words.ts";
import type { LiveLog, LiveTools, Patience } from "../../../src/account/live/tools.ts";
import { undoChange } from "../../../src/account/live/undo.ts";
import type { SessionSource } from "../../../src/account/session-source.ts";
import type { Connection } from "../../../src/aws/connection.ts";
import { differences, notKept, rebase } from "../../../src/core/cloudfront/compare.ts";
import { type Failure, isFailure } from "../../../src/core/failure.ts";
import type { Problem } from "../../../src/core/rules/rule.ts";
import { secretStore, testFolder, undosIn, waitsIn } from "../storage.ts";
import { Life, memoryOf, type Remembered, stillClock, testPatience } from "./life.ts";
import { ScriptedUi } from "./scripted-ui.ts";

export type Gate = {
  readonly Mode: string;
  readonly TrustStore: string;
  readonly Name: string;
};

/** What each call sets. */
const calls = { AttachTrustStore: "TrustStore", SetMode: "Mode" } as const;

type Call = keyof typeof calls;

function isCall(call: string): call is Call {
  return Object.hasOwn(calls, call);
}

/** The service, with one gate. What it is about to do can be made to go otherwise. */
export class GateService {
  config: Gate = { Mode: "off", TrustStore: "none", Name: "north" };
  /** Calls that were accepted. */
  readonly accepted: string[] = [];
  status: Omit<Status, "etag"> = { state: "done", said: "active" };
  /** Runs before a call is looked at; what it returns is answered instead. */
  onPut: (call: string) => Failure | undefined = () => undefined;
  /** Whether a call that is accepted is also carried out. */
  carriesOut: (call: string) => boolean = () => true;
  /** Whether the answer to a call that was accepted comes. */
  answers: (call: string) => boolean = () => true;
  onFetch: () => void = () => {};
}

export const noAnswer: Failure = { failure: "offline", message: "Nobody answered.", mayHaveApplied: true };

const words: TargetWords = {
  what: "Gate",
  whichToUndo: "Undo Change to a Gate",
  title: (deed) => `${deed} the gate`,
  inFew: (deed) => deed,
  inShort: (deed, parts) => `${deed}: ${parts.join(", ")}`,
  listed: (parts) => parts.join(", "),
  inSteps: (count) => `in ${count} calls`,
  waiting: (part, parts) => `Waiting for the gate (${part} of ${parts})`,
  waited: (said) => `The gate is ${said}.`,
  waitingStopped: () => "Waiting for the gate was stopped.",
  waitingLeft: (account) => `The gate goes on in ${account}.`,
  endUnseen: () => "The end of the gate cannot be seen.",
  endUnseenLater: () => "The end of the gate cannot be seen now.",
  done: (deed, parts) => `The gate is done: ${deed} ${parts.join(", ")}.`,
  doneUncompared: () => "The gate is done, and was not compared.",
  notKept: (lost) => `The gate lost: ${lost}`,
  changedSince: (lost) => `The gate was changed since: ${lost}`,
  notKeptOf: (parts) => `The gate did not keep ${parts.join(", ")}.`,
  changedSinceOf: (parts) => `The gate was changed since in ${parts.join(", ")}.`,
};

const members = ["Mode", "TrustStore", "Name"] as const;

function changedIn(before: Gate, after: Gate): Partial<Gate> {
  return Object.fromEntries(
    members.flatMap((member) => (before[member] === after[member] ? [] : [[member, after[member]]])),
  );
}

function unmetIn(expected: unknown, now: Gate): string[] {
  const wanted: Partial<Gate> = typeof expected === "object" && expected !== null ? expected : {};
  return members.filter((member) => wanted[member] !== undefined && wanted[member] !== now[member]);
}

export function gateTarget(service: GateService, alive: <Answer>(answer: Answer) => Promise<Answer>): Target<Gate> {
  return {
    kind: "gate",
    id: "gate-1",
    name: () => service.config.Name,
    service: "Gatekeeper",
    region: "eu-central-1",
    path: "/gate-1.json",
    words,
    fetch: () => {
      service.onFetch();
      return alive({ etag: undefined, config: service.config });
    },
    rules: ({ Mode, TrustStore }): Problem[] =>
      Mode === "verify" && TrustStore === "none"
        ? [
            {
              rule: {
                id: "gate/trust-store",
                severity: "error",
                requires: "There is one.",
                source: { title: "Gates", url: "https://example.com/gates" },
                says: { missing: () => "There is no trust store to verify with." },
              },
              severity: "error",
              reason: { code: "missing" },
              at: { start: 0, end: 1 },
            },
          ]
        : [],
    render: (before, after) => ({
      before: JSON.stringify(before),
      after: { text: JSON.stringify(after), moved: (span) => span },
    }),
    diff: differences,
    write: (config) => JSON.stringify(config),
    read: (text) => JSON.parse(text) as Gate,
    merge: (base, mine, theirs) => {
      const { merged, conflicts } = rebase(base, mine, theirs);
      return { config: { ...theirs, ...(merged as Gate) }, conflicts };
    },
    steps: (before, after) => {
      const attached = { ...before, TrustStore: after.TrustStore };
      return [
        ...(before.TrustStore === after.TrustStore ? [] : [{ call: "AttachTrustStore", goal: attached }]),
        ...(before.Mode === after.Mode ? [] : [{ call: "SetMode", goal: after }]),
      ];
    },
    put: ({ call, goal }) => {
      const instead = service.onPut(call);
      if (instead !== undefined) return alive(instead);
      if (!isCall(call)) throw new Error(`There is no call ${call}`);
      service.accepted.push(call);
      if (service.carriesOut(call)) service.config = { ...service.config, [calls[call]]: goal[calls[call]] };
      return alive(service.answers(call) ? { etag: undefined } : noAnswer);
    },
    status: () => alive({ ...service.status, etag: undefined }),
    readBack: notKept,
    trace: (before, done) => {
      const expected = changedIn(before, done);
      return { expected, isWhole: true, parts: Object.keys(expected) };
    },
    unmet: unmetIn,
    undoable: (before, done, call) =>
      call === "AttachTrustStore" || before.TrustStore !== done.TrustStore
        ? { kind: "never", why: "A trust store that is attached stays attached." }
        : { kind: "settings", settings: changedIn(done, before) },
    undoing: ({ settings }) => ({ ...wishFor(settings as Partial<Gate>), deed: "undo" }),
    insteadOfUndo: () => [{ label: "Profiles", go: { to: "profiles" } }],
    changed: () => {},
  };
}

export function wishFor(wanted: Partial<Gate>): Wish<Gate> {
  return {
    deed: "set",
    sentence: ({ goal }) => `The gate is set to ${goal.Mode}.`,
    notes: [],
    aim: ({ config }) => ({ kind: "config", config: { ...config, ...wanted } }),
  };
}

const open: { dispose(): void }[] = [];

/** What follows a change in the background ends with its test. */
export function closeGates(): void {
  for (const window of open.splice(0)) window.dispose();
}

export interface GateWindow extends Remembered {
  readonly ui: ScriptedUi;
  readonly target: Target<Gate>;
  readonly logged: string[];
  set(wanted: Partial<Gate>): Promise<"kept" | "left">;
  resume(): Promise<void>;
  undo(): Promise<void>;
  waits(): readonly WaitRecord[];
  undos(): readonly UndoRecord[];
  /** From now on nothing of it goes on: no call comes back. */
  kill(): void;
}

export function openGateWindow(
  service: GateService,
  { records, secrets }: Remembered = { records: testFolder(), secrets: secretStore() },
  patience: Partial<Patience> = {},
): GateWindow {
  const life = new Life();
  const alive = <Answer>(answer: Answer) => life.after(new Promise<void>(setImmediate)).then(() => answer);
  const ui = new ScriptedUi(async () => undefined);
  const target = gateTarget(service, alive);
  const closing = new AbortController();
  open.push({ dispose: () => closing.abort() });
  const session = sessionOf("111122223333", closing.signal);
  const logged: string[] = [];
  const log: LiveLog = {
    info: (line) => void logged.push(line),
    fault: (where, error) => void logged.push(`fault ${where} ${String(error)}`),
  };
  const tools: LiveTools = {
    memory: memoryOf({ records, secrets }, life, log),
    ui,
    log,
    pauses: [1],
    patience: { ...testPatience, ...patience },
    clock: stillClock,
    terminal: () => ({ shell: "sh", name: "bash" }),
    isReadOnly: () => false,
    policyText: () => "",
    targetOf: (kind) => (kind === "gate" ? target : undefined),
    undo: (change) => undoChange(change, session, tools),
  };
  return {
    ui,
    target,
    logged,
    records,
    secrets,
    set: async (wanted) => {
      const caller = await Caller.of(session);
      if (isFailure(caller)) throw new Error(caller.message);
      return carryOut({ target, caller, wish: wishFor(wanted) }, tools);
    },
    resume: () => resumeWaits(session, tools),
    undo: () => undoChange({}, session, tools),
    waits: () => waitsIn(records),
    undos: () => undosIn(records),
    kill: () => life.end(),
  };
}

function sessionOf(account: string, signal: AbortSignal): SessionSource {
  const identity = { account, arn: "", partition: "aws", region: "eu-central-1", endpoint: undefined };
  const connection: Connection = { profile: undefined, identity };
  return {
    state: { kind: "connected", connection },
    signal,
    connect: async () => connection,
    reconnect: async () => connection,
    lost: () => {},
  };
}

/** A window in which the first change is said yes to. */
export function opened(): { readonly service: GateService; readonly window: GateWindow } {
  const service = new GateService();
  const window = openGateWindow(service);
  window.ui.decide("apply");
  return { service, window };
}
