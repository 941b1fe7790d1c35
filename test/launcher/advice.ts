const name = "Advice";

/** An error whose message is for the person at the terminal: what is wrong and what to do, in one sentence. */
export function advice(sentence: string, cause?: unknown): Error {
  const error = new Error(sentence, { cause });
  error.name = name;
  return error;
}

/** What to print for an error that ends the program: a sentence where one is known, else the stack. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === name) return error.message;
  return sentenceFor(codeOf(error), error.message) ?? error.stack ?? error.message;
}

/** The sentence for the codes that the system and npm use for what a person can do something about. */
export function sentenceFor(code: string | undefined, subject: string): string | undefined {
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return "The disk is full: VS Code and the browser for the tests need about 1.5 GB here; free some space and run the same command again.";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `A file or folder may not be written (${subject}): give yourself the right to write in this folder and run the same command again.`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "ECONNREFUSED":
    case "ECONNRESET":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "ETIMEDOUT":
    case "ERR_SOCKET_TIMEOUT":
      return `The npm registry cannot be reached (${code}): check the network and what \`npm config get registry\` and \`npm config get proxy\` print, then run the same command again.`;
    case "E404":
    case "ETARGET":
      return `The npm registry has no ${subject} (${code}): it may be a mirror that lacks it; look at \`npm config get registry\`, then run the same command again.`;
    case "E401":
    case "E403":
      return `The npm registry refuses ${subject} (${code}): sign in with \`npm login\` or look at \`npm config get registry\`, then run the same command again.`;
    default:
      return undefined;
  }
}

function codeOf(error: Error): string | undefined {
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}
