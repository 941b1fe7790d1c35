import { greatestSize } from "../core/encoding.ts";
import type { Io } from "./io.ts";

/** In milliseconds, between two lines of progress: nobody reads faster. */
const pause = 100;

/** The process's own streams. A line of progress is shown only to somebody who watches. */
export function processIo(signal: AbortSignal): Io {
  const { stdout, stderr, stdin } = process;
  let shownAt = 0;
  let isShown = false;
  const clear = () => {
    if (isShown) stderr.write("\r\u001b[K");
    isShown = false;
  };
  const io: Io = {
    stdout: (text) => {
      clear();
      stdout.write(text);
    },
    stderr: (text) => {
      clear();
      stderr.write(text);
    },
    stdin: async () => {
      const chunks: Uint8Array[] = [];
      let length = 0;
      const stop = () => void stdin.destroy(new Error("stopped"));
      signal.addEventListener("abort", stop);
      for await (const chunk of stdin) {
        const bytes = Buffer.from(chunk);
        length += bytes.length;
        chunks.push(bytes);
        // What comes then is read by nobody, and all of it told as too large.
        if (length > greatestSize) break;
      }
      signal.removeEventListener("abort", stop);
      return Buffer.concat(chunks);
    },
    cwd: process.cwd(),
    isColored: stdout.isTTY === true && stdout.hasColors(),
    width: stdout.isTTY === true && stdout.columns > 0 ? stdout.columns : undefined,
    now: () => new Date(),
    signal,
  };
  if (stderr.isTTY !== true) return io;
  return {
    ...io,
    progress: (text) => {
      const now = performance.now();
      if (text === "") clear();
      else if (now - shownAt >= pause) {
        shownAt = now;
        isShown = true;
        stderr.write(`\r\u001b[K${text.slice(0, stderr.columns > 0 ? stderr.columns - 1 : 80)}`);
      }
    },
  };
}
