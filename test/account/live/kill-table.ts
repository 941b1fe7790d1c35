// A window dies in the middle of a change, at each phase, with each fault of the sandbox: what the account then has in
// truth, what the next window says of it, and whether it can be undone. The suite asserts every row; `npm run
// kill-table` prints them.
import type { HistoryEntry } from "../../../src/account/live/records.ts";
import type { LiveReview } from "../../../src/account/live/review/live-review.ts";
import type { DistributionState } from "../../../src/aws/distributions.ts";
import { canonicalXml } from "../../../src/core/document/xml-text.ts";
import { type Failure, isFailure } from "../../../src/core/failure.ts";
import type { Aws } from "../../sandbox/aws.ts";
import type { Fault, FaultKind } from "../../sandbox/client.ts";
import { certificates, distributions, secretHeaderValues } from "../../sandbox/world.ts";
import { until } from "../../until.ts";
import { historyIn, secretStore, type TestFolder, testFolder } from "../storage.ts";
import { closeSessions } from "../window.ts";
import { block } from "./distributions.ts";
import { untrueIn, watchPage } from "./review/truth.ts";
import { openWindow, type Watch, type Window } from "./window.ts";

export const phases = [
  "before it is sent",
  "sent, not yet taken",
  "taken, answer not read",
  "looking up its fate",
  "waiting",
  "reading back",
] as const;

export type Phase = (typeof phases)[number];

/** `settings`: names alone describe it. `draft`: anything in the config, so that configs are kept with the secrets. */
export type Change = "settings" | "draft";

export interface Row {
  readonly change: Change;
  readonly phase: Phase;
  /** As it is called in the table. */
  readonly fault: string;
  /** Met by the update. */
  readonly onUpdate: (change: Change) => Fault | undefined;
  /** Met by everything that the next window reads, until another one is opened. */
  readonly onReads: Fault | undefined;
}

export interface Result {
  /** Whether the window came as far as the phase. */
  readonly isReached: boolean;
  readonly account: "as before" | "changed" | "partly changed" | "changed by another update";
  /** By the window that died. */
  readonly saidBefore: string;
  /** By the windows after it. */
  readonly said: string;
  readonly undo: "undone" | "refused, and said why" | "nothing to undo" | "not undone, and nothing said";
  /** What the history tells of the change, before it was undone. */
  readonly history: HistoryEntry | undefined;
  /** What is wrong with it: nothing, where the row is as it should be. */
  readonly wrong: readonly string[];
}

const id = distributions.single;
const update = "UpdateDistribution";

type OfChange = { readonly [of in Change]: Fault };

const both = (fault: Fault): OfChange => ({ settings: fault, draft: fault });

/** Each kind, in each way that makes a difference. */
export const updateFaults: Readonly<Record<FaultKind, Readonly<Record<string, OfChange>>>> = {
  throttle: { throttled: both({ kind: "throttle", times: 20 }) },
  error: {
    "500": both({ kind: "error", times: 1 }),
    "400": both({ kind: "error", times: 1, status: 400, code: "InvalidArgument", message: "not now" }),
  },
  slow: { slow: both({ kind: "slow", ms: 20, times: 1 }) },
  drop: {
    "dropped before": both({ kind: "drop", when: "before", times: 1 }),
    "dropped after": both({ kind: "drop", when: "after", times: 1 }),
    "dropped in the answer": both({ kind: "drop", when: "body", times: 1 }),
  },
  deny: { denied: both({ kind: "deny", times: 1 }) },
  "expired-token": { expired: both({ kind: "expired-token", times: 1 }) },
  garbage: {
    "a page": both({ kind: "garbage", times: 1 }),
    "a page, 502": both({ kind: "garbage", status: 502, times: 1 }),
  },
  "drop-member": {
    "not kept": {
      settings: { kind: "drop-member", member: "OriginMtlsConfig", times: 1 },
      draft: { kind: "drop-member", member: "HttpVersion", times: 1 },
    },
  },
  rewrite: {
    "kept otherwise": {
      settings: { kind: "rewrite", find: certificates.spare, replace: certificates.orders, times: 1 },
      draft: { kind: "rewrite", find: "http3", replace: "http2and3", times: 1 },
    },
    "added to": both({
      kind: "rewrite",
      find: "<ConnectionMode>direct</ConnectionMode>",
      replace: "<ConnectionMode>direct</ConnectionMode><Theirs>yes</Theirs>",
      times: 1,
    }),
  },
  "change-behind": { "another update first": both({ kind: "change-behind", times: 1 }) },
  "client-certificate-refused": {
    "certificate refused": both({ kind: "client-certificate-refused", times: 1 }),
  },
};

