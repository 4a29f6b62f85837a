import { describe, expect, it } from '@jest/globals';
import { recordedReplies, replayPort } from './replay-port.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (body: Uint8Array): string => new TextDecoder().decode(body);
const { signal } = new AbortController();
const exchange = (path: string | null, body: string, more: object = {}) => ({
  ...{ path, status: 200, contentType: null, sizeBytes: bytes(body).length, body: bytes(body) },
  ...more,
});
const outcome = (promise: Promise<{ body: Uint8Array }>): Promise<unknown> =>
  promise.then(
    ({ body }) => text(body),
    ({ reason, reasonCode }: { reason: string; reasonCode: string | null }) => [reason, reasonCode],
  );

describe('the replay port', () => {
  it('hands out each reply once, to the path that it was the reply of', async () => {
    const port = replayPort([exchange('/token', 'T'), exchange('/query', 'one'), exchange('/query', 'two')]);
    const send = (path: string) => outcome(port.send(path, { signal }));
    expect([await send('/query?number=1'), await send('/token'), await send('/query')]).toEqual(['one', 'T', 'two']);
    expect(port.wentBeyond()).toBe(false);
    expect(await send('/query')).toEqual(['unintelligible', 'not-recorded']);
    expect(port.wentBeyond()).toBe(true);
  });

  it('leaves a failure what it was', async () => {
    const page = '<html><body>log in</body></html>';
    const port = replayPort([
      exchange('/a', '{}', { status: 404 }),
      exchange('/b', page),
      exchange('/c', ''),
      exchange('/d', 'x', { contentType: 'text/html' }),
    ]);
    const all = await Promise.all(['/a', '/b', '/c', '/d'].map((path) => outcome(port.send(path, { signal }))));
    expect(all).toEqual([
      ['unintelligible', 'http-404'],
      ['unauthorized', 'page'],
      ['unintelligible', 'empty-body'],
      ['unauthorized', 'page'],
    ]);
  });

  it('reads nothing any more when it is stopped', async () => {
    const port = replayPort([exchange('/a', '{}')]);
    expect(await outcome(port.send('/a', { signal: AbortSignal.abort() }))).toEqual(['cancelled', null]);
  });
});

describe('recorded replies', () => {
  it('are exchanges with the messages that belong to them', () => {
    const { body: _, ...first } = exchange('/a', 'one');
    const { body: __, ...empty } = exchange('/b', '');
    expect(recordedReplies([first, empty], [bytes('one')]).map(({ path, body }) => [path, text(body)])).toEqual([
      ['/a', 'one'],
      ['/b', ''],
    ]);
    expect(recordedReplies([], [bytes('any')]).map(({ path, body }) => [path, text(body)])).toEqual([[null, 'any']]);
    expect(() => recordedReplies([first], [bytes('three!')])).toThrow(RangeError);
    expect(() => recordedReplies([first], [bytes('one'), bytes('two')])).toThrow(RangeError);
  });
});
