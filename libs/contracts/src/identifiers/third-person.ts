import { maskThirdPartyName } from './mask.ts';

/** Words that only organisations have in their names, and endings that tell one from some length on. */
const organisation =
  /公司|银行|信用社|合作社|基金|集团|有限|委员会|法院|检察院|公安|\b(?:Ltd|Limited|Inc|LLC|Corp|Co|GmbH|AG|S\.?A|Bank|Trust|Fund)\b\.?/iu;
const organisationEnding = /[局厅院所厂店社行会部司处站校馆]$|中心|事务所|联合社|管理/u;
const shortestByEnding = 5; // 张行 is somebody, 某某区税务局 is not

/** Masked as a person unless the name shows that it is an organisation's: a pledgee bank must be found again. */
export function maskThirdPerson(name: string, kind: 'person' | 'organisation' | 'unknown'): string {
  if (kind === 'organisation') return name;
  if (kind === 'unknown' && isOrganisationName(name)) return name;
  return isMaskedName(name) ? name : maskThirdPartyName(name);
}

const isOrganisationName = (name: string): boolean =>
  organisation.test(name) || (Array.from(name).length >= shortestByEnding && organisationEnding.test(name));

/** As `maskThirdPartyName` leaves it, with the number that tells two of them apart. */
const isMaskedName = (name: string): boolean => /^.{0,2}\*(?:（\d+）)?$/u.test(name);