/** What a look can meet, until another window is opened. */
const readFaults: Readonly<Record<string, Fault>> = {
  throttled: { kind: "throttle" },
  "500": { kind: "error" },
  slow: { kind: "slow", ms: 20 },
  "dropped before": { kind: "drop", when: "before" },
  "dropped in the answer": { kind: "drop", when: "body" },
  denied: { kind: "deny" },
  expired: { kind: "expired-token" },
  "a page": { kind: "garbage" },
  deleted: { kind: "error", status: 404, code: "NoSuchDistribution", message: "gone" },
};

export const rows: readonly Row[] = [
  ...phases.flatMap((phase) =>
    (["settings", "draft"] as const).flatMap((change): Row[] => [
      { change, phase, fault: "none", onUpdate: () => undefined, onReads: undefined },
      // What is never sent meets none.
      ...(phase === "before it is sent" ? [] : Object.values(updateFaults)).flatMap((ways) =>
        Object.entries(ways).map(([fault, of]) => ({
          change,
          phase,
          fault,
          onUpdate: () => of[change],
          onReads: undefined,
        })),
      ),
    ]),
  ),
  ...phases.flatMap((phase) =>
    Object.entries(readFaults).map(
      ([fault, onReads]): Row => ({
        change: phase === "reading back" ? "draft" : "settings",
        phase,
        fault: `next: ${fault}`,
        onUpdate: () => undefined,
        onReads,
      }),
    ),
  ),
];

export const isOurs: Readonly<Record<Change, (xml: string) => boolean>> = {
  settings: (xml) => xml.includes(block(certificates.spare)),
  draft: (xml) => xml.includes("<HttpVersion>http3</HttpVersion>"),
};

/** What nobody changed but us is to be there again: what others changed stays. */
const isUndone: Readonly<Record<Change, (xml: string) => boolean>> = {
  settings: (xml) => !xml.includes("OriginMtlsConfig"),
  draft: (xml) => xml.includes("<HttpVersion>http2</HttpVersion>"),
};

export async function play(row: Row, aws: Aws): Promise<Result> {
  const { change, phase } = row;
  const { sandbox } = aws;
  await aws.reset();
  const xml = async () => canonicalXml((await sandbox.distribution(id)).xml);
  const before = { xml: await xml(), etag: (await sandbox.distribution(id)).etag };
  const remembered = { records: testFolder(), secrets: secretStore() };
  const patience = { handover: 0, arrival: 600_000 };

  const dying = watchFor(phase);
  const first = openWindow({ remembered, patience, watch: dying.watch });
  const apply = await prepared(first, change);
  const isHeld = phase === "sent, not yet taken";
  if (isHeld) await sandbox.fault({ kind: "slow", operation: update, ms: 600_000 });
  const fault = row.onUpdate(change);
  if (fault !== undefined) await sandbox.fault({ ...fault, operation: update });
  const ended = apply().then(() => "ended" as const);
  const held = isHeld
    ? until("the request", async () => (await sandbox.held()).length > 0).then(() => "killed" as const)
    : new Promise<never>(() => {});
  const isReached = (await Promise.race([ended, dying.killed, held])) === "killed";
  const pages: LiveReview[] = [...first.ui.opened];
  const impossible = new Set<string>();
  first.kill();
  // The first review is the preview, the others tell what happened.
  const saidBefore = [first.ui.messages, ...first.ui.reviews.slice(1).map(({ plan }) => plan.meanwhile?.text ?? "")]
    .join("\n")
    .trim();

  const reads = ["GetDistribution", "GetDistributionConfig"];
  const opened: Window[] = [];
  const next = async (): Promise<Window> => {
    const window = openWindow({ remembered, patience });
    opened.push(window);
    window.ui.onFollow = (review) => watchPage(review, impossible);
    await window.session.connect();
    return window;
  };
  if (row.onReads !== undefined) for (const operation of reads) await sandbox.fault({ ...row.onReads, operation });
  let last = await next();
  if (isHeld) {
    // Then it arrives, after the next window has looked.
    await until("the next window looked", () => last.ui.said.length > 0 || last.waits().length === 0);
    await sandbox.clearFaults();
    await until("it arrived", async () => (await sandbox.requests()).some(({ operation }) => operation === update));
    if (row.onReads !== undefined) last = await next();
  } else if (row.onReads !== undefined) {
    await until("the next window looked", () => last.ui.said.length > 0 || last.waits().length === 0);
    await sandbox.clearFaults();
    last = await next();
  }
  patience.arrival = 0;
  await until("its end", () => last.waits().length === 0);
  for (const { ui } of opened) {
    await until("the end of its page", () => ui.followed.every(({ isOver }) => isOver));
    pages.push(...ui.followed);
  }
  const said = opened.map(({ ui }) => ui.messages).join("\n");

  const now = await xml();
  const { etag } = await sandbox.distribution(id);
  const account =
    etag === before.etag
      ? "as before"
      : isOurs[change](now)
        ? "changed"
        : fault?.kind === "change-behind"
          ? "changed by another update"
          : "partly changed";
  const history = changeIn(remembered.records);
  const has = account === "changed" ? "all" : account === "partly changed" ? "some" : "nothing";
  const onPages = pages.flatMap((review) => {
    // A window that was killed stays at what it was at.
    const wrong = review.isOver ? untrueIn(review.page, has) : [];
    const { phase, status, steps } = review.page;
    return wrong.map((one) => `page: ${one} (${phase}: ${status} ${steps.map(({ text }) => text).join(" ")})`);
  });
  const undo = await undone(last, change, account, xml);
  const result = { isReached, account, saidBefore, said, undo, history } as const;
  for (const window of opened) window.kill();
  closeSessions();
  const secrets = [...remembered.secrets.kept.keys()].filter((key) => key.startsWith("mtls.sent:"));
  return {
    ...result,
    wrong: [
      ...wrongIn(row, result),
      ...wrongInHistory(row, result, remembered.records),
      ...onPages,
      ...impossible,
      ...(secrets.length > 0 ? ["what was sent stays where secrets are kept"] : []),
    ],
  };
}

