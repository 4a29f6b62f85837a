export type { GatewayParts } from './gateway.ts';
export { type RunningGateway, startGateway } from './start-gateway.ts';
