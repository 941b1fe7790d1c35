// npm run sandbox [-- --port N --world default|empty|large|denied --deploy-seconds N --rates --tls]: AWS as far as the
// extension needs it, on this machine, until Ctrl-C. With --tethered it ends with the process that started it, and says
// where it is as JSON.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { environmentOf } from "./environment.ts";
import type { WorldName } from "./world.ts";

/** Printed as the first line under `--tethered`. */
export interface Ready {
  readonly endpoint: string;
  readonly authorityFile: string | undefined;
}

const defaultPort = 4590;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: String(defaultPort) },
    world: { type: "string", default: "default" },
    "deploy-seconds": { type: "string", default: "20" },
    rates: { type: "boolean", default: false },
    tls: { type: "boolean", default: false },
    tethered: { type: "boolean", default: false },
  },
});

function stop(why: string): never {
  console.error(why);
  process.exit(1);
}

const worlds: readonly WorldName[] = ["default", "empty", "large", "denied"];
const world =
  worlds.find((name) => name === values.world) ??
  stop(`--world takes one of ${worlds.join(", ")}, not ${values.world}.`);
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65535)
  stop(`--port takes a number from 0 to 65535, not ${values.port}.`);
const deploySeconds = Number(values["deploy-seconds"]);
if (!(deploySeconds >= 0)) stop(`--deploy-seconds takes a number, not ${values["deploy-seconds"]}.`);

// The SDK takes its time to load: not before the arguments are known to be good.
const [{ serverIdentity }, { startServer }] = await Promise.all([import("./pki.ts"), import("./server.ts")]);
const tls = values.tls ? await serverIdentity(new Date()) : undefined;
let authorityFile: string | undefined;
if (tls !== undefined) {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  authorityFile = join(folder, "ca.pem");
  writeFileSync(authorityFile, tls.authority);
}

const server = await startServer({ port, world, deploySeconds, enforceRates: values.rates, tls }).catch(
  (error: unknown) =>
    stop(
      `Port ${port} cannot be used: choose another with \`npm run sandbox -- --port N\`. ${error instanceof Error ? error.message : error}`,
    ),
);
const end = (): void => void server.close().then(() => process.exit(0));

if (values.tethered) {
  const ready: Ready = { endpoint: server.endpoint, authorityFile };
  console.log(JSON.stringify(ready));
  // Ctrl-C reaches everybody at a terminal; whoever started this may still need it to end in order.
  process.on("SIGINT", () => {});
  for (const event of ["end", "close"]) process.stdin.on(event, end);
  process.stdin.resume();
} else {
  const variables = Object.entries(environmentOf(server.endpoint, authorityFile));
  console.log(`A local AWS is at ${server.endpoint} (ACM, CloudFront, STS; nothing of it is real). Ctrl-C ends it.`);
  console.log(`\nsh:\n${variables.map(([name, value]) => `export ${name}=${value}`).join("\n")}`);
  console.log(`\nPowerShell:\n${variables.map(([name, value]) => `$env:${name} = "${value}"`).join("\n")}`);
  console.log("\nThen, for instance: aws cloudfront list-distributions");
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
  // npm passes a signal on to no more than its shell, and none when it is killed: then this process gets another
  // parent.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && end(), 500).unref();
}
