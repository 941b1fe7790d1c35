// Test files, this process's arguments, one after the other: each is a suite, so that hooks that stand in a file are
// for its own tests, and is loaded when the one before has ended. node-tests.ts knows the suites by their order. Their
// name is a blank, because a filter looks for a part of it too.
import { after, describe } from "node:test";
import { pathToFileURL } from "node:url";
import { severalFiles } from "./at-the-end.ts";

const endAll = severalFiles();
for (const file of process.argv.slice(2))
  await new Promise<void>((resolve) => {
    describe(" ", async () => {
      after(() => resolve());
      await import(pathToFileURL(file).href);
    });
  });
await endAll();
