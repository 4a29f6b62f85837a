import { readFileSync } from 'node:fs';

/**
 * Loaded by `--import` into a process whose clock is to jump (Node strips the types itself): shifts Date by the
 * milliseconds that stand in a file. Timers and the monotonic clock go on, as they do when a host's clock is set.
 */
const file = process.env['SHIFTED_CLOCK_FILE'] ?? '';
const lookEveryMs = 50;
const RealDate = Date;
let shiftMs = 0;

const look = (): void => {
  shiftMs = Number(readFileSync(file, 'utf8'));
};
look();
setInterval(look, lookEveryMs).unref();

const now = (): number => RealDate.now() + shiftMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: unknown[], made) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, made === globalThis.Date ? target : made) as Date,
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
