// npm run bench: everything that is measured, one after the other, each in a process of its own. Exits with 1 where
// anything missed a target or broke, behind the last of them.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const parts = ["run.ts", "activation.ts", "inspector.ts", "account.ts"];

const missed = parts.filter(
  (part) => spawnSync(process.execPath, [join(import.meta.dirname, part)], { stdio: "inherit" }).status !== 0,
);
console.log(
  missed.length === 0
    ? "✓ all targets are met"
    : `✗ not all targets are met: ${missed.map((part) => `test/bench/${part}`).join(", ")}`,
);
process.exitCode = missed.length === 0 ? 0 : 1;
