/** Whether every client is told the value of this header: who may ask from elsewhere, and with which headers. */
export function isToldToAll(header: string): boolean {
  return /^access-control-/i.test(header);
}
