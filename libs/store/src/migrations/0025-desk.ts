import { statements } from './statements.ts';

/** What is looked for by its number is found along an index. */
export const deskMigration = statements(
  'CREATE INDEX cases_of_number ON cases (case_number)',
  'CREATE INDEX mailbox_tasks_of_number ON mailbox_tasks (request_number)',
);
