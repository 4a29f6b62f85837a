/** @jest-environment node */ // requests and replies, which the document of the specs lacks
import { afterEach, describe, expect, it } from '@jest/globals';
import { client } from '../../api/generated/client.gen.ts';
import { sendAll, type SendProgress } from './send-rows.ts';

interface Seen {
  readonly confirmed: number;
  readonly key: string | null;
}
type Reply = { readonly sent: number; readonly refused: number; readonly left: number } | 'cut' | 'refused';

const problem = { type: '/problems/state-conflict', title: '', status: 409, code: 'state-conflict', detail: '' };

/** A gateway that answers in turn; `cut` is a connection that dies. */
function gatewayThat(replies: readonly Reply[]): readonly Seen[] {
  const seen: Seen[] = [];
  const answer = (reply: Reply | undefined): Response => {
    if (reply === undefined || reply === 'cut') throw new TypeError('failed to fetch');
    const [status, body] =
      reply === 'refused' ? [409, problem] : [202, { importId: 'imp_1', inquiryIds: [], ...reply }];
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  };
  client.setConfig({
    baseUrl: 'http://gateway.invalid',
    fetch: async (request) => {
      if (!(request instanceof Request)) throw new Error('a request');
      const { confirmed } = (await request.json()) as { confirmed: number };
      seen.push({ confirmed, key: request.headers.get('idempotency-key') });
      return answer(replies[seen.length - 1]);
    },
  });
  return seen;
}
afterEach(() => void client.setConfig({ fetch: globalThis.fetch }));

const steps: SendProgress[] = [];
const send = (confirmed: number, stop = new AbortController()) => {
  steps.length = 0;
  return sendAll({
    ...{ importId: 'imp_1', confirmed, signal: stop.signal, pauseMs: 1 },
    body: {
      ...{ purpose: 'execution', reason: null, scope: { categories: 'all', agencies: 'all-entitled' } },
      legal: { documentName: '通知书', documentNumber: 'W1', fileId: 'file_1' },
    },
    onStep: (progress) => {
      steps.push(progress);
      if (progress.sent === 20) stop.abort();
    },
  });
};

describe('the rows of a list', () => {
  it('are sent step by step, each step with the number that is left and a key of its own', async () => {
    const seen = gatewayThat([
      { sent: 18, refused: 2, left: 5 },
      { sent: 5, refused: 0, left: 0 },
    ]);
    expect(await send(25)).toEqual({ confirmed: 25, sent: 23, refused: 2 });
    expect(seen.map(({ confirmed }) => confirmed)).toEqual([25, 5]);
    expect(new Set(seen.map(({ key }) => key)).size).toBe(2);
    expect(steps).toHaveLength(2);
  });

  it('are asked for again with the same key when the connection dies', async () => {
    const seen = gatewayThat(['cut', 'cut', { sent: 3, refused: 0, left: 0 }]);
    expect(await send(3)).toMatchObject({ sent: 3 });
    expect(seen).toHaveLength(3);
    expect(new Set(seen.map(({ key }) => key)).size).toBe(1);
  });

  it('are not said to be sent when nobody answers, or when the number has changed', async () => {
    gatewayThat([]);
    await expect(send(3)).rejects.toThrow(TypeError);
    const seen = gatewayThat(['refused']);
    await expect(send(3)).rejects.toMatchObject({ code: 'state-conflict' });
    expect(seen).toHaveLength(1);
    expect(steps).toEqual([]);
  });

  it('stay when somebody stops, or when a step sends none', async () => {
    const seen = gatewayThat([{ sent: 20, refused: 0, left: 9 }]);
    expect(await send(29)).toEqual({ confirmed: 29, sent: 20, refused: 0 });
    expect(seen).toHaveLength(1);
    gatewayThat([{ sent: 0, refused: 0, left: 2 }]);
    expect(await send(2)).toEqual({ confirmed: 2, sent: 0, refused: 0 });
  });
});
