import { citizenCheck } from './check-characters.ts';
import type { Scenario } from './scenario.ts';

export interface MagicDebtor {
  readonly kind: 'natural' | 'legal';
  readonly name: string;
  readonly idNumber: string;
  readonly scenario: Scenario;
}

/** City-level area code, born 1970-01-01, serial numbers from 901: recognisable, and nobody's. */
const firstSerial = 901;

const byBehaviour: readonly (readonly [name: string, scenario: Scenario])[] = [
  ['演示全无', 'nothing'],
  ['演示多产', 'found-many'],
  ['演示异常', 'agency-failure'],
  ['演示拒绝', 'refused'],
  ['演示退回', 'returned'],
  ['演示回退', 'returned-by-message'],
  ['演示不答', 'never'],
  ['演示迟答', 'late'],
  ['演示他人', 'other-person'],
  ['演示重名', 'ambiguous'],
  ['演示旧证', 'old-id'],
  ['演示截断', 'truncated'],
  ['演示改名', 'renamed-field'],
  ['演示空表', 'empty-list'],
  ['演示销户', 'only-closed'],
  ['演示似无', 'nothing-lookalike'],
  ['演示谎无', 'failure-told-as-nothing'],
  ['演示半答', 'half-answer'],
  ['演示错日', 'bad-date'],
  ['演示错额', 'bad-amount'],
  ['演示乱码', 'wrong-encoding'],
  ['演示错号', 'wrong-request-number'],
  ['演示重答', 'repeat-answer'],
  ['演示改答', 'changed-answer'],
  ['演示晚流', 'late-transactions'],
  ['演示大小', 'wrong-case-tag'],
  ['演示共有', 'co-owners'],
  ['演示连字', 'joined-letters'],
  ['演示封史', 'seal-history'],
  ['演示封断', 'seals-down'],
  ['演示令牌', 'token-expired'],
  ['演示整码', 'code-as-integer'],
  ['演示三页', 'three-pages'],
  ['演示缺页', 'page-lost'],
  ['演示缺行', 'sealed-without-row'],
  ['演示无权', 'unauthorized'],
  ['演示限流', 'throttled'],
  ['演示缓慢', 'slow'],
  ['演示巨量', 'too-large'],
  ['演示畸形', 'malformed'],
  ['演示重开', 'double-open-list'],
  ['演示𠮷', 'rare-character'],
  ['演示宕机', 'down'],
  ['演示串号', 'foreign-request-number'],
  ['演示失件', 'lost-query'],
  ['演示过期', 'expired'],
  ['演示待核', 'clarification'],
  ['演示误文', 'our-message-wrong'],
  ['演示代管', 'access-only'],
  ['演示代收', 'client-money'],
  ['演示争议', 'disputed'],
  ['演示假签', 'bad-signature'],
];

const magicId = (place: number): string => {
  const first17 = `11010019700101${firstSerial + place}`;
  return first17 + citizenCheck(first17);
};

/** Debtors to whom agencies behave in a fixed way, whatever the seed. Behaviours: README.md. */
export const magicDebtors: readonly MagicDebtor[] = [
  { kind: 'natural', name: '张三', idNumber: '110100199003074112', scenario: 'found' },
  { kind: 'natural', name: '李四', idNumber: '320100198510120237', scenario: 'nothing' },
  { kind: 'natural', name: '王五', idNumber: '440300197809221052', scenario: 'down' },
  { kind: 'natural', name: '赵六', idNumber: '11010019900307418X', scenario: 'returned' },
  { kind: 'legal', name: '示例（北京）商贸有限公司', idNumber: '91110000MA00XY018L', scenario: 'found-many' },
  ...byBehaviour.map(
    ([name, scenario], place): MagicDebtor => ({ kind: 'natural', name, idNumber: magicId(place), scenario }),
  ),
];

const byId = new Map(magicDebtors.map((debtor) => [debtor.idNumber, debtor]));

export const magicDebtor = (idNumber: string): MagicDebtor | null => byId.get(idNumber) ?? null;

/** How agencies behave when they are asked about this number. */
export const scenarioOf = (idNumber: string): Scenario => byId.get(idNumber)?.scenario ?? 'seeded';
