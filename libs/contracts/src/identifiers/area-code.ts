import { foldCode } from './fold-code.ts';

/** One province-level unit (省级行政区). The characters differ: 内 and 黔 in case numbers are 蒙 and 贵 on plates. */
export type Province = {
  /** First two digits of GB/T 2260. */
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** Character in case numbers (案号); null where mainland courts have none. */
  readonly caseCharacter: string | null;
  /** Character on number plates (号牌); null where mainland plates have none. */
  readonly plateCharacter: string | null;
};

type Row = readonly [code: string, zh: string, en: string, caseCharacter?: string, plateCharacter?: string];

const rows: readonly Row[] = [
  ['11', '北京', 'Beijing', '京'],
  ['12', '天津', 'Tianjin', '津'],
  ['13', '河北', 'Hebei', '冀'],
  ['14', '山西', 'Shanxi', '晋'],
  ['15', '内蒙古', 'Inner Mongolia', '内', '蒙'],
  ['21', '辽宁', 'Liaoning', '辽'],
  ['22', '吉林', 'Jilin', '吉'],
  ['23', '黑龙江', 'Heilongjiang', '黑'],
  ['31', '上海', 'Shanghai', '沪'],
  ['32', '江苏', 'Jiangsu', '苏'],
  ['33', '浙江', 'Zhejiang', '浙'],
  ['34', '安徽', 'Anhui', '皖'],
  ['35', '福建', 'Fujian', '闽'],
  ['36', '江西', 'Jiangxi', '赣'],
  ['37', '山东', 'Shandong', '鲁'],
  ['41', '河南', 'Henan', '豫'],
  ['42', '湖北', 'Hubei', '鄂'],
  ['43', '湖南', 'Hunan', '湘'],
  ['44', '广东', 'Guangdong', '粤'],
  ['45', '广西', 'Guangxi', '桂'],
  ['46', '海南', 'Hainan', '琼'],
  ['50', '重庆', 'Chongqing', '渝'],
  ['51', '四川', 'Sichuan', '川'],
  ['52', '贵州', 'Guizhou', '黔', '贵'],
  ['53', '云南', 'Yunnan', '云'],
  ['54', '西藏', 'Tibet', '藏'],
  ['61', '陕西', 'Shaanxi', '陕'],
  ['62', '甘肃', 'Gansu', '甘'],
  ['63', '青海', 'Qinghai', '青'],
  ['64', '宁夏', 'Ningxia', '宁'],
  ['65', '新疆', 'Xinjiang', '新'],
  ['71', '台湾', 'Taiwan'],
  ['81', '香港', 'Hong Kong'],
  ['82', '澳门', 'Macao'],
];

/** The province-level units of GB/T 2260, in the order of their codes. */
export const provinces: readonly Province[] = rows.map(([code, zh, en, caseCharacter = null, plateCharacter]) => ({
  code,
  zh,
  en,
  caseCharacter,
  plateCharacter: plateCharacter ?? caseCharacter,
}));

const byCode = new Map(provinces.map((province) => [province.code, province]));

export type Area = { readonly code: string; readonly known: boolean; readonly province: Province | null };

/**
 * Area of a GB/T 2260 code of 2, 4 or 6 digits; `known` speaks of the province only. Codes vanish from the official
 * lists while numbers made of them live on, so an unknown code is kept and never rejected.
 */
export function describeArea(text: string): Area {
  const code = foldCode(text);
  const province = /^(?:\d{2}){1,3}$/.test(code) ? (byCode.get(code.slice(0, 2)) ?? null) : null;
  return { code, known: province !== null, province };
}
