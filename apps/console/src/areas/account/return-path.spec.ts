import { expect, it } from '@jest/globals';
import { returnPath } from './return-path.ts';

it.each([
  ['/console/cases/cas_1?tab=matrix', '/console/cases/cas_1?tab=matrix'],
  [null, '/console/'],
  ['https://elsewhere.example/console/', '/console/'],
  ['//elsewhere.example', '/console/'],
  ['/console//elsewhere.example', '/console/'],
  ['/api/v1/me', '/console/'],
])('%s leads to %s', (asked, path) => expect(returnPath(asked)).toBe(path));
