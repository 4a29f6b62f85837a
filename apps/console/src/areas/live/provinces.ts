/**
 * One tile per province-level unit, as column and row from the top left; `code` is the first two digits of GB/T 2260,
 * `letter` the one used in case numbers. No map: no border is drawn (ux.md §10).
 */
export interface Province {
  readonly code: string;
  readonly letter: string;
  readonly zh: string;
  readonly en: string;
  readonly column: number;
  readonly row: number;
}

const rows: readonly (readonly [code: string, letter: string, zh: string, en: string, column: number, row: number])[] =
  [
    ['11', '京', '北京', 'Beijing', 7, 2],
    ['12', '津', '天津', 'Tianjin', 7, 3],
    ['13', '冀', '河北', 'Hebei', 6, 2],
    ['14', '晋', '山西', 'Shanxi', 5, 2],
    ['15', '内', '内蒙古', 'Inner Mongolia', 5, 1],
    ['21', '辽', '辽宁', 'Liaoning', 8, 2],
    ['22', '吉', '吉林', 'Jilin', 8, 1],
    ['23', '黑', '黑龙江', 'Heilongjiang', 8, 0],
    ['31', '沪', '上海', 'Shanghai', 7, 4],
    ['32', '苏', '江苏', 'Jiangsu', 6, 4],
    ['33', '浙', '浙江', 'Zhejiang', 6, 5],
    ['34', '皖', '安徽', 'Anhui', 5, 4],
    ['35', '闽', '福建', 'Fujian', 5, 6],
    ['36', '赣', '江西', 'Jiangxi', 5, 5],
    ['37', '鲁', '山东', 'Shandong', 6, 3],
    ['41', '豫', '河南', 'Henan', 5, 3],
    ['42', '鄂', '湖北', 'Hubei', 4, 4],
    ['43', '湘', '湖南', 'Hunan', 4, 5],
    ['44', '粤', '广东', 'Guangdong', 4, 6],
    ['45', '桂', '广西', 'Guangxi', 3, 6],
    ['46', '琼', '海南', 'Hainan', 3, 7],
    ['50', '渝', '重庆', 'Chongqing', 3, 4],
    ['51', '川', '四川', 'Sichuan', 2, 4],
    ['52', '黔', '贵州', 'Guizhou', 3, 5],
    ['53', '云', '云南', 'Yunnan', 2, 5],
    ['54', '藏', '西藏', 'Xizang', 0, 3],
    ['61', '陕', '陕西', 'Shaanxi', 4, 3],
    ['62', '甘', '甘肃', 'Gansu', 2, 2],
    ['63', '青', '青海', 'Qinghai', 1, 3],
    ['64', '宁', '宁夏', 'Ningxia', 3, 2],
    ['65', '新', '新疆', 'Xinjiang', 0, 2],
    ['71', '台', '台湾', 'Taiwan', 7, 6],
    ['81', '港', '香港', 'Hong Kong', 5, 7],
    ['82', '澳', '澳门', 'Macao', 4, 7],
  ];

/** In reading order: row by row, so that the keyboard goes the way the eye goes. */
export const provinces: readonly Province[] = rows
  .map(([code, letter, zh, en, column, row]) => ({ code, letter, zh, en, column, row }))
  .toSorted((one, other) => one.row - other.row || one.column - other.column);
