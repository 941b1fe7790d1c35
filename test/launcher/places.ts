import { join } from "node:path";

export const projectFolder = join(import.meta.dirname, "../..");
/** Everything that is downloaded or thrown away lives here; git ignores it. */
export const cacheFolder = join(projectFolder, ".vscode-test");
export const screenshotsFolder = join(cacheFolder, "screenshots");
export const sampleFolder = join(projectFolder, "test/workspace");
export const hostTestsFolder = join(projectFolder, "test/host");
export const uiTestsFolder = join(projectFolder, "test/ui");
