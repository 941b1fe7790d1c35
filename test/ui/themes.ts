// The colours of VS Code's default themes (1.105 and later), as it hands them to a page: those that this page uses.
export type Theme = "light" | "dark" | "high contrast" | "high contrast light";

export const themes: readonly Theme[] = ["light", "dark", "high contrast", "high contrast light"];

/** By name, in the order of the themes; `undefined` where the theme has none. */
const colours: Readonly<Record<string, readonly (string | undefined)[]>> = {
  "button-background": ["#005fb8", "#0078d4", "#000000", "#0f4a85"],
  "button-border": ["rgba(0, 0, 0, 0.1)", "rgba(255, 255, 255, 0.1)", "#6fc3df", "#0f4a85"],
  "button-foreground": ["#ffffff", "#ffffff", "#ffffff", "#ffffff"],
  "button-hoverBackground": ["#0258a8", "#026ec1", "#000000", "#0f4a85"],
  "button-secondaryBackground": ["#e5e5e5", "rgba(0, 0, 0, 0)", undefined, "#ffffff"],
  "button-secondaryForeground": ["#3b3b3b", "#cccccc", "#ffffff", "#292929"],
  "button-secondaryHoverBackground": ["#cccccc", "#2b2b2b", undefined, undefined],
  "button-separator": [
    "rgba(255, 255, 255, 0.4)",
    "rgba(255, 255, 255, 0.4)",
    "rgba(255, 255, 255, 0.4)",
    "rgba(255, 255, 255, 0.4)",
  ],
  "charts-green": ["#388a34", "#89d185", "#89d185", "#374e06"],
  contrastActiveBorder: [undefined, undefined, "#f38518", "#006bbd"],
  contrastBorder: [undefined, undefined, "#6fc3df", "#0f4a85"],
  descriptionForeground: ["#3b3b3b", "#9d9d9d", "rgba(255, 255, 255, 0.7)", "rgba(41, 41, 41, 0.7)"],
  "diffEditor-insertedLineBackground": ["rgba(155, 185, 85, 0.2)", "rgba(155, 185, 85, 0.2)", undefined, undefined],
  "diffEditor-removedLineBackground": ["rgba(255, 0, 0, 0.2)", "rgba(255, 0, 0, 0.2)", undefined, undefined],
  "editor-background": ["#ffffff", "#1f1f1f", "#000000", "#ffffff"],
  focusBorder: ["#005fb8", "#0078d4", "#f38518", "#006bbd"],
  foreground: ["#3b3b3b", "#cccccc", "#ffffff", "#292929"],
  "icon-foreground": ["#3b3b3b", "#cccccc", "#ffffff", "#292929"],
  "input-placeholderForeground": ["#767676", "#989898", "rgba(255, 255, 255, 0.7)", "rgba(41, 41, 41, 0.7)"],
  "inputValidation-errorBackground": ["#f2dede", "#5a1d1d", "#000000", "#ffffff"],
  "inputValidation-errorBorder": ["#be1100", "#be1100", "#6fc3df", "#0f4a85"],
  "list-hoverBackground": ["#f2f2f2", "#2a2d2e", "rgba(255, 255, 255, 0.1)", "rgba(15, 74, 133, 0.1)"],
  "panel-border": ["#e5e5e5", "#2b2b2b", "#6fc3df", "#0f4a85"],
  "problemsErrorIcon-foreground": ["#e51400", "#f14c4c", "#f48771", "#b5200d"],
  "problemsInfoIcon-foreground": ["#0063d3", "#59a4f9", "#59a4f9", "#0063d3"],
  "problemsWarningIcon-foreground": ["#bf8803", "#cca700", "#ffd370", "#895503"],
  "scrollbarSlider-background": [
    "rgba(100, 100, 100, 0.4)",
    "rgba(121, 121, 121, 0.4)",
    "rgba(111, 195, 223, 0.6)",
    "rgba(15, 74, 133, 0.4)",
  ],
  "settings-headerForeground": ["#1f1f1f", "#ffffff", "#ffffff", "#292929"],
  "settings-textInputBackground": ["#ffffff", "#313131", "#000000", "#ffffff"],
  "settings-textInputBorder": ["#cecece", "#3c3c3c", "#6fc3df", "#0f4a85"],
  "settings-textInputForeground": ["#3b3b3b", "#cccccc", "#ffffff", "#292929"],
  "textBlockQuote-background": ["#f8f8f8", "#2b2b2b", undefined, "#f2f2f2"],
  "textCodeBlock-background": ["#f8f8f8", "#2b2b2b", "#000000", "#f2f2f2"],
  "textLink-foreground": ["#005fb8", "#4daafc", "#21a6ff", "#0f4a85"],
  "toolbar-hoverBackground": ["rgba(184, 184, 184, 0.31)", "rgba(90, 93, 94, 0.31)", undefined, undefined],
  "widget-border": ["#e5e5e5", "#313131", "#6fc3df", "#0f4a85"],
};

const fonts: Readonly<Record<string, string>> = {
  "font-family": "system-ui, Ubuntu, 'Droid Sans', sans-serif",
  "font-size": "13px",
  "font-weight": "normal",
  "editor-font-family": "'Droid Sans Mono', monospace",
};

/** The names that this page may use, without `--vscode-`. */
export const variableNames: readonly string[] = [...Object.keys(colours), ...Object.keys(fonts)];

export function variables(theme: Theme): readonly (readonly [string, string])[] {
  const own = Object.entries(colours).flatMap(([name, values]): (readonly [string, string])[] => {
    const value = values[themes.indexOf(theme)];
    return value === undefined ? [] : [[name, value]];
  });
  return [...own, ...Object.entries(fonts)].map(([name, value]) => [`--vscode-${name}`, value]);
}
