import * as l10n from "@vscode/l10n";
import type { EnteredMistake } from "../../probe/entered.ts";
import type { SaysOf } from "../../reason.ts";

/** What is said of what a user entered for a probe. */
export const entered: SaysOf<EnteredMistake> = {
  "probe:bad-server": ({ text }) =>
    l10n.t(
      "“{0}” is not the address of a server. Give a host name (other scripts as xn--…) or an IP address, such as {1}.",
      text,
      "example.com:443",
    ),
  "probe:bad-port": ({ text }) => l10n.t("“{0}” has no port between 1 and 65535.", text),
  "probe:bad-path": ({ text }) =>
    l10n.t("“{0}” is not a path. Start it with / and write spaces and other characters as in a URL (%20).", text),
  "probe:bad-host": ({ text }) => l10n.t("“{0}” is not a host name for the Host header.", text),
  "probe:bad-name": ({ text }) =>
    l10n.t(
      "“{0}” is not a server name. Give a host name, such as {1}. Write other characters than a to z as DNS has them (xn--).",
      text,
      "example.com",
    ),
  "probe:bad-header": ({ name }) =>
    name === ""
      ? l10n.t("One of the headers cannot be sent. Give it as {0}.", "Name: value")
      : l10n.t("The header “{0}” cannot be sent. Give it as {1}.", name, "Name: value"),
  "probe:own-header": ({ name }) => l10n.t("The header “{0}” is set by the check itself.", name),
};
