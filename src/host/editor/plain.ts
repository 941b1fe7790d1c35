// Texts that are not ours as text: names out of files and accounts, what AWS answers. Wherever the editor makes more of
// a text than its characters, it goes through here (test/architecture.test.ts).

/**
 * Controls, line ends, and what turns the line or cannot be seen. Joiners stay, which scripts and emoji need, and what
 * is put in below.
 */
const moving =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|(?<![\]$])\u200b|\u200b(?!\()/gu;

/** Nothing in it moves or hides what stands beside it: for labels of rows, and findings. */
export function steady(text: string): string {
  return text.replace(moving, " ");
}

/**
 * In messages, and below input boxes, the editor makes `[text](command:…)` a link that runs a command. A character that
 * takes no room between the brackets ends that.
 */
export function plain(text: string): string {
  return steady(text).replaceAll("](", "]\u200b(");
}

/** In items of picks, in the status bar and in code lenses it makes icons of `$(name)`, too. */
export function iconless(text: string): string {
  return plain(text).replaceAll("$(", "$\u200b(");
}
