import { join } from 'node:path';
import { endpointProblems } from '#contracts';
import type { ConfigProblem } from './config-problem.ts';
import type { Settings } from './environment.ts';
import type { Installation } from './installation.ts';

const mostProblems = 200;

/** What binds the files to each other and does not hold. Every check reads the whole installation. */
export function bindingProblems(installation: Installation, settings: Settings): ConfigProblem[] {
  const checks = [
    strayAgencies,
    uncountedPromises,
    missingCalendars,
    strayTokens,
    simulatedChannels,
    wrongEndpoints,
    strayCertificates,
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

const simulatedChannels: Check = ({ channels }, { configDir, simulatorsAllowed }) =>
  channels
    .filter(({ simulated, enabled }) => simulated && enabled && !simulatorsAllowed)
    .map(({ channelId }) =>
      problem(join(configDir, 'channels', `${channelId}.yaml`), 'simulated', {
        expected: 'false: production loads no simulated channel',
        fix: 'point CHAKONG_CONFIG_DIR at your own configuration',
      }),
    );

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
