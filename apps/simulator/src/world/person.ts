import { drawsFor, type NonEmpty } from '../random.ts';
import { citizenCheck, creditCheck, isCitizenId, organisationCheck } from './check-characters.ts';
import { magicDebtor } from './magic-debtors.ts';

export interface SyntheticDebtor {
  readonly kind: 'natural' | 'legal';
  readonly name: string;
  readonly idNumber: string;
}

const surnames: NonEmpty<string> = ['江', '河', '林', '石', '叶', '云', '雷', '金', '田', '白', '温', '安', '水', '米'];
const givenNames: NonEmpty<string> = [
  '宁',
  '平',
  '和',
  '清',
  '远',
  '明',
  '朗',
  '松',
  '柏',
  '竹',
  '兰',
  '川',
  '岳',
  '星',
];
const otherSurnames: NonEmpty<string> = [
  '钱',
  '郑',
  '冯',
  '陈',
  '蒋',
  '沈',
  '韩',
  '秦',
  '许',
  '吕',
  '施',
  '孔',
  '曹',
  '严',
];
const places: NonEmpty<string> = ['云城', '江城', '松城', '兰城', '星城', '石城'];
const firms: NonEmpty<string> = ['商贸', '建材', '物流', '食品', '科技', '机械', '纺织', '印务'];
const words: NonEmpty<string> = ['远山', '清河', '长松', '明川', '白石', '安岳', '平原', '星野', '竹溪', '兰舟'];

/** City-level areas (digits 5–6 are 00), under which no county office issues numbers. */
const areas: NonEmpty<string> = [
  '310100',
  '330100',
  '340100',
  '350100',
  '370100',
  '410100',
  '420100',
  '430100',
  '510100',
  '610100',
];

/** Days of birth from 1950-01-01 on, times serials 100–899: more people than any test asks for. */
const birthDays = 18_000;
const serials = 800;
const people = birthDays * serials;
const spread = 7_368_787; // shares no divisor with `people`: every n gets a place of its own
const firstBirthDay = Date.UTC(1950, 0, 1);
const dayMs = 86_400_000;
const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Identity numbers as the world keeps them: without spaces and hyphens, in capitals. */
export const worldKey = (idNumber: string): string => idNumber.replace(/[\s-]/g, '').toUpperCase();

export const kindOfId = (idNumber: string): 'natural' | 'legal' =>
  isCitizenId(idNumber) || /^\d{15}$/.test(idNumber) ? 'natural' : 'legal';

/**
 * The name under which agencies know this number. Every number has one, the same everywhere and for every seed: whoever
 * asks about the number under another name is told what such an agency tells (README.md "Names").
 */
export function registeredName(idNumber: string): string {
  const key = worldKey(idNumber);
  const magic = magicDebtor(key);
  if (magic !== null) return magic.name;
  const draws = drawsFor('name', key);
  if (kindOfId(key) === 'legal') {
    return `示例（${draws.pick(places)}）${draws.pick(words)}${draws.pick(firms)}有限公司`;
  }
  return draws.pick(surnames) + draws.pick(givenNames) + (draws.chance(0.5) ? draws.pick(givenNames) : '');
}

/** The n-th seeded debtor, n from 0: valid check digits, different from every other n. One in seven is a company. */
export function syntheticDebtor(seed: number, n: number): SyntheticDebtor {
  const draws = drawsFor('person', seed, n);
  const kind = draws.chance(1 / 7) ? 'legal' : 'natural';
  const place = (n * spread + (Math.abs(seed) % people)) % people;
  const idNumber =
    kind === 'natural' ? citizenNumber(draws.pick(areas), place) : companyNumber(draws.pick(areas), place);
  return { kind, name: registeredName(idNumber), idNumber };
}

function citizenNumber(area: string, place: number): string {
  const born = new Date(firstBirthDay + Math.floor(place / serials) * dayMs)
    .toISOString()
    .slice(0, 10)
    .replaceAll('-', '');
  const first17 = `${area}${born}${100 + (place % serials)}`;
  return first17 + citizenCheck(first17);
}

function companyNumber(area: string, place: number): string {
  const letters = [4, 3, 2, 1, 0].map((power) => creditAlphabet.charAt(Math.floor(place / 31 ** power) % 31)).join('');
  const first8 = `MA0${letters}`;
  const first17 = `91${area}${first8}${organisationCheck(first8)}`;
  return first17 + creditCheck(first17);
}

/** A number for a third party: an area that does not exist, so it is nobody's and no debtor's. */
export function thirdPartyId(...keys: readonly (string | number)[]): string {
  const draws = drawsFor('third-party-id', ...keys);
  return citizenNumber('990100', draws.below(people));
}

/** The form of older registers: without the century and the check digit. Other numbers stay as they are. */
export const shortForm = (idNumber: string): string =>
  isCitizenId(idNumber) ? idNumber.slice(0, 6) + idNumber.slice(8, 17) : idNumber;

/** A third party, such as a co-owner: with a surname that no seeded debtor has. */
export const thirdPartyName = (...keys: readonly (string | number)[]): string => {
  const draws = drawsFor('third-party', ...keys);
  return draws.pick(otherSurnames) + draws.pick(givenNames) + draws.pick(givenNames);
};
