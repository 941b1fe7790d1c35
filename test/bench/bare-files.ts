// What reading files and parsing them costs by itself, in as many threads as the command line has.
import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { parseTree } from "jsonc-parser";
import { parseDocument } from "yaml";

/** Reads and parses all files, each by the parser of its language that tells where everything stands. */
export async function parseBare(files: readonly string[], threads: number): Promise<void> {
  const shares = Array.from({ length: threads }, (_, thread) => files.filter((_, place) => place % threads === thread));
  await Promise.all(
    shares.map(
      (share) =>
        new Promise<void>((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url), { workerData: share });
          worker.on("message", () => resolve());
          worker.on("error", reject);
        }),
    ),
  );
}

function parse(file: string, text: string): unknown {
  if (file.endsWith(".json")) return parseTree(text);
  if (file.endsWith(".yaml")) return parseDocument(text, { logLevel: "silent" });
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block).subject);
}

if (!isMainThread) {
  const files: readonly string[] = workerData;
  for (const file of files) parse(file, await readFile(file, "utf8"));
  parentPort?.postMessage("done");
}
