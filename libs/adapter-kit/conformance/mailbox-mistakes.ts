import { noAnswer } from '#adapter-kit';
import type { Mailbox, Said } from '#contracts';
import { emptyAnswer, receiving, type Mistake, type Spoil } from './mistake.ts';

const withMailbox = (change: (mailbox: Mailbox) => Partial<Mailbox>): Spoil =>
  receiving((receive) => (request, mailbox, signal) => receive(request, { ...mailbox, ...change(mailbox) }, signal));

const asSent = (text: string): Uint8Array => Buffer.from(text, 'utf8');

const sameForAll = (said: Said): Spoil =>
  withMailbox((mailbox) => ({
    feedBack: (agencyId, fed, signal) => mailbox.feedBack(agencyId, { ...fed, said }, signal),
  }));

/** Mistakes of adapters that agencies call. */
export const mailboxMistakes: Readonly<Record<string, Mistake>> = {
  'has no door': {
    spoil: ({ session: { doorPaths: _doorPaths, ...rest } }) => ({ session: rest }),
    caughtBy: ['CT-04', 'CM-23'],
  },
  'hands a task out only once': {
    spoil: (() => {
      const seen = new Set<string>();
      return withMailbox((mailbox) => ({
        async handOut(...given) {
          const tasks = await mailbox.handOut(...given);
          return tasks.filter(({ requestNumber }) => !seen.has(requestNumber) && seen.add(requestNumber));
        },
      }));
    })(),
    caughtBy: ['CM-01'],
  },
  'forgets what was fed back': {
    spoil: withMailbox(() => ({ feedBack: async () => 'accepted' })),
    caughtBy: ['CM-01', 'FX-found'],
  },
  'opens every mailbox for everybody': {
    spoil: withMailbox((mailbox) => ({
      handOut: async (_, limit, signal) => [
        ...(await mailbox.handOut('bank.sample', limit, signal)),
        ...(await mailbox.handOut('bank.other', limit, signal)),
      ],
    })),
    caughtBy: ['CM-02'],
  },
  'does not look at the password': {
    spoil: receiving((receive) => (request, ...rest) => {
      const login = (request.headers['login'] ?? '').replace('B001:wrong', 'B001:secret-one');
      return receive({ ...request, headers: { ...request.headers, login } }, ...rest);
    }),
    caughtBy: ['CM-03'],
  },
  'says nothing at all to a wrong login': {
    spoil: receiving((receive) => async (...given) => {
      const reply = await receive(...given);
      return reply.status === 401 ? { status: 200, headers: {}, body: new Uint8Array(0) } : reply;
    }),
    caughtBy: ['CM-03'],
  },
  'hands out a name with a question mark in it': {
    spoil: withMailbox((mailbox) => ({
      handOut: async (...given) =>
        (await mailbox.handOut(...given)).map((task) => ({
          ...task,
          inquiry: {
            ...task.inquiry,
            debtor: { ...task.inquiry.debtor, name: task.inquiry.debtor.name.replace('𠮷', '?') },
          },
        })),
    })),
    caughtBy: ['CM-04'],
  },
  'does not say that a name cannot be sent': {
    spoil: ({ session: { unsendable: _unsendable, ...rest } }) => ({ session: rest }),
    caughtBy: ['CM-04'],
  },
  'refuses every name': {
    spoil: ({ session }) => ({
      session: { ...session, unsendable: () => noAnswer('identity-mismatch', { reasonCode: 'lossy-encoding' }) },
    }),
    caughtBy: ['CM-04'],
  },
  'takes an answer that nobody asked for': {
    spoil: withMailbox((mailbox) => ({
      find: async (agencyId, requestNumber, signal) =>
        (await mailbox.find(agencyId, requestNumber, signal)) ??
        (await mailbox.find('bank.other', requestNumber, signal)) ??
        (await mailbox.find('bank.sample', requestNumber, signal)),
      feedBack: (_, fed, signal) => mailbox.feedBack('bank.other', fed, signal),
    })),
    caughtBy: ['CM-10'],
  },
  'drops what it cannot read': {
    spoil: withMailbox(() => ({ quarantine: async () => undefined })),
    caughtBy: ['CM-10', 'CM-11', 'FX-not-xml', 'FX-unknown-number'],
  },
  'changes its mind the second time': {
    spoil: (() => {
      let times = 0;
      return withMailbox((mailbox) => ({
        feedBack: (agencyId, fed, signal) =>
          mailbox.feedBack(agencyId, (times += 1) % 2 === 1 ? fed : { ...fed, said: noAnswer('refused') }, signal),
      }));
    })(),
    caughtBy: ['CM-12'],
  },
  'tells a failure when the same answer comes twice': {
    spoil: receiving((receive) => async (...given) => {
      const reply = await receive(...given);
      const isRepeated = Buffer.from(reply.body).toString('latin1').includes('already');
      return isRepeated ? { ...reply, body: asSent('<result>fail</result>') } : reply;
    }),
    caughtBy: ['CM-12'],
  },
  'tells success before anything is kept': {
    spoil: receiving(
      (receive) => (request, mailbox, signal) =>
        receive(
          request,
          {
            ...mailbox,
            find: (...given) => mailbox.find(...given).catch(() => null),
            feedBack: async () => 'accepted',
            quarantine: async () => undefined,
          },
          signal,
        )
          .catch(() => ({ status: 200, headers: {}, body: asSent('<result>success</result>') }))
          .then((reply) => ({ ...reply, body: asSent('<result>success</result>') })),
    ),
    caughtBy: ['CM-13', 'FX-not-xml'],
  },
  'goes on when the caller has gone': {
    spoil: receiving((receive) => (request, mailbox) => receive(request, mailbox, new AbortController().signal)),
    caughtBy: ['CM-14'],
  },
  'takes whatever it cannot read for an empty answer': {
    spoil: receiving((receive, { agency }) => async (request, mailbox, signal) => {
      const reply = await receive(request, mailbox, signal);
      const isRefused = Buffer.from(reply.body).toString('latin1').includes('fail') && reply.status === 200;
      if (isRefused)
        await mailbox.feedBack(agency.agencyId, { requestNumber: '20261101000000000001', said: emptyAnswer }, signal);
      return reply;
    }),
    caughtBy: ['CM-11', 'CM-20', 'CM-21'],
  },
  'takes every answer for an empty one': {
    spoil: sameForAll(emptyAnswer),
    caughtBy: ['CM-21', 'FX-found', 'FX-failure'],
  },
  'names the debtor when it quarantines': {
    spoil: withMailbox((mailbox) => ({
      quarantine: (agencyId, paths, signal) => mailbox.quarantine(agencyId, [...paths, '张三'], signal),
    })),
    caughtBy: ['CM-22'],
  },
  'logs what it receives': {
    spoil: receiving((receive, { ports, options }) => async (request, ...rest) => {
      ports.log.warn('received', {
        body: options.decodeDoorReply?.({ status: 200, headers: {}, body: request.body }) ?? '',
      });
      return receive(request, ...rest);
    }),
    caughtBy: ['CM-22'],
  },
  'names another path than the one it serves': {
    spoil: ({ session }) => ({ session: { ...session, doorPaths: ['/doors/elsewhere'] } }),
    caughtBy: ['CM-23'],
  },
};
