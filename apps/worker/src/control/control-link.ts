import type { AddressInfo, Server } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { type ClientOptions, ClientProxyFactory, type MicroserviceOptions, Transport } from '@nestjs/microservices';
import { lastValueFrom, timeout } from 'rxjs';
import { type BreakerReport, type ControlPlace, controlPatterns, type Heartbeat, type Hello } from '#contracts';
import type { Log } from '#platform';
import { TAKE_COMMAND, type TakeCommand } from './commands.ts';
import { commandsController } from './commands.controller.ts';

/** The worker's end of the control channel (@nestjs/microservices): takes commands, tells the gateway what changed. */
export interface ControlLink {
  /** Where commands arrive: tcp://host:port, or null over Redis. */
  readonly address: string | null;
  hello(message: Hello): Promise<void>;
  heartbeat(message: Heartbeat): Promise<void>;
  breakerChanged(message: BreakerReport): void;
  goodbye(): Promise<void>;
  close(): Promise<void>;
}

export interface ControlLinkOptions {
  readonly workerId: string;
  readonly gateway: ControlPlace;
  readonly take: TakeCommand;
  readonly log: Log;
}

/** Messages may be lost: what they say is in the database too, so a failure to send is logged and nothing more. */
export async function openControlLink({ workerId, gateway, take, log }: ControlLinkOptions): Promise<ControlLink> {
  class ControlModule {}
  const module = {
    module: ControlModule,
    controllers: [commandsController(workerId)],
    providers: [{ provide: TAKE_COMMAND, useValue: take }],
  };
  const server = await NestFactory.createMicroservice<MicroserviceOptions>(module, {
    ...serverOptions(gateway),
    logger: false,
  });
  await server.listen();
  const client = ClientProxyFactory.create(clientOptions(gateway));
  client.connect().catch(() => log.debug('control.gateway-away', { workerId }));

  const tell = (pattern: string, message: object): Promise<void> =>
    lastValueFrom(client.emit(pattern, message).pipe(timeout(2_000)), { defaultValue: undefined }).then(
      () => {},
      () => log.debug('control.message-lost', { pattern }),
    );
  return {
    address: gateway.kind === 'tcp' ? `tcp://${gateway.host}:${portOf(server.unwrap<Server>())}` : null,
    hello: (message) => tell(controlPatterns.hello, message),
    heartbeat: (message) => tell(controlPatterns.heartbeat, message),
    breakerChanged: (message) => void tell(controlPatterns.breakerChanged, { ...message, workerId }),
    goodbye: () => tell(controlPatterns.goodbye, { workerId }),
    async close() {
      await client.close();
      await server.close();
    },
  };
}

function serverOptions(place: ControlPlace): MicroserviceOptions {
  return place.kind === 'tcp'
    ? { transport: Transport.TCP, options: { host: place.host, port: 0 } }
    : redisOptions(place);
}

function clientOptions(place: ControlPlace): ClientOptions {
  return place.kind === 'tcp'
    ? { transport: Transport.TCP, options: { host: place.host, port: place.port } }
    : redisOptions(place);
}

function redisOptions({
  host,
  port,
  username,
  password,
  tls,
}: Extract<ControlPlace, { kind: 'redis' }>): MicroserviceOptions & ClientOptions {
  const login = { ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }) };
  return {
    transport: Transport.REDIS,
    options: { host, port, ...login, ...(tls ? { tls: {} } : {}), retryAttempts: 1_000_000, retryDelay: 1_000 },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (!isAddress(address)) throw new Error('the control server has no address');
  return address.port;
}

const isAddress = (address: ReturnType<Server['address']>): address is AddressInfo =>
  typeof address === 'object' && address !== null;
