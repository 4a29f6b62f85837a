/** The sign-in of the demo asks nobody for a password, so it does not start in production. */
export class IdentityRefused extends Error {
  override readonly name = 'IdentityRefused';
  readonly code = 'identity-in-production';

  constructor() {
    super('The demo sign-in does not start in production: set CHAKONG_OIDC_ISSUER to the provider of the court.');
  }
}
