import type { Guard } from "./guards.ts";

/**
 * Shows what the extension tells, from now on. What cannot be shown is said below: the page stays as it was.
 * @param broken what to do then
 */
export function listen<Message>(
  isMessage: Guard<Message>,
  show: (message: Message) => void,
  broken: () => string,
): void {
  const fault = document.body.appendChild(document.createElement("p"));
  fault.className = "broken";
  fault.role = "alert";
  window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (!isMessage(data)) return;
    try {
      show(data);
      fault.textContent = "";
    } catch (error) {
      console.error(error);
      fault.textContent = broken();
    }
  });
}
