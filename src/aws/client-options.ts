import type { Service, Settings } from "./settings.ts";
import type { Transport } from "./transport.ts";

/** What all of the SDK's clients are made with: nothing is left to what they would find out themselves. */
export function clientOptions({
  settings,
  transport,
  service,
  region,
}: {
  readonly settings: Settings;
  readonly transport: Transport;
  readonly service: Service;
  readonly region: string;
}) {
  const endpoint = settings.endpoints.get(service);
  return {
    region,
    profile: settings.profile,
    requestHandler: transport,
    retryMode: "standard",
    maxAttempts: 4,
    // The SDK reads endpoints of AWS_PROFILE only, whatever profile a client has: they are in the settings.
    ignoreConfiguredEndpointUrls: true,
    ...(endpoint === undefined ? {} : { endpoint: endpoint.href }),
  } as const;
}
