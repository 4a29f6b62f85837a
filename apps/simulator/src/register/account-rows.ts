import type { Agency } from '#contracts';
import type { Account } from '../world/accounts.ts';
import { kindOfId, registeredName, shortForm, thirdPartyId, thirdPartyName, worldKey } from '../world/person.ts';
import type { Scenario } from '../world/scenario.ts';
import { xmlText } from '../xml-tree.ts';
import { currencyAtRegister } from '../world/register-channels.ts';

/** Whose accounts a register tells, and in which scenario. */
export interface Telling {
  readonly agency: Agency;
  readonly idNumber: string;
  readonly schemes: { readonly person: string; readonly company: string };
  readonly investigation: string;
  readonly at: string;
  readonly scenario: Scenario;
}

/** The accounts as a supl.027 (iso20022-auth.md §4.1): no balances, those are none of a register's business. */
export function accountsDocument(accounts: readonly Account[], telling: Telling): string {
  const told = telling.scenario === 'empty-list' ? [] : accounts;
  const body = [
    xmlText('InvstgtnId', telling.investigation),
    xmlText('CreDtTm', telling.at),
    `<AcctSvcrId><FinInstnId><Othr>${xmlText('Id', telling.agency.code)}</Othr></FinInstnId></AcctSvcrId>`,
    ...told.map((account) => accountRow(account, telling)),
  ];
  return `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:supl.027.001.01"><InfRspnSD1>${body.join('')}</InfRspnSD1></Document>`;
}

function accountRow(account: Account, telling: Telling): string {
  const { scenario } = telling;
  const openedOn = scenario === 'bad-date' ? '2019-04-45' : account.openedOn;
  const fields = [
    `<Id><Othr>${xmlText('Id', account.number)}</Othr></Id>`,
    xmlText('Sts', account.closedOn === null ? 'ENAB' : 'DELE'),
    xmlText('Ccy', currencyAtRegister(account)),
    scenario === 'client-money' ? xmlText('AcctPurp', 'customer_asset_account') : '',
    account.closedOn === null ? '' : xmlText('ClsgDt', account.closedOn),
  ];
  const tag = scenario === 'renamed-field' ? 'Account' : 'Acct';
  const opened = openedOn === null ? '' : xmlText('AddtlInf', openedOn);
  return `<AcctAndPties><${tag}>${fields.join('')}</${tag}>${rolesOf(account, telling)}${opened}</AcctAndPties>`;
}

function rolesOf(account: Account, telling: Telling): string {
  const { idNumber, scenario } = telling;
  const key = worldKey(idNumber);
  const stranger = {
    name: thirdPartyName('register', account.number),
    idNumber: thirdPartyId('register', account.number),
  };
  if (scenario === 'other-person') return roleOf(stranger, 'OWNE', telling);
  const debtor = { name: registeredName(key), idNumber: scenario === 'old-id' ? shortForm(key) : key };
  if (scenario === 'access-only') return roleOf(stranger, 'OWNE', telling) + roleOf(debtor, 'ACCE', telling);
  const others = scenario === 'co-owners' ? roleOf(stranger, 'OWNE', telling) : '';
  return roleOf(debtor, 'OWNE', telling) + others;
}

interface Person {
  readonly name: string;
  readonly idNumber: string;
}

function roleOf({ name, idNumber }: Person, role: 'OWNE' | 'ACCE', { schemes }: Telling): string {
  const isPerson = kindOfId(idNumber) === 'natural';
  const scheme = `<SchmeNm>${xmlText('Cd', isPerson ? schemes.person : schemes.company)}</SchmeNm>`;
  const tag = isPerson ? 'PrvtId' : 'OrgId';
  const id = `<Id><${tag}><Othr>${xmlText('Id', idNumber)}${scheme}</Othr></${tag}></Id>`;
  const kind = `<Prtry>${xmlText('Id', role)}<SchmeNm>RLTP</SchmeNm></Prtry>`;
  return `<Role><Pty>${xmlText('Nm', name)}${id}</Pty><OwnrTp><Tp>TRUS</Tp>${kind}</OwnrTp></Role>`;
}
