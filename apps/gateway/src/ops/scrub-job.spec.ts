import { describe, expect, it } from '@jest/globals';
import { scrubBody } from './scrub-job.ts';

describe('the body of the board', () => {
  it('keeps ids and hides what an error or an answer said, however deep', () => {
    const job = {
      id: '1',
      data: { inquiryId: 'inq_1' },
      failedReason: 'about 张三',
      stacktrace: ['张三'],
      returnValue: { name: '张三' },
      progress: 5,
    };
    const scrubbed = scrubBody({ queues: [{ name: 'merge', jobs: [job, { opts: { failedReason: '张三' } }] }] });
    expect(JSON.stringify(scrubbed)).not.toContain('张三');
    expect(scrubbed).toMatchObject({
      queues: [{ name: 'merge', jobs: [{ id: '1', data: { inquiryId: 'inq_1' }, stacktrace: [] }, {}] }],
    });
  });
});
