import type { ControlCommand } from '#contracts';

/** What a worker does when it is told to: injected into the controller. */
export type TakeCommand = (command: ControlCommand) => Promise<void>;
export const TAKE_COMMAND = Symbol('take-command');