/** The entry of the change, which is the only one that is no undo. */
function changeIn(records: TestFolder): HistoryEntry | undefined {
  return historyIn(records).find(({ deed }) => deed !== "undo");
}

/** By what the account has in truth. */
function wrongInHistory(
  { fault, onReads }: Row,
  { account, undo, history }: Omit<Result, "wrong">,
  records: TestFolder,
): readonly string[] {
  const end = history === undefined ? "not there" : (history.end?.kind ?? "under way");
  const isDeleted = onReads !== undefined && fault.includes("deleted");
  const truths: Readonly<Record<Result["account"], readonly string[]>> = {
    "as before": ["not there"],
    changed: ["done"],
    "partly changed": ["partly", "overtaken"],
    // Who saw that AWS refused it knows that it is not there.
    "changed by another update": ["not there", "overtaken"],
  };
  const wrong: string[] = [];
  if (!truths[account].includes(end) && !(isDeleted && end === "deleted"))
    wrong.push(`in the history it is ${end}, and the account is ${account}`);
  const [undone, ...others] = historyIn(records).filter(({ deed }) => deed === "undo");
  if (others.length > 0) wrong.push("it was undone once, and the history tells it more often");
  if (undo === "undone" && changeIn(records)?.undone === undefined) wrong.push("the history does not say it is undone");
  if (undo !== "undone" && changeIn(records)?.undone !== undefined) wrong.push("the history says it is undone");
  if (undo === "undone" && undone?.end?.kind !== "done") wrong.push("the history does not tell of the undo");
  if (account === "changed" && (undo === "undone") !== (history?.obstacle === undefined) && !isDeleted)
    wrong.push(`the history says ${history?.obstacle ?? "nothing"} of the undo, which is ${undo}`);
  const texts = [...records.kept].filter(([name]) => name.startsWith("history.")).join();
  if (secretHeaderValues.some((secret) => texts.includes(secret))) wrong.push("the history has a secret");
  return wrong;
}

export async function prepared(window: Window, change: Change): Promise<() => Promise<void>> {
  const { ui, live } = window;
  ui.decide("apply");
  if (change === "settings") {
    ui.distribution = id;
    ui.origins = ["catalog"];
    ui.certificates = [certificates.spare];
    return () => live.change("enable", { kind: "distribution", id });
  }
  await window.session.connect();
  const draft = await window.draft(id);
  const text = draft.text.replace('"HttpVersion": "http2"', '"HttpVersion": "http3"');
  return () => draft.apply(text);
}

