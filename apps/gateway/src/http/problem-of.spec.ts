import { NotFoundException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { ProblemError } from './problem-error.ts';
import { problemOf } from './problem-of.ts';

const said = (error: unknown) => {
  const { code, status } = problemOf(error);
  return `${status} ${code}`;
};
const coded = (code: string, more: object = {}) => Object.assign(new Error('about 张三'), { code, ...more });

describe('the problem of a failure', () => {
  it('is what the failure means for the caller', () => {
    expect(said(new ProblemError('nothing-to-ask', 'none'))).toBe('422 nothing-to-ask');
    expect(said(coded('FST_ERR_CTP_BODY_TOO_LARGE'))).toBe('413 too-large');
    expect(said(coded('FST_ERR_CTP_INVALID_MEDIA_TYPE'))).toBe('415 unsupported-media-type');
    expect(said(new SyntaxError('Unexpected token'))).toBe('400 malformed');
    expect(said(new NotFoundException())).toBe('404 not-found');
    expect(said(coded('FST_SOMETHING_NEW', { statusCode: 400 }))).toBe('400 malformed');
  });

  it('is a dependency that is away when the database is', () => {
    for (const code of ['ECONNREFUSED', '57P01', '08006', 'connection-lost'])
      expect(said(coded(code))).toBe('503 dependency-down');
  });

  it('is internal for everything else, and repeats no word of it', () => {
    for (const error of [new Error('about 张三'), coded('23505'), 'text', null]) {
      expect(said(error)).toBe('500 internal');
      expect(problemOf(error).message).not.toContain('张');
    }
  });
});
