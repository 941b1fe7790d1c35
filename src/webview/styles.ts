/**
 * The page's own style: the theme's colours by VS Code's names, with those of its default themes where one is missing.
 */
export const styles = `
:root {
  --text: var(--vscode-foreground, #3b3b3b);
  --strong: var(--vscode-settings-headerForeground, var(--text));
  --quiet: var(--vscode-descriptionForeground, #616161);
  --page: var(--vscode-editor-background, #ffffff);
  --border: var(--vscode-panel-border, rgba(128, 128, 128, 0.35));
  --raised: var(--vscode-textBlockQuote-background, transparent);
  --hover: var(--vscode-list-hoverBackground, rgba(128, 128, 128, 0.1));
  --focus: var(--vscode-focusBorder, #005fb8);
  --link: var(--vscode-textLink-foreground, #005fb8);
  --ok: var(--vscode-charts-green, #388a34);
  --info: var(--vscode-problemsInfoIcon-foreground, #0063d3);
  --warning: var(--vscode-problemsWarningIcon-foreground, #bf8803);
  --error: var(--vscode-problemsErrorIcon-foreground, #e51400);
  --code: var(--vscode-editor-font-family, ui-monospace, Menlo, Consolas, monospace);
  --edge: 24px;
  scroll-padding: 64px 0 24px;
  scrollbar-color: var(--vscode-scrollbarSlider-background, auto) transparent;
}

body {
  background: var(--page);
  color: var(--text);
  font: var(--vscode-font-weight, normal) var(--vscode-font-size, 13px) / 1.5em
    var(--vscode-font-family, system-ui, sans-serif);
  margin: 0;
  overflow-wrap: anywhere;
  padding: 0;
}

main { margin: 0 auto; max-width: 1080px; padding: 0 var(--edge) 64px; container-type: inline-size; }
h1, h2, h3, h4, p, ul, ol, dl, dd { font-size: inherit; font-weight: inherit; margin: 0; padding: 0; }
h1, h2, h3, h4, .answer, .severity { color: var(--strong); font-weight: 600; }
ul, ol { list-style: none; }
[hidden] { display: none !important; }

button {
  background: none;
  border: 0;
  border-radius: 4px;
  color: inherit;
  cursor: pointer;
  font: inherit;
  margin: 0;
  padding: 0;
  text-align: start;
}
a:focus-visible, button:focus-visible { outline: 1px solid var(--focus); outline-offset: 1px; }
.link { color: var(--link); }
.link:hover { text-decoration: underline; }
.link .icon { height: 12px; margin-inline-start: 4px; width: 12px; }
.icon {
  fill: none;
  flex: none;
  height: 16px;
  stroke: currentColor;
  stroke-linecap: round;
  stroke-linejoin: round;
  stroke-width: 1.25;
  vertical-align: -3px;
  width: 16px;
}
.code { font-family: var(--code); font-size: 0.92em; }
.count { color: var(--quiet); font-weight: normal; margin-inline-start: 4px; }
/* What strangers wrote stays where it is put, whichever way it is written and however high its accents pile up. */
.value, .titles, .badge, .name, .message, h1, h4 { overflow: clip; overflow-clip-margin: 4px; unicode-bidi: isolate; }
.unseen {
  border: 1px solid var(--border);
  border-radius: 3px;
  color: var(--quiet);
  font: 0.85em/1.2 var(--code);
  margin: 0 1px;
  padding: 0 2px;
  unicode-bidi: isolate;
  white-space: nowrap;
}
.left { color: var(--quiet); font-family: var(--vscode-font-family, system-ui, sans-serif); }
.said, .spoken {
  block-size: 1px;
  clip-path: inset(50%);
  inline-size: 1px;
  overflow: hidden;
  position: absolute;
  white-space: nowrap;
}

[data-tone="ok"] > .icon, [data-tone="ok"] > * > .answer > .icon { color: var(--ok); }
[data-tone="info"] > .icon { color: var(--info); }
[data-tone="warning"] > .icon { color: var(--warning); }
[data-tone="error"] > .icon, [data-tone="error"] > * > .answer > .icon { color: var(--error); }

.broken:empty { display: none; }
.broken {
  background: var(--page);
  border: 1px solid var(--error);
  border-radius: 6px;
  bottom: 12px;
  left: 12px;
  padding: 8px 12px;
  position: fixed;
  right: 12px;
  z-index: 2;
}

.top {
  align-items: center;
  display: flex;
  flex-wrap: wrap;
  gap: 8px 16px;
  justify-content: space-between;
  padding: 20px 0 8px;
}
.what { min-width: 0; }
.what p { color: var(--quiet); margin-top: 2px; }
.what span { display: inline-block; }
.top > [role="group"] { display: flex; flex-wrap: wrap; gap: 8px; }
h1 { font-size: 1.55em; line-height: 1.3; }

.note {
  border: 1px solid var(--border);
  border-radius: 6px;
  display: flex;
  gap: 10px;
  margin: 12px 0;
  padding: 12px 16px;
}
.note .icon { margin-top: 2px; }
.note > div { min-width: 0; }
.note ol { counter-reset: step; margin-top: 8px; }
.note li {
  background: var(--vscode-textCodeBlock-background, transparent);
  border: 1px solid var(--vscode-contrastBorder, transparent);
  border-radius: 4px;
  margin-top: 4px;
  padding: 4px 10px;
  white-space: pre-wrap;
}
.note li:not(:only-child)::before { color: var(--quiet); content: counter(step) ". "; counter-increment: step; }

.toolbar {
  align-items: center;
  background: var(--page);
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  margin: 0 -4px;
  padding: 8px 4px;
  position: sticky;
  top: 0;
  z-index: 1;
}
.toolbar search { flex: 1 1 260px; min-width: 0; }
.toolbar vscode-textfield { width: 100%; }
.in-field { align-items: center; color: var(--quiet); display: flex; gap: 4px; }
.in-field > .icon { margin: 0 2px; }
.shown { max-width: 40vw; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
kbd {
  background: none;
  border: 1px solid var(--border);
  border-radius: 3px;
  box-shadow: none;
  color: inherit;
  font: 0.85em/1.4 var(--code);
  margin-inline-end: 4px;
  padding: 0 5px;
}
.small {
  align-items: center;
  border-radius: 5px;
  display: inline-flex;
  flex: none;
  height: 24px;
  justify-content: center;
  width: 24px;
}
.small:hover {
  background: var(--vscode-toolbar-hoverBackground, transparent);
  outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
  outline-offset: -1px;
}
.small:focus-visible { outline: 1px solid var(--focus); outline-offset: -1px; }

.chains { margin: 12px 0 20px; }
.chains h2 { margin-bottom: 8px; }
.chain { display: flex; flex-direction: column; margin-bottom: 8px; }
.chain + .chain, .telling + .chain { margin-top: 20px; }
.telling li { align-items: start; display: flex; gap: 8px; padding: 1px 0; }
.telling .icon { margin-top: 2px; }
.telling [data-state="broken"] .icon { color: var(--error); }
.chain > li { display: flex; flex-direction: column; min-width: 0; }
.node {
  border: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, var(--border)));
  border-radius: 6px;
  box-sizing: border-box;
  color: inherit;
  max-width: 480px;
  padding: 6px 12px 8px;
  text-decoration: none;
}
.node .role { color: var(--quiet); display: block; font-size: 0.9em; }
.node .name {
  color: var(--strong);
  display: -webkit-box;
  font-weight: 600;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 3;
  overflow: hidden;
}
a.node:hover { background: var(--hover); }
a.node:focus-visible { outline-offset: 0; }
.node.missing { border-color: var(--quiet); border-style: dashed; }
.node.missing .name { font-weight: normal; }
.issued {
  --line: var(--quiet);
  --style: solid;
  align-items: center;
  display: flex;
  gap: 10px;
  min-height: 44px;
  padding-inline-start: 18px;
}
.issued .words { font-size: 0.9em; line-height: 1.3; padding: 4px 0; }
.line {
  align-items: center;
  align-self: stretch;
  color: var(--line);
  display: flex;
  flex: none;
  flex-direction: column;
  gap: 2px;
}
.line::before, .line::after {
  border: 0 var(--style) var(--line);
  border-left-width: 1.5px;
  content: "";
  flex: 1 0 8px;
}
.tip {
  border: solid var(--line);
  border-width: 0 1.5px 1.5px 0;
  height: 5px;
  margin: -8px 0 3px;
  order: 1;
  rotate: 45deg;
  width: 5px;
}
.issued[data-state="valid"] .icon { color: var(--ok); }
.issued[data-state="broken"] { --line: var(--error); --style: dashed; }
.issued[data-state="broken"] .words { color: var(--strong); font-weight: 600; }
.issued:is([data-state="missing"], [data-state="unsupported"]) { --style: dashed; }
.issued[data-state="unchecked"] { --style: dotted; }
/* Short chains lie where there is room. */
@container (min-width: 681px) {
  .chain:not(.long), .chain:not(.long) > li { flex-direction: row; }
  .chain:not(.long) > li { flex: 0 1 auto; }
  .chain:not(.long) .node { flex: 0 1 auto; max-width: 280px; min-width: 110px; }
  .chain:not(.long) .issued {
    align-self: center;
    flex: 0 0 148px;
    flex-direction: column;
    gap: 0;
    padding: 0 6px;
    text-align: center;
  }
  .chain:not(.long) .line { flex-direction: row; }
  .chain:not(.long) .line::before, .chain:not(.long) .line::after { border-left-width: 0; border-top-width: 1.5px; }
  .chain:not(.long) .tip { margin: 0 3px 0 -8px; rotate: -45deg; }
}

.acceptance { margin: 8px 0 24px; }
.acceptance .at { color: var(--quiet); margin: 0 0 12px; }
.answers { display: grid; gap: 10px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); }
.answers .verdict { margin: 0; }
.answers h3 { align-items: baseline; display: flex; flex-wrap: wrap; gap: 4px 10px; margin: 0; }
.answers .answer { font-weight: normal; margin: 0; }
.verdict ul.reasons { display: block; list-style: disc; margin: 8px 0 0; padding-inline-start: 18px; }
.verdict .reasons li { display: list-item; padding: 2px 0; }

.cards { border: 1px solid var(--vscode-contrastBorder, var(--border)); border-radius: 6px; margin-top: 4px; }
.card + .card { border-top: 1px solid var(--vscode-contrastBorder, var(--border)); }
.head {
  align-items: center;
  column-gap: 8px;
  display: flex;
  flex-wrap: wrap;
  padding: 8px 16px 8px 10px;
  position: relative;
  row-gap: 4px;
}
.head:hover { background: var(--hover); }
.head:has(.toggle:focus-visible) { outline: 1px solid var(--focus); outline-offset: -1px; }
.card:first-child .head { border-radius: 5px 5px 0 0; }
.chevron { color: var(--vscode-icon-foreground, inherit); display: flex; transition: rotate 0.1s; }
.head:has([aria-expanded="true"]) .chevron, .raw[aria-expanded="true"] .icon { rotate: 90deg; }
.titles { flex: 1 1 240px; min-width: 0; }
.titles h2 { line-height: 1.4; }
.titles p { color: var(--quiet); line-height: 1.4; }
.toggle { font-weight: 600; outline: none !important; }
.toggle::after { content: ""; inset: 0; position: absolute; }
.badges { display: flex; flex-wrap: wrap; gap: 4px 6px; margin-inline-start: 24px; }
.badge {
  align-items: center;
  border: 1px solid var(--vscode-contrastBorder, var(--border));
  border-radius: 11px;
  display: inline-flex;
  font-size: 0.9em;
  gap: 4px;
  line-height: 1.4;
  padding: 1px 9px;
}
.badge .icon { height: 13px; margin-inline-start: -3px; width: 13px; }
.nothing { color: var(--quiet); padding: 24px 0; text-align: center; }

.body { padding: 2px 16px 20px 34px; }
vscode-button { max-width: 100%; }
vscode-button::part(base) { white-space: normal; }
.buttons { display: flex; flex-wrap: wrap; gap: 6px; margin-bottom: 14px; }
.buttons:not(:has(*)) { display: none; }
.body h3 { margin: 20px 0 6px; }
.body > dl { margin-top: 16px; }
.problems, .verdict ul { column-gap: 8px; display: grid; grid-template-columns: 16px fit-content(40%) minmax(0, 1fr); }
.problems li, .verdict li { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; padding: 1px 0; }
.problems .icon, .fault .icon { margin-top: 2px; }
.problems .link .icon { margin-top: 0; }

.verdict {
  background: var(--raised);
  border: 1px solid var(--vscode-contrastBorder, transparent);
  border-radius: 6px;
  margin: 16px 0;
  padding: 10px 14px 12px;
}
.body .verdict h3 { margin: 0 0 6px; }
.answer { display: inline-block; margin-inline-start: 6px; }
.answer .icon { margin-inline-end: 4px; }
.verdict li .icon { margin-top: 2px; }
.holds { color: var(--quiet); }
[data-tone="error"] > .holds { color: var(--strong); font-weight: 600; }

.field { column-gap: 16px; display: grid; grid-template-columns: 160px minmax(0, 1fr); }
dt { color: var(--quiet); padding: 2px 0; }
dd, .hex { align-items: start; display: flex; gap: 4px; min-width: 0; }
.value { min-width: 0; padding: 2px 0; white-space: pre-wrap; }
.copy { color: var(--vscode-icon-foreground, inherit); opacity: 0; }
.copy .icon { height: 14px; width: 14px; }
.copy:not(.done) .after, .copy.done .before { display: none; }
:is(.field, .hex, .oid):hover .copy, .copy:focus-visible, .copy.done { opacity: 1; }
@media (hover: none) { .copy { opacity: 1; } }

.extensions > li { border-top: 1px solid var(--border); padding: 8px 0; }
.extension { align-items: center; column-gap: 10px; display: flex; flex-wrap: wrap; min-height: 24px; }
.extension h4 { min-width: 0; }
.critical {
  border: 1px solid var(--vscode-contrastBorder, var(--border));
  border-radius: 3px;
  font-size: 0.85em;
  line-height: 1.4;
  padding: 0 5px;
}
.oid { align-items: center; color: var(--quiet); display: inline-flex; gap: 2px; min-width: 0; }
.raw { color: var(--quiet); margin-inline-start: auto; padding: 1px 4px; }
.raw .icon { height: 12px; margin-inline-end: 2px; transition: rotate 0.1s; vertical-align: -2px; width: 12px; }
.raw:hover { color: var(--text); }
.hex {
  background: var(--vscode-textCodeBlock-background, transparent);
  border: 1px solid var(--vscode-contrastBorder, transparent);
  border-radius: 4px;
  margin: 4px 0;
  padding: 4px 10px;
}
.hex .value { flex: 1; }
.fault { display: flex; gap: 8px; padding: 2px 0; }

@container (max-width: 680px) {
  .field { grid-template-columns: 140px minmax(0, 1fr); }
  .badges { flex-basis: 100%; }
}
@container (max-width: 480px) {
  .toolbar search { flex-basis: 100%; }
  .field { display: block; padding-bottom: 4px; }
  dt, .value { padding: 0; }
  .body { padding: 2px 12px 16px; }
  .raw { margin-inline-start: 0; }
}
@media (max-width: 520px) {
  :root { --edge: 12px; scroll-padding-top: 96px; }
}
@media (prefers-reduced-motion: reduce) {
  * { transition: none !important; }
}
`;
