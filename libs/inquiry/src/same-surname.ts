/** Surnames of two characters (复姓) that are still common; every other one is the first character. */
const doubleSurnames = [
  ...['欧阳', '上官', '司马', '诸葛', '东方', '皇甫', '尉迟', '公孙', '慕容', '令狐', '宇文', '长孙', '司徒', '夏侯'],
  ...['轩辕', '端木', '独孤', '南宫', '申屠', '太史', '澹台', '呼延', '赫连', '钟离', '闻人', '淳于'],
];

const surnameOf = (name: string): string =>
  doubleSurnames.find((each) => name.startsWith(each)) ?? Array.from(name)[0]?.toLowerCase() ?? '';

/** Whether two persons bear one surname: a look-up of a relative is a case for the auditor (domain.md §9.2). */
export function sameSurname(one: string, other: string): boolean {
  const surname = surnameOf(one.normalize('NFC').trim());
  return surname !== '' && surname === surnameOf(other.normalize('NFC').trim());
}
