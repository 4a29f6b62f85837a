import { ProblemError } from '../http/problem-error.ts';

const faults = {
  'file-type': [
    'The file is neither a workbook (xlsx) nor readable text.',
    'Save it as .xlsx or .csv and send it again.',
  ],
  'too-large': ['The file is longer than 5 MB.', 'Remove what is not part of the list, or send it as several files.'],
  'archive-limits': [
    'The workbook unpacks to more than is taken, or is damaged.',
    'Copy the cells into a new workbook.',
  ],
  encoding: ['The text is neither UTF-8 nor GB 18030 throughout.', 'Save the table as CSV UTF-8, or as .xlsx.'],
  'csv-form': [
    'The table is not well formed: a quote is never closed, or a line is too long.',
    'Open it in a spreadsheet and save it again.',
  ],
  'no-headers': [
    'The first row holds a case or a person, and no headers: that row would be lost.',
    'Put the headers into the first row, like those of the template.',
  ],
  'no-rows': [
    'There is no row below the headers.',
    'Put the headers into the first row and one person into each row below.',
  ],
  'too-many-rows': ['There are more than 2,000 rows.', 'Send them as several files.'],
  'too-many-columns': ['There are more than 100 columns.', 'Remove the columns that are not needed.'],
} as const;
export type ImportFaultCode = keyof typeof faults;

/** The whole file cannot be read; said once, with where and why. Nothing of it is repeated. */
export function importFault(code: ImportFaultCode, line?: number): ProblemError {
  const [what, fix] = faults[code];
  const detail = line === undefined ? what : `Line ${line}: ${what}`;
  const type = code === 'file-type' ? 'unsupported-media-type' : 'validation';
  return new ProblemError(type, 'The file cannot be read as a list.', {
    errors: [{ pointer: '/file', code, detail, fix }],
  });
}
