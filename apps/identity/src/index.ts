export { IdentityRefused } from './identity-refused.ts';
export { type RunningIdentity, startIdentity } from './start-identity.ts';
