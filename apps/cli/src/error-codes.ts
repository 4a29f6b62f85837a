/** What `chakong help <code>` says: the codes of the command line's own errors. */
export const errorCodes: Readonly<Record<string, string>> = {
  settings:
    'A setting of the environment is not of the expected form. Every wrong one is named with where it came from; values are never printed.',
  configuration: 'A file below CHAKONG_CONFIG_DIR cannot be used. Every problem is named with file, line and column.',
  keys: 'The file of encryption keys is missing or malformed. Without the right key sealed data cannot be opened.',
  production: 'The production profile refuses simulators, generated keys and demo sign-ins.',
  'gateway-away':
    'Nothing answers at the address. Start the product with npm start, or name another gateway with --url or CHAKONG_URL.',
  'not-signed-in':
    'The token is missing, unknown or expired. Give --token-file with a file that holds one token (or the sign-ins file of npm start).',
  'no-token': 'No token was given. npm start prints the file with the demo sign-ins.',
  'keys-unnamed':
    'A signature is only worth as much as the key behind it. Fetch the key set of the gateway once, by a way you trust, and name it with --keys, or pin one key with --fingerprint.',
  'keys-unreadable': 'The file of --keys is not the key set that the gateway serves at /.well-known/chakong-keys.json.',
  'file-unreadable': 'The file cannot be read, is too large, or is not JSON.',
  'nothing-to-ask': 'Neither --file nor --requery was given, or no agency is left to ask.',
  'inquiry-file': 'The file of --file is not JSON of the expected form; docs/command-line.md has an example.',
  'pack-unreadable': 'A pack of the ledger is not of the form it is made in: it was damaged or changed.',
  'no-key': 'The file of --key holds no public key in PEM form.',
  'no-file': 'A file that was named cannot be read.',
  'no-database': 'The command looks at DATABASE_URL, and none is set.',
  'purpose-guard':
    'The inquiry lacks something the law or the court asks for: case in a state that allows it, debtor in the right role, legal document, officer, a reason for asking the same again. Each missing item is named.',
  'approval-required':
    'A second person of the court decides before this is sent. chakong inquire --file … --ask-approval asks for it (the file names the reason); an approver answers with chakong approvals decide. Naming an approver is no approval.',
};
