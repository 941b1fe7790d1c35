import { type ChildProcess, spawn } from "node:child_process";
import * as l10n from "@vscode/l10n";
import { FailureError } from "./asked.ts";
import { expiredFailure } from "./failure-of.ts";
import { type CredentialTools, type Found, type Keys, signedOut } from "./found-credentials.ts";

/** In seconds. Long enough for somebody to sign in on a page that the command opens. */
const longest = 120;
/** As much as the SDK's provider takes. */
const mostOutput = 1024 * 1024;

/**
 * What a profile's command writes (AWS SDKs and Tools Reference Guide, "Process credential provider"). The provider of
 * the SDK waits for it for ever, and cannot be told to end it.
 */
export async function ofProcess(name: string, command: string, { signal }: CredentialTools): Promise<Found> {
  const output = await outputOf(command, signal);
  switch (output.kind) {
    case "cancelled":
      throw new FailureError({ failure: "cancelled", message: l10n.t("Canceled.") });
    case "hung":
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

type Output = { readonly kind: "text"; readonly text: string } | { readonly kind: "cancelled" | "hung" | "failed" };

function outputOf(command: string, signal: AbortSignal): Promise<Output> {
  if (signal.aborted) return Promise.resolve({ kind: "cancelled" });
  return new Promise((resolve) => {
    // In a group of its own, by which all that it starts is ended with it.
    const child = spawn(command, {
      shell: true,
      detached: process.platform !== "win32",
      windowsHide: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
    const parts: Buffer[] = [];
    let length = 0;
    const end = (output: Output, isOver = false) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
      process.removeListener("exit", kill);
      if (!isOver) kill();
      child.stdout.destroy();
      resolve(output);
    };
    const kill = () => killTree(child);
    const cancel = () => end({ kind: "cancelled" });
    const timer = setTimeout(() => end({ kind: "hung" }), longest * 1000);
    signal.addEventListener("abort", cancel, { once: true });
    process.once("exit", kill);
    child.stdout.on("data", (part: Buffer) => {
      parts.push(part);
      length += part.length;
      if (length > mostOutput) end({ kind: "text", text: "" });
    });
    child.once("error", () => end({ kind: "failed" }, true));
    // Not when it exits: what it left behind may still write, and is ended with it where that takes too long.
    child.once("close", (code) =>
      end(code === 0 ? { kind: "text", text: Buffer.concat(parts).toString("utf8") } : { kind: "failed" }, true),
    );
  });
}

function killTree({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === "win32") {
    spawn("taskkill", ["/pid", String(pid), "/t", "/f"], { stdio: "ignore", windowsHide: true }).on("error", () => {});
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
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
