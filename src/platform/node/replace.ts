import { rename } from "node:fs/promises";

/** Before each try after the first one, in milliseconds. */
const pauses = [10, 50, 250];

/** Windows refuses it for as long as somebody reads the file that is replaced. */
export async function replaceFile(from: string, to: string): Promise<void> {
  for (const pause of pauses) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (!isSaid(error, "EPERM") && !isSaid(error, "EACCES") && !isSaid(error, "EBUSY")) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return rename(from, to);
}

/** Whether an error has a code of the system. */
export function isSaid(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
