import { join } from "node:path";

export const projectFolder = join(import.meta.dirname, "../..");
/** Everything that is downloaded or thrown away lives here; git ignores it. */
export const cacheFolder = join(projectFolder, ".vscode-test");
/** Of what Node has compiled before: half of what a short test file costs. */
export const compileCacheFolder = join(cacheFolder, "compile-cache");
export const screenshotsFolder = join(cacheFolder, "screenshots");
export const sampleFolder = join(projectFolder, "test/workspace");
export const hostTestsFolder = join(projectFolder, "test/host");
export const uiTestsFolder = join(projectFolder, "test/ui");