/** Kills the window that it watches as soon as it comes to the phase. */
function watchFor(phase: Phase): { readonly watch: Watch; readonly killed: Promise<"killed"> } {
  let report: (killed: "killed") => void = () => {};
  const killed = new Promise<"killed">((resolve) => (report = resolve));
  let put: "not sent" | "sent" | "taken" | "in doubt" = "not sent";
  let isDeployed = false;
  const comesTo = (call: string, answer: unknown): boolean => {
    const isAsked = answer === undefined;
    switch (phase) {
      case "before it is sent":
        return call === "putDistributionConfig" && isAsked;
      case "sent, not yet taken":
        return false;
      case "taken, answer not read":
        return call === "putDistributionConfig" && !isAsked;
      case "looking up its fate":
        return call === "getDistributionConfig" && isAsked && put === "in doubt" && !isDeployed;
      case "waiting":
        return call === "getDistribution" && isAsked && (put === "taken" || put === "in doubt");
      case "reading back":
        return call === "getDistributionConfig" && !isAsked && isDeployed;
    }
  };
  const watch: Watch = (call, answer, kill) => {
    if (comesTo(call, answer)) {
      kill();
      report("killed");
    }
    if (call === "putDistributionConfig")
      put = answer === undefined ? "sent" : !isFailure(answer) ? "taken" : isInDoubt(answer) ? "in doubt" : "sent";
    if (call === "getDistribution" && isState(answer) && answer.status === "Deployed" && put !== "not sent")
      isDeployed = true;
  };
  return { watch, killed };
}

function isInDoubt({ mayHaveApplied }: Failure): boolean {
  return mayHaveApplied === true;
}

function isState(answer: unknown): answer is DistributionState {
  return typeof answer === "object" && answer !== null && "status" in answer;
}

async function undone(
  window: Window,
  change: Change,
  account: Result["account"],
  xml: () => Promise<string>,
): Promise<Result["undo"]> {
  const { ui } = window;
  const before = ui.said.length;
  ui.decide("apply");
  await window.live.undo(id);
  const said = ui.said.slice(before).map(({ message }) => message);
  if (account !== "as before" && isUndone[change](await xml()) && said.some((text) => /is deployed/.test(text)))
    return "undone";
  if (said.some((text) => /no changes to undo/.test(text))) return "nothing to undo";
  return said.length > 0 ? "refused, and said why" : "not undone, and nothing said";
}

/** By what the account has in truth, whatever the engine thinks. */
function wrongIn(
  { fault, onReads }: Row,
  { isReached, account, said, saidBefore, undo }: Omit<Result, "wrong">,
): readonly string[] {
  const says = (words: RegExp) => words.test(said);
  const isDone = says(
    /is deployed, and CloudFront now has a client certificate|is deployed with the configuration of the draft/,
  );
  const isNot = says(/was not applied|does not have all of this change/);
  const isLost = says(/did not keep|parts of your change are missing/);
  const isDeleted = onReads !== undefined && fault.includes("deleted");
  const wrong: string[] = [];
  // What the first window told, nobody need tell again.
  const isTold = !isReached && saidBefore !== "";
  if (said === "" && !isTold) wrong.push("the next window says nothing");
  if (isReached && said === "") wrong.push("it is killed, and nobody says what became of the change");
  if (account === "changed") {
    if (isNot) wrong.push("it is told not to be applied, and is");
    if (isReached && !isDone && !isDeleted) wrong.push("nobody tells that it was applied");
    if (isReached && !isDeleted && undo !== "undone" && fault !== "added to") wrong.push("it cannot be undone");
  } else {
    if (isDone) wrong.push("it is told to be applied, and is not");
    if (account === "partly changed" && says(/does not have this change/)) wrong.push("a part of it is there");
    if (account === "partly changed" && says(/[Aa]nother update (?:has )?changed it(?!,)/))
      wrong.push("somebody else is told to have changed it");
    if (account === "partly changed" && isReached && !isLost && !isNot) wrong.push("what is lost is not told");
    if (account !== "partly changed" && isReached && !isNot && !isDeleted)
      wrong.push("nobody tells that it was not applied");
  }
  if (/undefined|\[object|\{\d\}/.test(said)) wrong.push("a text is not whole");
  if (undo === "not undone, and nothing said") wrong.push("nothing is said of the undo");
  return wrong;
}
