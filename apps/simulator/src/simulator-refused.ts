/** The simulator does not start in production. */
export class SimulatorRefused extends Error {
  readonly code = 'simulator-in-production';

  constructor() {
    super(
      'The simulator does not start in production: set CHAKONG_PROFILE to demo or development, on a machine without real agencies.',
    );
    this.name = 'SimulatorRefused';
  }
}
