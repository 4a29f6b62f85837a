import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Kept {
  readonly payload: AdapterPayload;
  readonly untilMs: number;
}

/** More than a demo ever has; beyond it the oldest goes. */
const mostKept = 5_000;
const usualSeconds = 36_000;

/** Where the provider keeps what is under way. It is gone with the process: one click brings a demo person back. */
export function openShelf(nowMs: () => number): (model: string) => Adapter {
  const kept = new Map<string, Kept>();
  const find = (key: string): AdapterPayload | undefined => {
    const found = kept.get(key);
    return found && found.untilMs > nowMs() ? found.payload : undefined;
  };
  const keep = (key: string, payload: AdapterPayload, seconds: number) => {
    const [oldest] = kept.size >= mostKept ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(key, { payload, untilMs: nowMs() + seconds * 1_000 });
  };
  const firstOf = (model: string, fits: (payload: AdapterPayload) => boolean) =>
    [...kept].find(([key, { payload }]) => key.startsWith(`${model} `) && fits(payload))?.[1].payload;
  return (model) => ({
    upsert: async (id, payload, seconds = usualSeconds) => keep(`${model} ${id}`, payload, seconds),
    find: async (id) => find(`${model} ${id}`),
    findByUid: async (wanted) => firstOf(model, ({ uid }) => uid === wanted),
    findByUserCode: async (wanted) => firstOf(model, ({ userCode }) => userCode === wanted),
    async consume(id) {
      const payload = find(`${model} ${id}`);
      if (payload) payload.consumed = Math.floor(nowMs() / 1_000);
    },
    destroy: async (id) => void kept.delete(`${model} ${id}`),
    async revokeByGrantId(wanted) {
      for (const [key, { payload }] of kept) if (payload.grantId === wanted) kept.delete(key);
    },
  });
}
