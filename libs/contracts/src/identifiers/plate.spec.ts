import { describe, expect, it } from '@jest/globals';
import { checkPlate, plateForm } from './plate.ts';

describe('a plate number', () => {
  it.each(['京A00000', '京A·00000', '京a00000', '京A・00000', '京A•00000', '京Ａ．００ ０００'])(
    'is read from %p',
    (text) => {
      expect(checkPlate(text)).toEqual({
        outcome: 'accepted',
        normalised: '京A00000',
        checksum: 'not-applicable',
        problem: null,
      });
    },
  );

  it.each([
    ['京A00000', 'ordinary'],
    ['蒙A00000', 'ordinary'],
    ['京AD00000', 'new-energy-small'],
    ['京A00000D', 'new-energy-large'],
    ['京A0000挂', 'marked'],
    ['京A0000警', 'marked'],
    ['粤Z0000港', 'marked'],
  ])('has a form: %s is %s', (text, form) => {
    expect(checkPlate(text)).toMatchObject({ normalised: text, problem: null });
    expect(plateForm(text)).toBe(form);
  });

  it.each(['京AI0000', '京AI00000', '京A0000', '京A000000', '内A00000', '黔A00000', '使000000'])(
    'is kept with a warning when it reads %s',
    (text) => {
      expect(checkPlate(text)).toEqual({
        outcome: 'accepted',
        normalised: text,
        checksum: 'not-applicable',
        problem: 'shape',
      });
    },
  );

  it('is not an empty text', () => {
    expect(checkPlate(' · ')).toEqual({ outcome: 'rejected', problem: 'empty' });
  });
});
