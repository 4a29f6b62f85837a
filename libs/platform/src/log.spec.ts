import { describe, expect, it } from '@jest/globals';
import { createLog, type LogFields, type LogLevel } from './log.ts';

const clock = { now: () => new Date('2026-11-22T06:05:30.123Z') };

function collecting(level: LogLevel = 'info', pretty = false) {
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) };
  return { log: createLog({ service: 'gateway', version: '0.1.0', level, pretty, clock, destination }), lines };
}

const written = (fields: LogFields) => {
  const { log, lines } = collecting();
  log.info('thing.seen', fields);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
};

describe('the log', () => {
  it('writes one JSON line with time, level, event, service and version', () => {
    expect(written({ inquiryId: 'inq_1', count: 2, isFull: true, reason: null })).toEqual({
      level: 'info',
      time: '2026-11-22T06:05:30.123Z',
      service: 'gateway',
      version: '0.1.0',
      event: 'thing.seen',
      inquiryId: 'inq_1',
      count: 2,
      isFull: true,
      reason: null,
    });
  });

  it('leaves out what is below its level', () => {
    const { log, lines } = collecting('warn');
    log.debug('a.seen');
    log.info('a.seen');
    log.warn('a.seen');
    log.error('a.failed');
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(['warn', 'error']);
  });

  it('puts the fields of a child on every line, as carefully as others', () => {
    const { log, lines } = collecting();
    log.child({ requestId: 'r-1', owner: '张三' }).child({ jobId: 'j-1' }).info('job.started');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ requestId: 'r-1', jobId: 'j-1', owner: '[redacted]' });
  });

  it.each([
    ['a name', { who: '张三' }],
    ['an identity number', { who: '11010019900307418X' }],
    ['an identity number among others words', { who: 'debtor 110100199003074112 asked' }],
    ['a card number', { card: '6222020200012345678' }],
    ['a phone number', { tel: '13800000000' }],
    ['a credit code', { company: '91110000MA00XY018L' }],
    ['a forbidden key', { password: 'abc' }],
    ['a long text', { text: 'x'.repeat(1_001) }],
  ])('does not write %s', (_, fields: LogFields) => {
    const line = written(fields);
    expect(Object.keys(fields).map((key) => line[key])).toEqual(['[redacted]']);
  });

  it('does not write what only pretends to be a field', () => {
    const careless = { error: new Error('张三 110100199003074112'), nested: { name: '张三' } } as unknown as LogFields;
    expect(JSON.stringify(written(careless))).not.toMatch(/张三|110100/);
  });

  it('lets ids and hashes through', () => {
    const fields = { reportId: 'rep_01M80XR50G0000000000000000', hash: `sha256:${'0123456789'.repeat(6)}abcd` };
    expect(written(fields)).toMatchObject(fields);
  });

  it('is readable on a terminal', () => {
    const { log, lines } = collecting('info', true);
    log.warn('queue.lost', { attempts: 3 });
    const bare = (lines[0] ?? '').replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '');
    expect(bare).toBe('06:05:30.123 warn  queue.lost attempts=3\n');
  });
});
