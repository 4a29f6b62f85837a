import { describe, expect, it } from '@jest/globals';
import { errorCode } from './error-code.ts';

describe('the code of an error', () => {
  it('is its own code, else its name', () => {
    expect(errorCode(Object.assign(new Error('x'), { code: 'ECONNRESET' }))).toBe('ECONNRESET');
    expect(errorCode(Object.assign(new Error('x'), { code: '23505' }))).toBe('23505');
    expect(errorCode(new TypeError('x'))).toBe('TypeError');
  });

  it('never repeats what somebody wrote into an error', () => {
    expect(errorCode(new Error('张三 110100199003074112'))).toBe('Error');
    expect(errorCode(Object.assign(new Error('x'), { code: '张三', name: '110100199003074112' }))).toBe('unknown');
    expect(errorCode(Object.assign(new Error('x'), { code: 42 }))).toBe('Error');
    expect(errorCode('张三')).toBe('unknown');
    expect(errorCode(null)).toBe('unknown');
  });
});
