import { describe, expect, it } from '@jest/globals';
import { QueueUrlError, readQueueUrl } from './queue-url.ts';

const databaseUrl = 'postgres://localhost/chakong';
const read = (url: string | null) => readQueueUrl(url, databaseUrl);

describe('QUEUE_URL', () => {
  it('leaves the queue in PostgreSQL when it is not set', () => {
    expect(read(null)).toEqual({ kind: 'postgres', url: databaseUrl });
  });

  it.each(['redis://localhost:6379', 'redis://user:secret@host:6380/2', 'rediss://host'])('names Redis: %s', (url) => {
    expect(read(url)).toEqual({ kind: 'redis', url });
  });

  it('names sentinels with their master, database and login', () => {
    expect(read('redis+sentinel://one:26380,two/mymaster')).toEqual({
      kind: 'sentinel',
      hosts: [
        { host: 'one', port: 26_380 },
        { host: 'two', port: 26_379 },
      ],
      master: 'mymaster',
      login: {},
    });
    expect(read('redis+sentinel://court:p%40ss@one/mymaster/3')).toMatchObject({
      master: 'mymaster',
      login: { username: 'court', password: 'p@ss', db: 3 },
    });
  });

  it('names the hosts of a cluster', () => {
    expect(read('redis+cluster://:secret@one:7000,two')).toEqual({
      kind: 'cluster',
      hosts: [
        { host: 'one', port: 7_000 },
        { host: 'two', port: 6_379 },
      ],
      login: { password: 'secret' },
    });
  });

  it.each([
    'hunter2',
    'http://hunter2@host',
    'redis+sentinel://user:hunter2@host:26379',
    'redis+sentinel://user:hunter2@host:0/master',
    'redis+cluster://user:hunter2@host:70000',
    'redis+cluster://user:hunter2@:6379',
    'redis+cluster://user:hunter2@host:port',
    'redis+cluster://',
  ])('is refused without being repeated: %s', (url) => {
    const thrown = (() => {
      try {
        return read(url);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(QueueUrlError);
    expect(thrown).toMatchObject({ code: 'queue-url' });
    expect(String(thrown)).toMatch(/QUEUE_URL/);
    expect(String(thrown)).not.toMatch(/hunter2|user:|70000/);
  });
});
