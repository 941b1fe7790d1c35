import { type ChildProcess, execFile, spawn } from "node:child_process";
import * as l10n from "@vscode/l10n";
import { FailureError } from "./asked.ts";
import { expiredFailure } from "./failure-of.ts";
import { type CredentialTools, type Found, type Keys, signedOut } from "./found-credentials.ts";

/** In seconds. Long enough for somebody to sign in on a page that the command opens. */
const longest = 120;
/** So long programs that are ended may take to be gone, in milliseconds. */
const endingTakes = 2_000;
/** As much as the SDK's provider takes. */
const mostOutput = 1024 * 1024;

/**
 * What a profile's command writes (AWS SDKs and Tools Reference Guide, "Process credential provider"). The provider of
 * the SDK waits for it for ever, and cannot be told to end it.
 */
export async function ofProcess(
  name: string,
  command: string,
  { signal, onProcessEnded }: CredentialTools,
): Promise<Found> {
  const cancelled = new FailureError({ failure: "cancelled", message: l10n.t("Canceled.") });
  if (signal.aborted) throw cancelled;
  const output = await outputOf(command, signal);
  switch (output.kind) {
    case "cancelled":
      onProcessEnded?.(
        output.isAllEnded
          ? l10n.t('The credential_process of the profile "{0}" was ended.', name)
          : l10n.t(
              'The credential_process of the profile "{0}" could not be ended entirely. It, or a program that it started, might still be running.',
              name,
            ),
      );
      throw cancelled;
    case "hung":
      if (!output.isAllEnded)
        throw signedOut(
          l10n.t(
            'The credential_process of the profile "{0}" did not finish within {1} seconds, and could not be ended entirely. It, or a program that it started, might still be running. To see what it does, run its command in a terminal, then try again.',
            name,
            longest,
          ),
        );
      throw signedOut(
        l10n.t(
          'The credential_process of the profile "{0}" did not finish within {1} seconds, so it was ended. It might be waiting for input. To see what it does, run its command in a terminal, then try again.',
          name,
          longest,
        ),
      );
    case "failed":
      throw signedOut(
        l10n.t('The credential_process of the profile "{0}" failed. To see why, run its command in a terminal.', name),
      );
    case "text":
      break;
  }
  const keys = keysIn(output.text);
  if (keys === undefined)
    throw signedOut(
      l10n.t(
        'The credential_process of the profile "{0}" does not return credentials in the format that AWS requires. To see its output, run its command in a terminal.',
        name,
      ),
    );
  if (keys.expiration !== undefined && keys.expiration.getTime() < Date.now())
    throw new FailureError(expiredFailure({ kind: "process", profile: name }));
  return { keys, source: { kind: "process", profile: name } };
}

type Output =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "failed" }
  /** `isAllEnded`: nothing that it started still writes for it. */
  | { readonly kind: "cancelled" | "hung"; readonly isAllEnded: boolean };

async function outputOf(command: string, signal: AbortSignal): Promise<Output> {
  // In a group of its own, by which all that it starts is ended with it.
  const child = spawn(command, {
    shell: true,
    detached: process.platform !== "win32",
    windowsHide: true,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const parts: Buffer[] = [];
  let length = 0;
  let [stop, timer]: [() => void, NodeJS.Timeout | undefined] = [() => {}, undefined];
  const stopped = new Promise<"cancelled" | "hung" | "too long">((resolve) => {
    stop = () => resolve("cancelled");
    timer = setTimeout(() => resolve("hung"), longest * 1000);
    child.stdout.on("data", (part: Buffer) => {
      parts.push(part);
      length += part.length;
      if (length > mostOutput) resolve("too long");
    });
  });
  signal.addEventListener("abort", stop, { once: true });
  const endGroup = () => kill(groupOf(child));
  process.once("exit", endGroup);
  const closed = new Promise<{ readonly code: number | null }>((resolve) => {
    child.once("error", () => resolve({ code: null }));
    // Not when it exits: what it left behind may still write, and is ended with it where that takes too long.
    child.once("close", (code) => resolve({ code }));
  });
  try {
    const end = await Promise.race([closed, stopped]);
    if (typeof end === "object")
      return end.code === 0 ? { kind: "text", text: Buffer.concat(parts).toString("utf8") } : { kind: "failed" };
    await endTree(child);
    if (end === "too long") return { kind: "text", text: "" };
    return { kind: end, isAllEnded: await isSoon(closed) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    process.removeListener("exit", endGroup);
    child.stdout.destroy();
  }
}

async function isSoon(closed: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), endingTakes)));
  try {
    return await Promise.race([closed.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function endTree(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === "win32") {
    spawn("taskkill", ["/pid", String(pid), "/t", "/f"], { stdio: "ignore", windowsHide: true }).on("error", () => {});
    return;
  }
  // Those who left the group are found by who started them, as long as that one runs: later its id may be another's.
  const isRunning = child.exitCode === null && child.signalCode === null;
  const all = isRunning ? await startedBy(pid) : [];
  for (const one of [...all, groupOf(child)]) kill(one);
}

function groupOf({ pid }: ChildProcess): number | undefined {
  return pid === undefined || process.platform === "win32" ? pid : -pid;
}

function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}

/** All that a process started, and what these started; none where the system does not tell. */
async function startedBy(first: number): Promise<readonly number[]> {
  const listed = await new Promise<string>((resolve) => {
    execFile("ps", ["-A", "-o", "pid=,ppid="], { timeout: endingTakes }, (_, text) => resolve(text));
  });
  const pairs = listed.split("\n").map((line) => line.trim().split(/ +/).map(Number));
  const found = new Set([first]);
  // What is added meanwhile is looked at, too.
  for (const parent of found) for (const [pid, of] of pairs) if (pid !== undefined && of === parent) found.add(pid);
  return [...found];
}

/** `undefined`: not in the format. */
function keysIn(text: string): Keys | undefined {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof said !== "object" || said === null) return undefined;
  const member = (name: string): unknown => Reflect.get(said, name);
  const [accessKeyId, secretAccessKey] = [member("AccessKeyId"), member("SecretAccessKey")];
  const [sessionToken, expires] = [member("SessionToken"), member("Expiration")];
  if (member("Version") !== 1 || typeof accessKeyId !== "string" || typeof secretAccessKey !== "string")
    return undefined;
  const expiration = typeof expires === "string" && expires !== "" ? new Date(expires) : undefined;
  if (expiration !== undefined && Number.isNaN(expiration.getTime())) return undefined;
  return {
    accessKeyId,
    secretAccessKey,
    ...(typeof sessionToken === "string" && sessionToken !== "" ? { sessionToken } : {}),
    ...(expiration === undefined ? {} : { expiration }),
  };
}
