import { describe, expect, it } from '@jest/globals';
import { openCrowd } from './crowd.ts';

const get = { method: 'GET', headers: {} };
const post = { method: 'POST', headers: { 'content-type': 'application/json' } };
const upload = { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' } };

describe('the requests in progress', () => {
  it('are so many of each kind, and one more is told when to come again', () => {
    const crowd = openCrowd({ read: 2, write: 1, upload: 1 });
    crowd.enter(get);
    crowd.enter(get);
    crowd.enter(post);
    crowd.enter(upload);
    for (const request of [get, post, upload]) {
      expect(() => crowd.enter(request)).toThrow(
        expect.objectContaining({ code: 'overloaded', status: 503, headers: { 'retry-after': '1' } }),
      );
    }
  });

  it('leave once, however often they are said to have left', () => {
    const crowd = openCrowd({ read: 1, write: 1, upload: 1 });
    const leave = crowd.enter(get);
    leave();
    leave();
    crowd.enter(get);
    expect(() => crowd.enter(get)).toThrow(expect.objectContaining({ code: 'overloaded' }));
  });
});
