// What the tests of the inspector's page are written with.
import type { Inspection } from "../../src/core/messages/inspection/inspection.ts";
import { isToHost, type ToHost } from "../../src/webview/protocol.ts";
import { type PageAlone, type PageOptions, pageAloneTest } from "./page-alone.ts";

export interface Inspector extends PageAlone<ToHost> {
  /** Tells the page to show it, as the extension does. */
  show(inspection: Inspection, bundle?: Readonly<Record<string, string>>): Promise<void>;
}

export function pageTest(name: string, options: PageOptions, body: (inspector: Inspector) => Promise<void>): void {
  pageAloneTest({ name: "inspector", isAsked: isToHost }, name, options, (page) =>
    body({ ...page, show: (inspection, bundle) => page.tell({ kind: "show", inspection, bundle }) }),
  );
}
