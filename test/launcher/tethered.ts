// Runs VS Code's server (its file and arguments are this process's arguments) until the process that started it
// ends, in whatever way: then its standard input closes, and the whole process group goes, extension hosts included.
import { pathToFileURL } from "node:url";

process.stdin.on("close", () => process.kill(0, "SIGKILL")).resume();
process.argv.splice(1, 1);
const [, entry] = process.argv;
if (entry === undefined) throw new Error("usage: node tethered.ts server-main.js …");
await import(pathToFileURL(entry).href);
