import { selection } from "./selection.ts";

/** The blocks whose label is not CERTIFICATE. Private keys are a finding of their own, and so are labels at odds. */
export const foreignBlocks = selection(
  ({ block }) =>
    block.label !== "CERTIFICATE" &&
    block.kind !== "private-key" &&
    !block.placeholder &&
    !block.damage.some(({ kind }) => kind === "label-mismatch"),
);
