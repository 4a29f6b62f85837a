import { afterEach, beforeAll, expect, it } from '@jest/globals';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { rareCharacters } from '#contracts';
import en from './words/en.json' with { type: 'json' };
import words from './words/zh-CN.json' with { type: 'json' };
import { RareCharacters } from './rare-characters.tsx';

beforeAll(async () => {
  const resources = { 'zh-CN': { 'rare-characters': words }, en: { 'rare-characters': en } };
  await i18next.use(initReactI18next).init({ lng: 'zh-CN', resources, interpolation: { escapeValue: false } });
});
afterEach(async () => {
  cleanup();
  await i18next.changeLanguage('zh-CN');
});

it('names every rare character with its code point and the set that has it, and no other character', () => {
  render(<RareCharacters characters={rareCharacters('张䶮𠮷')} />);
  const items = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(items).toEqual([
    expect.stringMatching(/^䶮 U\+4DAE GB 18030-2022 级别 1/),
    expect.stringMatching(/^𠮷 U\+20BB7 GB 18030-2022 级别 2 或 3/u),
  ]);
});

it('says nothing of a name that every system carries', () => {
  expect(render(<RareCharacters characters={rareCharacters('张三')} />).container.innerHTML).toBe('');
});

it('offers the standard character for a private one, and takes it only when it is pressed', () => {
  const used: string[] = [];
  render(<RareCharacters characters={rareCharacters('王\uE863')} onUse={(from, to) => used.push(from, to)} />);
  expect(screen.getByRole('listitem').textContent).toMatch(/自造字区.*对应的标准字：䶮（U\+4DAE）/);
  expect(screen.getByRole('listitem').textContent).not.toContain('\uE863');
  expect(used).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: '改用 䶮' }));
  expect(used).toEqual(['\uE863', '䶮']);
});

it('has words in English too', async () => {
  await i18next.changeLanguage('en');
  render(<RareCharacters characters={rareCharacters('张䶮')} />);
  expect(screen.getByRole('listitem').textContent).toMatch(/^䶮 U\+4DAE in GB 18030-2022 level 1/);
});
