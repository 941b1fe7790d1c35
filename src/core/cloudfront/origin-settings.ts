import type { Json } from "../document/tree.ts";
import { isJsonList, isJsonObject, type JsonObject } from "../document/values.ts";
import { differ } from "./compare.ts";

/**
 * How CloudFront calls an origin, as far as enabling, disabling and changing origin mTLS change it. Nothing of it is
 * secret.
 */
export interface OriginSetting {
  /** Its id. */
  readonly origin: string;
  /** `undefined`: origin mTLS is off. */
  readonly certificate: string | undefined;
  readonly protocolPolicy: string | undefined;
}

/** Of the custom origins of a config as the API writes it. */
export function settingsOf(config: Json): OriginSetting[] {
  return originsIn(config).flatMap((origin) => {
    const { Id: id, CustomOriginConfig: custom } = origin;
    if (typeof id !== "string" || !isJsonObject(custom)) return [];
    const { OriginMtlsConfig: mtls, OriginProtocolPolicy: policy } = custom;
    const certificate = isJsonObject(mtls) ? mtls["ClientCertificateArn"] : undefined;
    return [{ origin: id, certificate: textOrNone(certificate), protocolPolicy: textOrNone(policy) }];
  });
}

/** Whether an origin presents a client certificate. */
export function setsOriginMtls(config: Json): boolean {
  return settingsOf(config).some(({ certificate }) => certificate !== undefined);
}

/** The settings in `to` that are others than in `from`, of origins that both have. */
export function changedSettings(from: Json, to: Json): OriginSetting[] {
  const known = new Set(settingsOf(from).map(({ origin }) => origin));
  return unmetSettings(from, settingsOf(to)).filter(({ origin }) => known.has(origin));
}

/** Which of the settings a config does not have. */
export function unmetSettings(config: Json, wanted: readonly OriginSetting[]): OriginSetting[] {
  const there = new Map(settingsOf(config).map((setting) => [setting.origin, setting]));
  return wanted.filter(({ origin, certificate, protocolPolicy }) => {
    const setting = there.get(origin);
    return setting === undefined || setting.certificate !== certificate || setting.protocolPolicy !== protocolPolicy;
  });
}

/** The config with these settings; `undefined` where it has no such custom origin. */
export function withSettings(config: Json, settings: readonly OriginSetting[]): Json | undefined {
  const wanted = new Map(settings.map((setting) => [setting.origin, setting]));
  const known = new Set(settingsOf(config).map(({ origin }) => origin));
  if (!isJsonObject(config) || !isJsonObject(config["Origins"]) || settings.some(({ origin }) => !known.has(origin)))
    return undefined;
  const items = originsIn(config).map((origin) => {
    const setting = typeof origin["Id"] === "string" ? wanted.get(origin["Id"]) : undefined;
    return setting === undefined ? origin : withSetting(origin, setting);
  });
  return { ...config, Origins: { ...config["Origins"], Items: items } };
}

function withSetting(origin: JsonObject, { certificate, protocolPolicy }: OriginSetting): JsonObject {
  const { CustomOriginConfig: custom } = origin;
  if (!isJsonObject(custom)) return origin;
  const { OriginMtlsConfig: mtls, OriginProtocolPolicy: policy, ...others } = custom;
  return {
    ...origin,
    CustomOriginConfig: {
      ...others,
      ...(protocolPolicy === undefined ? {} : { OriginProtocolPolicy: protocolPolicy }),
      ...(certificate === undefined
        ? {}
        : { OriginMtlsConfig: { ...(isJsonObject(mtls) ? mtls : {}), ClientCertificateArn: certificate } }),
    },
  };
}

/** The settings that turn `after` back into `before`; `undefined` where more than these was changed. */
export function inverseOf(before: Json, after: Json): OriginSetting[] | undefined {
  const settings = changedSettings(after, before);
  const undone = withSettings(after, settings);
  return undone !== undefined && !differ(undone, before) ? settings : undefined;
}

/** The distinct certificates that `after` names and `before` does not name for the same origin. */
export function newCertificates(before: Json, after: Json): string[] {
  const there = new Map(settingsOf(before).map(({ origin, certificate }) => [origin, certificate]));
  return [
    ...new Set(
      settingsOf(after).flatMap(({ origin, certificate }) =>
        certificate === undefined || there.get(origin) === certificate ? [] : [certificate],
      ),
    ),
  ];
}

function originsIn(config: Json): JsonObject[] {
  if (!isJsonObject(config) || !isJsonObject(config["Origins"])) return [];
  const { Items: items } = config["Origins"];
  return isJsonList(items) ? items.filter(isJsonObject) : [];
}

function textOrNone(json: Json | undefined): string | undefined {
  return typeof json === "string" ? json : undefined;
}
