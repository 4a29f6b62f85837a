const says = {
  'no-data-key': 'No data key is in use: the table of data keys was not read yet.',
  'wrapping-key-unknown':
    'A data key is wrapped by a key that this process does not have; give it back and start again.',
  'wrapped-key-broken': 'A wrapped data key does not open: another key has this id, or the row was changed.',
  'keyring-unreadable': 'The keyring was changed and cannot be used; mend the file.',
  'key-command-failed': 'The key command ended with an error.',
  'key-command-timed-out': 'The key command did not answer in time and was ended.',
  'key-command-too-long': 'The key command wrote more than is allowed and was ended.',
  'key-command-garbled': 'The key command answered with something else than what was asked for.',
} as const;

/** A key cannot be had. Names ids at most, never a secret, and nothing that a key command wrote. */
export class KeyFault extends Error {
  override readonly name = 'KeyFault';
  readonly code: keyof typeof says;

  constructor(code: keyof typeof says, id: string | null = null) {
    super(`${says[code]} (${code}${id === null ? '' : `, ${id}`})`);
    this.code = code;
  }
}
