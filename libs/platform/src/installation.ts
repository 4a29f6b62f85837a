import {
  type Agency,
  type ChannelConfig,
  type Court,
  type PurposePolicy,
  type RegisteredOfficer,
  type TokenEntry,
  type WorkCalendar,
  workingClock,
  type WorkingClock,
} from '#contracts';

/** Everything the files in `CHAKONG_CONFIG_DIR` say, and who may sign in. */
export type Installation = {
  readonly channels: readonly ChannelConfig[];
  readonly agencies: readonly Agency[];
  /** One tree. */
  readonly courts: readonly Court[];
  readonly officers: readonly RegisteredOfficer[];
  readonly tokens: readonly TokenEntry[];
  readonly calendars: readonly WorkCalendar[];
  readonly purposePolicy: PurposePolicy;
};

/** The clocks of the channels that have service hours, by channel id. */
export function channelClocks({
  channels,
  calendars,
}: Pick<Installation, 'channels' | 'calendars'>): ReadonlyMap<string, WorkingClock> {
  const byId = new Map(calendars.map((calendar) => [calendar.calendarId, calendar]));
  return new Map(
    channels.flatMap(({ channelId, service }) => {
      const calendar = service === null ? undefined : byId.get(service.calendar);
      return service === null || calendar === undefined ? [] : [[channelId, workingClock(service, calendar)] as const];
    }),
  );
}
