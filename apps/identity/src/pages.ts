import type { RegisteredOfficer, RoleName } from '#contracts';
import { escapeHtml } from '#platform';

/** Pages without script; the style is a file of its own, so that nothing inline is needed. */

export const stylesheet = `body{font:1rem/1.6 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;color:#1d2733;background:#f6f7f9}
h1{font-size:1.4rem;margin:0}.note{color:#5a6675;margin:.2rem 0 1.5rem}
.people{display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:.8rem}
button{font:inherit;text-align:left;width:100%;height:100%;padding:.8rem 1rem;border:1px solid #cfd6de;border-radius:.5rem;background:#fff;cursor:pointer}
button:hover,button:focus-visible{border-color:#1f5fbf;outline:2px solid #1f5fbf33}
strong,span{display:block}strong{font-size:1.15rem}.role{color:#1f5fbf}.court,small{color:#5a6675}
`;

const page = (title: string, body: string): string => `<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="stylesheet" href="/style.css"></head><body>${body}</body></html>
`;

const roleWords: Readonly<Record<RoleName, string>> = {
  officer: '执行员 Officer',
  approver: '审批人 Approver',
  'court-admin': '法院管理员 Court administrator',
  ops: '运维 Operations',
  auditor: '审计员 Auditor',
  integrator: '接入开发者 Integrator',
  wallboard: '大屏 Wallboard',
  clerk: '机构经办人 Agency clerk',
};

export type DemoPerson = Pick<RegisteredOfficer, 'userId' | 'name' | 'courtName' | 'roles' | 'subject'>;

/** One button per person. */
export const pickerPage = (uid: string, people: readonly DemoPerson[]): string =>
  page(
    '演示登录 Demo sign-in',
    `<h1>您是哪一位？ Who are you?</h1><p class="note">演示登录，人员均为虚构；生产环境不会启动。<br><span lang="en">Demo sign-in with invented people. It does not start in production.</span></p>
<form class="people" method="post" action="/sign-in/${escapeHtml(uid)}">${people.map(button).join('')}</form>`,
  );

const button = ({ userId, name, courtName, roles }: DemoPerson): string =>
  `<button name="person" value="${escapeHtml(userId)}"><strong>${escapeHtml(name)}</strong><span class="role">${roles.map((role) => roleWords[role]).join(' · ')}</span><span class="court">${escapeHtml(courtName)}</span></button>`;

/** @param form of the provider, with the hidden field that binds it to this browser */
export const signOutPage = (form: string): string =>
  page(
    '退出 Sign out',
    `<h1>同时退出演示登录？ Sign out of the demo sign-in too?</h1>${form}
<p class="people"><button autofocus type="submit" form="op.logoutForm" name="logout" value="yes"><strong>退出 Sign out</strong></button><button type="submit" form="op.logoutForm"><strong>保持登录 Stay</strong></button></p>`,
  );

export const messagePage = (zh: string, en: string): string =>
  page('演示登录 Demo sign-in', `<h1>${escapeHtml(zh)}</h1><p lang="en">${escapeHtml(en)}</p>`);
