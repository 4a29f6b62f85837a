import { EventEmitter } from 'node:events';

/** One timer for all breakers, and none while there are none. */
export function windowClock(stepMs: number, onTurn: () => void) {
  const turns = new EventEmitter().setMaxListeners(0);
  let timer: NodeJS.Timeout | null = null;
  return {
    turns,
    start(): void {
      timer ??= setInterval(() => {
        turns.emit('rotate');
        onTurn();
      }, stepMs).unref();
    },
    stop(): void {
      if (timer) clearInterval(timer);
      timer = null;
    },
  };
}
