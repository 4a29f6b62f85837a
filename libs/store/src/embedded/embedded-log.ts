/** What the log may hold: own ids, counts, paths and codes. */
type Fields = Readonly<Record<string, string | number | boolean | null>>;
/** The part of a log that is used here; the platform's log fits. */
export type EmbeddedLog = {
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
};
