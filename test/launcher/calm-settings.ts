/**
 * Settings that keep a fresh profile quiet: no welcome, no chat, no prompts, nothing that looks for updates. In the
 * words of the VS Code that is tested: it would write what is spelled in older ones anew, in the middle of a test.
 */
export const calmSettings: Readonly<Record<string, unknown>> = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.enableExperiments": false,
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  // As in the desktop; the default in a browser is to save after a second.
  "files.autoSave": "off",
  "remote.autoForwardPorts": false,
  // The throw-away copy lies inside this repository, which is not the sample's.
  "git.enabled": false,
};
