import type { ProbePlan } from "./facts.ts";

/** What the request says in `Host`: RFC 9110, section 7.2. */
export function hostHeader({ name, port, request }: ProbePlan): string {
  if (request.host !== undefined) return request.host;
  const host = name.includes(":") ? `[${name}]` : name;
  return port === 443 ? host : `${host}:${port}`;
}
