import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import { type GatewayPlace, startGatewayPlace } from '../integration/gateway-place.ts';
import { registered, tokenEntries } from './people.ts';
import { openWire, type Wire } from './wire.ts';

/** A route that the running gateway answers, as its router has it. */
export interface LiveRoute {
  readonly method: string;
  /** With `:names`. */
  readonly url: string;
}

export interface SecurityPlace {
  readonly place: GatewayPlace;
  /** The address of the gateway under attack. */
  readonly url: string;
  readonly routes: readonly LiveRoute[];
  readonly wire: Wire;
  stop(): Promise<void>;
}

/** A gateway on a real PostgreSQL that knows everybody in people.ts, and every route its router was given. */
export async function startSecurityPlace(): Promise<SecurityPlace> {
  const place = await startGatewayPlace({ withManualDesk: true });
  const { installation } = place.parts;
  const routes: LiveRoute[] = [];
  const watch = (message: unknown): void => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) routes.push({ method: each, url });
    });
  };
  subscribe('fastify.initialization', watch);
  const officers = [...installation.officers, ...registered];
  const tokens = [...installation.tokens, ...tokenEntries];
  const gateway = await place.another({ installation: { ...installation, officers, tokens } });
  unsubscribe('fastify.initialization', watch);
  const wire = openWire(gateway.url);
  return {
    ...{ place, routes, wire },
    url: gateway.url,
    async stop() {
      wire.close();
      await place.stop();
    },
  };
}
