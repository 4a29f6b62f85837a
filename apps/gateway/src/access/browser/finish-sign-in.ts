import { hashToken, newId } from '#platform';
import type { SessionToOpen } from '#store';
import type { RegisteredOfficer } from '#contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Gateway } from '../../gateway.ts';
import { addressOf } from '../address.ts';
import type { RefusalCause } from '../refused.ts';
import { sessionEntry } from '../session-entry.ts';
import { waitSeconds } from '../sign-in.ts';
import type { Issuer, Proof } from './issuer.ts';
import { sidMarks, subMarks } from './marks.ts';
import { type RefusedPage, refusedPage } from './pages.ts';
import { markOf, openPending, type PendingSignIn, pendingSeconds } from './pending-sign-in.ts';
import { asFault, SignInFault } from './sign-in-fault.ts';

interface Visit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** `GET /auth/callback`: the browser is back from the provider. */
export async function finishSignIn(gateway: Gateway, issuer: Issuer, visit: Visit): Promise<void> {
  const { cookies, keyring, clock, store } = gateway;
  const { request, reply } = visit;
  const pending = openPending(keyring, request.cookies[cookies.signIn], clock.now());
  void reply.clearCookie(cookies.signIn, cookies.attributes);
  const callback = new URL(new URL(request.url, 'http://here').search, `${gateway.settings.publicUrl}/auth/callback`);
  if (!pending || callback.searchParams.get('state') !== pending.state)
    return refuse(gateway, visit, { page: 'lost', cause: 'state' });
  const until = new Date(pending.startedAtMs + pendingSeconds * 1_000);
  if (!(await store.usedMarks.use(markOf(pending), until)))
    return refuse(gateway, visit, { page: 'lost', cause: 'state' });
  const proof = await issuer.prove(callback, pending).catch(asFault);
  if (proof instanceof SignInFault) return refuseFault(gateway, visit, proof);
  const officer = personOf(gateway, proof.subject);
  if (!officer) return refuse(gateway, visit, { page: 'not-in-register', cause: 'not-in-register' });
  return letIn(gateway, visit, { proof, pending, officer, issuer: issuer.url });
}

const personOf = ({ people }: Gateway, subject: string): RegisteredOfficer | null =>
  people.all.find((officer) => (officer.subject ?? officer.userId) === subject) ?? null;

function refuseFault(gateway: Gateway, visit: Visit, { kind, code }: SignInFault): Promise<void> {
  gateway.log.warn('sign-in.failed', { requestId: visit.request.id, kind, code });
  return refuse(gateway, visit, { page: kind, cause: kind === 'id-token' ? 'id-token' : null });
}

interface Refusal {
  readonly page: RefusedPage;
  /** Null: nobody's failure. */
  readonly cause: RefusalCause | null;
}

async function refuse(gateway: Gateway, { request, reply }: Visit, { page, cause }: Refusal): Promise<void> {
  const from = { way: 'sign-in', address: addressOf(request.ip) } as const;
  const until = cause === null ? null : await gateway.guard.failed(from, cause);
  await sendRefusal(
    reply,
    until === null ? page : 'locked-out',
    until === null ? null : waitSeconds(until, gateway.clock.now()),
  );
}

export async function sendRefusal(reply: FastifyReply, why: RefusedPage, retryAfter: number | null): Promise<void> {
  const { status, html } = refusedPage(why);
  if (retryAfter !== null) reply.header('retry-after', String(retryAfter));
  await reply.code(status).type('text/html; charset=utf-8').send(html);
}

interface LetIn {
  readonly proof: Proof;
  readonly pending: PendingSignIn;
  readonly officer: RegisteredOfficer;
  readonly issuer: string;
}

/** A new session with a new secret at every sign-in: what a browser had before is worth nothing afterwards. */
async function letIn(gateway: Gateway, { request, reply }: Visit, { proof, pending, officer, issuer }: LetIn) {
  const { cookies, store, people, settings, keyring } = gateway;
  const secret = cookies.newSecret();
  const before = request.cookies[cookies.session];
  const at = gateway.clock.now();
  const endsAt = new Date(at.getTime() + settings.sessionHours * 3_600_000);
  const toOpen: SessionToOpen = {
    sessionId: newId('ses'),
    sessionHash: hashToken(secret),
    userId: officer.userId,
    authenticatedAt: proof.authenticatedAt,
    idleEndsAt: new Date(Math.min(at.getTime() + settings.sessionIdleMinutes * 60_000, endsAt.getTime())),
    endsAt,
    sidMark: proof.sid === null ? null : sidMarks(keyring, issuer, proof.sid)[0],
    subMark: subMarks(keyring, issuer, proof.sub)[0],
    idToken: proof.idToken,
    at,
    replacedHash: before === undefined ? null : hashToken(before),
  };
  const address = addressOf(request.ip);
  await store.sessions.open(toOpen, {
    entryOf: sessionEntry(people, { action: 'session.opened', address, detail: { fresh: pending.fresh } }),
    replacedEntryOf: sessionEntry(people, { action: 'session.closed', address, detail: { cause: 'replaced' } }),
  });
  const maxAge = settings.sessionHours * 3_600;
  await reply.setCookie(cookies.session, secret, { ...cookies.attributes, maxAge }).redirect(pending.returnTo, 303);
}
