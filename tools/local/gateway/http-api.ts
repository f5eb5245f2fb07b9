import { type LocalFunction, refersTo } from '../lambda/functions.ts';
import type { Resolved } from '../template/resources.ts';
import { UnsupportedTemplateError } from '../template/unsupported.ts';
import type { HttpApi } from './gateway.ts';
import { parseRouteKey } from './routes.ts';
import { createThrottle, type Throttle } from './throttle.ts';

/** The account's limits, which apply if the stage sets none. */
const ACCOUNT_RATE = 10_000;
const ACCOUNT_BURST = 5_000;

const INTEGRATION_TARGET = 'integrations/';

/** The routes of the template with their throttling. */
export function httpApi(
  stages: Resolved<'AWS::ApiGatewayV2::Stage'>[],
  routes: Resolved<'AWS::ApiGatewayV2::Route'>[],
  integrations: Resolved<'AWS::ApiGatewayV2::Integration'>[],
  functions: LocalFunction[],
): HttpApi {
  const [stage] = stages;
  if (stage === undefined || stages.length > 1) {
    throw new UnsupportedTemplateError([`one stage of an HTTP API was expected, there are ${stages.length}`]);
  }
  const { DefaultRouteSettings, RouteSettings } = stage.properties;
  const throttleFor = (key: string): Throttle => {
    const { ThrottlingRateLimit = ACCOUNT_RATE, ThrottlingBurstLimit = ACCOUNT_BURST } = {
      ...DefaultRouteSettings,
      ...RouteSettings[key],
    };
    return createThrottle(ThrottlingRateLimit, ThrottlingBurstLimit);
  };
  const unknown = Object.keys(RouteSettings).filter(
    (key) => !routes.some((route) => route.properties.RouteKey === key),
  );
  if (unknown.length > 0)
    throw new UnsupportedTemplateError(unknown.map((key) => `${stage.id}.RouteSettings: ${key} is no route`));

  const parsed = routes.map(({ id, properties: { RouteKey, Target } }) => {
    const integration = integrations.find((candidate) => Target === `${INTEGRATION_TARGET}${candidate.id}`);
    if (integration === undefined) throw new UnsupportedTemplateError([`${id}.Target: ${Target} is no integration`]);
    const { IntegrationUri, TimeoutInMillis } = integration.properties;
    const called = functions.find(({ spec }) => refersTo(spec, IntegrationUri));
    if (called === undefined)
      throw new UnsupportedTemplateError([`${integration.id}.IntegrationUri: ${IntegrationUri} is no function`]);
    const route = parseRouteKey(RouteKey, {
      invoke: called.pool.invoke,
      timeoutMs: TimeoutInMillis,
      throttle: throttleFor(RouteKey),
    });
    if (route === undefined)
      throw new UnsupportedTemplateError([`${id}.RouteKey: ${RouteKey} is no key of an HTTP API`]);
    return route;
  });
  return { routes: parsed };
}
