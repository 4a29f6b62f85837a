import { join } from 'node:path';
import { endpointProblems } from '#contracts';
import type { ConfigProblem } from './config-problem.ts';
import type { Settings } from './environment.ts';
import type { Installation } from './installation.ts';

const mostProblems = 200;

/** What binds the files to each other and does not hold. Every check reads the whole installation. */
export function bindingProblems(installation: Installation, settings: Settings): ConfigProblem[] {
  const checks = [
    ...[strayAgencies, uncountedPromises, missingCalendars, strayTokens, demoTokens, sharedSubjects],
    ...[strayRegistrations, strayCourts, simulatedChannels, wrongEndpoints, strayCertificates],
  ];
  return checks.flatMap((check) => check(installation, settings)).slice(0, mostProblems);
}

type Check = (installation: Installation, settings: Settings) => ConfigProblem[];

const problem = (
  file: string,
  path: string,
  more: { readonly expected: string; readonly fix: string },
): ConfigProblem => ({ file, line: null, column: null, path, ...more });

const strayAgencies: Check = ({ agencies, channels }, { configDir }) => {
  const channelIds = new Set(channels.map(({ channelId }) => channelId));
  return agencies
    .filter(({ channelId }) => channelId !== null && !channelIds.has(channelId))
    .map(({ agencyId }) =>
      problem(join(configDir, 'agencies'), `${agencyId}.channelId`, {
        expected: 'the id of a file in channels/, or empty',
        fix: 'add the channel or correct the id',
      }),
    );
};

const uncountedPromises: Check = ({ agencies, channels }, { configDir }) => {
  const withHours = new Set(channels.flatMap(({ channelId, service }) => (service === null ? [] : [channelId])));
  return agencies
    .filter(
      ({ channelId, promisedWorkingDays = null }) => promisedWorkingDays !== null && !withHours.has(channelId ?? ''),
    )
    .map(({ agencyId }) =>
      problem(join(configDir, 'agencies'), `${agencyId}.promisedWorkingDays`, {
        expected: 'a channel with service hours, by which working days are counted',
        fix: 'give the channel its service hours, or promise a time in promisedMs',
      }),
    );
};

const missingCalendars: Check = ({ channels, calendars }, { configDir }) => {
  const calendarIds = new Set(calendars.map(({ calendarId }) => calendarId));
  return channels
    .filter(({ service }) => service !== null && !calendarIds.has(service.calendar))
    .map(({ channelId }) =>
      problem(join(configDir, 'channels', `${channelId}.yaml`), 'service.calendar', {
        expected: 'the id of a file in calendars/',
        fix: 'add the calendar or correct the id',
      }),
    );
};

const strayTokens: Check = ({ tokens, officers }, { tokensFile }) => {
  const userIds = new Set(officers.map(({ userId }) => userId));
  return tokens
    .filter(({ userId }) => !userIds.has(userId))
    .map(({ tokenId }) =>
      problem(tokensFile ?? '', `${tokenId}.userId`, {
        expected: 'a userId of officers.yaml',
        fix: 'add the person or remove the token',
      }),
    );
};

const demoTokens: Check = ({ tokens }, { tokensFile, simulatorsAllowed }) =>
  tokens
    .filter(({ demo }) => demo === true && !simulatorsAllowed)
    .map(({ tokenId }) =>
      problem(tokensFile ?? '', `${tokenId}.demo`, {
        expected: 'no token of the demo: production lets none of them in',
        fix: 'point CHAKONG_TOKENS_FILE at tokens of your own',
      }),
    );

/** Two people behind one subject would be one person at the sign-in. */
const sharedSubjects: Check = ({ officers }, { configDir }) => {
  const bySubject = Map.groupBy(officers, ({ subject, userId }) => subject ?? userId);
  return [...bySubject.values()].flatMap(([, ...others]) =>
    others.map(({ userId }) =>
      problem(join(configDir, 'officers.yaml'), `${userId}.subject`, {
        expected: 'a subject that nobody else has, also not as userId',
        fix: 'write down how the provider names this person',
      }),
    ),
  );
};

const simulatedChannels: Check = ({ channels }, { configDir, simulatorsAllowed }) =>
  channels
    .filter(({ simulated, enabled }) => simulated && enabled && !simulatorsAllowed)
    .map(({ channelId }) =>
      problem(join(configDir, 'channels', `${channelId}.yaml`), 'simulated', {
        expected: 'false: production loads no simulated channel',
        fix: 'point CHAKONG_CONFIG_DIR at your own configuration',
      }),
    );

/** A registration that names nothing would silently register nobody. */
const strayRegistrations: Check = ({ officers, agencies, channels }, { configDir }) => {
  const known = new Set([...agencies.map(({ agencyId }) => agencyId), ...channels.map(({ channelId }) => channelId)]);
  return officers.flatMap(({ userId, registrations }) =>
    registrations
      .flatMap(({ agencyIds, channelIds }) => [...agencyIds, ...channelIds])
      .filter((id) => !known.has(id))
      .map((id) =>
        problem(join(configDir, 'officers.yaml'), `${userId}.registrations ${id}`, {
          expected: 'an agency or channel of this configuration',
          fix: 'correct the id or remove it',
        }),
      ),
  );
};

/** Rules for a court that nobody belongs to hold for nobody: mostly a code that was mistyped. */
const strayCourts: Check = ({ officers, purposePolicy }, { configDir }) => {
  const courts = new Set(officers.map(({ courtCode }) => courtCode));
  const codes = purposePolicy.courts.map(({ courtCode }) => courtCode);
  return codes
    .filter((code, at) => !courts.has(code) || codes.indexOf(code) !== at)
    .map((code) =>
      problem(join(configDir, 'purpose-policy.yaml'), `courts ${code}`, {
        expected: 'a court of officers.yaml, each once',
        fix: 'correct the code or remove the entry',
      }),
    );
};

/** Channels that are switched off are read too: they are switched on one day. */
const wrongEndpoints: Check = ({ channels }, { configDir, simulatorsAllowed }) =>
  channels.flatMap((channel) =>
    endpointProblems(channel, simulatorsAllowed).map(({ path, expected, fix }) =>
      problem(join(configDir, 'channels', `${channel.channelId}.yaml`), path, { expected, fix }),
    ),
  );

const strayCertificates: Check = ({ channels, agencies }, { configDir, doorsClientCaFile }) => {
  const channelOf = new Map(agencies.map(({ agencyId, channelId }) => [agencyId, channelId]));
  return channels.flatMap(({ channelId, clientCertificates }) => [
    ...(clientCertificates.length > 0 && doorsClientCaFile === null
      ? [
          problem(join(configDir, 'channels', `${channelId}.yaml`), 'clientCertificates', {
            expected: 'authorities by which they are checked',
            fix: 'set CHAKONG_DOORS_CLIENT_CA_FILE',
          }),
        ]
      : []),
    ...clientCertificates.flatMap(({ agencyId }, index) =>
      channelOf.get(agencyId) === channelId
        ? []
        : [
            problem(join(configDir, 'channels', `${channelId}.yaml`), `clientCertificates.${index}.agencyId`, {
              expected: 'an agency of this channel',
              fix: 'correct the id, or remove the certificate',
            }),
          ],
    ),
  ]);
};
