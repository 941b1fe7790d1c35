/** What the page of a live change has beside the style of all pages. */
export const reviewStyles = `
main { max-width: 860px; }
h1:focus { outline: none; }
h2 { font-size: 1.1em; margin: 0 0 6px; }
section { margin: 20px 0; }
.status { align-items: start; display: flex; gap: 8px; margin-top: 6px !important; }
.status .icon { margin-top: 2px; }
.messages { margin: 8px 0; }
.messages .note { margin: 8px 0; }
.note p + p { margin-top: 6px; }
.note .buttons { margin: 10px 0 0; }
.said-by-aws { border-inline-start: 3px solid var(--border); margin: 8px 0; padding: 2px 0 2px 12px; }
.said-by-aws .label { color: var(--quiet); font-size: 0.92em; }
.sentence { font-size: 1.08em; margin-bottom: 10px; }
.quiet { color: var(--quiet); }
.facts .field { grid-template-columns: 150px minmax(0, 1fr); }

.steps ol { border: 1px solid var(--vscode-contrastBorder, var(--border)); border-radius: 6px; }
.steps li { align-items: start; display: flex; gap: 10px; padding: 8px 14px; }
.steps li + li { border-top: 1px solid var(--vscode-contrastBorder, var(--border)); }
.steps .icon { margin-top: 2px; }
.steps li > div { display: flex; flex-wrap: wrap; gap: 2px 12px; min-width: 0; }
.steps .name { color: var(--strong); font-weight: 600; }
.steps .text { color: var(--quiet); }
.trail { display: flex; flex-basis: 100%; flex-wrap: wrap; gap: 4px 6px; margin-top: 4px; }
.trail span {
  border-top: 3px solid var(--border);
  color: var(--quiet);
  flex: 1 1 90px;
  font-size: 0.9em;
  max-width: 180px;
  padding-top: 2px;
}
.trail [data-at="behind"] { border-color: var(--ok); }
.trail [data-at="now"] { border-color: var(--info); border-top-style: dashed; color: var(--text); }
.steps [data-state="next"] .name { font-weight: normal; }
.steps [data-state="next"] .icon { color: var(--quiet); }
:is(.steps, .status) :is([data-state="sending"], [data-state="deploying"], [data-state="reading"]) > .icon,
.status:is([data-phase="sending"], [data-phase="deploying"], [data-phase="reading"]) > .icon {
  animation: turn 2s linear infinite;
}
@keyframes turn { to { rotate: 360deg; } }

.changes { border: 1px solid var(--vscode-contrastBorder, var(--border)); border-radius: 6px; }
.changes > li { padding: 8px 14px; }
.changes > li + li { border-top: 1px solid var(--vscode-contrastBorder, var(--border)); }
.changes .path { color: var(--strong); font-weight: 600; }
.changes :is(.before, .after) { align-items: start; display: flex; gap: 8px; margin-top: 2px; padding: 0 8px; }
.changes .before { background: var(--vscode-diffEditor-removedLineBackground, transparent); }
.changes .after { background: var(--vscode-diffEditor-insertedLineBackground, transparent); }
.changes :is(.before, .after) { border: 1px dashed var(--vscode-contrastBorder, transparent); }
.changes .unseen { color: inherit; }
.changes .sign { font-family: var(--code); }
.meanwhile {
  border: 1px solid var(--border);
  border-radius: 6px;
  display: flex;
  gap: 10px;
  padding: 12px 16px;
}
.meanwhile > .icon { margin-top: 2px; }
.meanwhile > div { flex: 1; min-width: 0; }
.meanwhile h2 { margin: 0 0 4px; }
.meanwhile .changes { margin-top: 8px; }

.lines > li { align-items: start; display: flex; gap: 10px; padding: 3px 0; }
.lines .icon { margin-top: 2px; }
.lines .link .icon { margin-top: 0; }
.lines > li > div { min-width: 0; }
.numbered .bullet { display: none; }
.bullet { flex: none; height: 16px; position: relative; width: 16px; }
.bullet::after {
  background: var(--quiet);
  border-radius: 50%;
  content: "";
  height: 4px;
  left: 6px;
  position: absolute;
  top: 8px;
  width: 4px;
}
pre {
  background: var(--vscode-textCodeBlock-background, transparent);
  border: 1px solid var(--vscode-contrastBorder, transparent);
  border-radius: 4px;
  margin: 8px 0;
  max-height: 320px;
  overflow: auto;
  padding: 8px 12px;
  white-space: pre;
}
pre:focus-visible { outline: 1px solid var(--focus); }

.decision {
  background: var(--page);
  border-top: 1px solid var(--vscode-contrastBorder, var(--border));
  margin: 20px 0 0;
  padding: 12px 0;
}
/* Always in sight, where that leaves enough of the page. */
@media (min-height: 560px) { .decision { bottom: 0; position: sticky; z-index: 1; } main { padding-bottom: 0; } }
.decision .buttons { margin: 0; }
.confirm { align-items: start; cursor: pointer; display: flex; gap: 10px; margin-bottom: 10px; }
.confirm input {
  accent-color: var(--vscode-button-background, auto);
  flex: none;
  height: 16px;
  margin: 2px 0 0;
  width: 16px;
}
.confirm input:focus-visible { outline: 1px solid var(--focus); outline-offset: 1px; }
.confirm ul { list-style: disc; padding-inline-start: 18px; }
.confirm > span { max-height: 30vh; overflow: auto; }
@media (prefers-reduced-motion: reduce) { .icon { animation: none !important; } }
@media (max-width: 480px) {
  h1 { font-size: 1.2em; }
  .facts .field { display: block; }
  .messages .note, .meanwhile, .steps li, .changes > li { padding-inline: 8px; }
  .decision .buttons { gap: 6px; }
  .confirm > span { max-height: 16vh; }
}
`;
