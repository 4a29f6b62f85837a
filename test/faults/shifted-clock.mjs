// Loaded by `--import` into a process whose clock is to jump: shifts Date by the milliseconds that stand in a file.
import { readFileSync } from 'node:fs';

const file = process.env['SHIFTED_CLOCK_FILE'];
const lookEveryMs = 50;
const RealDate = Date;
const realNow = Date.now.bind(Date);
let shiftMs = 0;

const look = () => {
  shiftMs = Number(readFileSync(file, 'utf8'));
};
look();
setInterval(look, lookEveryMs).unref();

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(realNow() + shiftMs);
    else super(...given);
  }

  static now() {
    return realNow() + shiftMs;
  }
};
