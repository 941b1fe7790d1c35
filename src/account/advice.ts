// A line of advice, in the form in which the editor's picks draw it.

export interface AdviceParts {
  /** What kind of line it is; empty: it has no icon. */
  readonly icon: string;
  /** Its number, in an order that has to be kept. */
  readonly step: string | undefined;
  readonly text: string;
}

/** @param label as in `$(list-ordered) 1. Update the distribution` */
export function adviceParts(label: string): AdviceParts {
  const [, icon = "", step, text = label] = /^(?:\$\(([a-z-]{1,30})\) )?(?:(\d{1,3})\. )?([^]*)$/.exec(label) ?? [];
  return { icon, step, text };
}
