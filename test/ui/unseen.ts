// What one cannot see of the rows of a tree: states that are cut, and icons hardly other than their ground.
import type { Page } from "playwright-core";

/** Runs in the page. WCAG 2.2, 1.4.11: graphics that one needs have a contrast of 3 to 1. */
const look = `(() => {
  const channels = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = (colour) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, index) => {
      const part = (colour[index] ?? 0) / 255;
      return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    }, 0);
  const ground = (element) => {
    if (element === null) return [255, 255, 255];
    const own = channels(getComputedStyle(element).backgroundColor);
    return own.length < 3 || own[3] === 0 ? ground(element.parentElement) : own;
  };
  return [...document.querySelectorAll(".pane-body .monaco-list-row")].flatMap((row) => {
    const faults = [];
    const name = row.querySelector(".label-name")?.textContent ?? "";
    const container = row.querySelector(".monaco-icon-label-container");
    const said = row.querySelector(".label-description");
    const text = said && document.createTreeWalker(said, NodeFilter.SHOW_TEXT).nextNode();
    if (container !== null && text !== null) {
      const withExpiry = /^[^\u00b7]+ \u00b7 (?:expired|never|<?\\d+ \\S+(?= left))/.exec(text.data)?.[0];
      const lead = withExpiry ?? text.data.split(" \u00b7 ")[0].replace(/ origins$/, "");
      const range = document.createRange();
      range.setStart(text, 0);
      range.setEnd(text, lead.length);
      const ellipsis = container.scrollWidth > container.clientWidth ? 11 : 0;
      const over = range.getBoundingClientRect().right + ellipsis - container.getBoundingClientRect().right;
      if (over > 1) faults.push(name + ": " + lead + " is cut by " + Math.round(over) + " pixels");
    }
    const icon = row.querySelector(".custom-view-tree-node-item-icon");
    if (icon !== null) {
      const under = ground(row);
      const [r, g, b, alpha = 1] = channels(getComputedStyle(icon, "::before").color);
      const mixed = [r, g, b].map((part, index) => part * alpha + under[index] * (1 - alpha));
      const [dark, bright] = [light(under), light(mixed)].sort((one, other) => one - other);
      const contrast = (bright + 0.05) / (dark + 0.05);
      if (contrast < 3) faults.push(name + ": its icon has a contrast of " + contrast.toFixed(1));
    }
    return faults;
  });
})()`;

export function unseen(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(look);
}
