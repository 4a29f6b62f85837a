/** For somebody who has nothing but the pack: how it is checked, with or without this product. */
export const packManual = `AUDIT PACK OF A CHAKONG GATEWAY (查控网关审计包)

pack.json          which rows, and where the chain ended when the pack was made
keys/*.pem         public keys (Ed25519) that sign checkpoints
checkpoints.jsonl  signed checkpoints, one {"jws": "..."} a line (JWS compact, EdDSA)
rows.jsonl         the rows, one JSON document a line:
  seq       number of the row; rows are numbered without gaps, beginning with 1
  body      the event, as the text that was hashed (canonical JSON, RFC 8785);
            null: you may not see it, but the chain still goes through it
  previous  hash of the row before (sha256: and 64 zeros before the first)
  hash      sha256: or sm3: over body in UTF-8
  told      reason and salt, where reasons were asked for

To check it:
  chakong audit verify --file this.zip --key the-key-you-trust.pem

To check it without this product, for every row in order:
  1. seq is the number before plus one, and body.seq is the same number;
  2. hash is the hash of body; previous and body.previous are the hash of the row before;
  3. where told is given, body.reasonDigest is the hash of {"reason": ..., "salt": ...} (keys in this order, no spaces);
  4. for every checkpoint: its signature fits a key that you trust, and the row with its seq has its hash.
Only checkpoints that you kept yourself, or whose key you trust for other reasons than this pack,
prove that the whole chain was not written anew.

Rows name persons only by ids and blind indexes. Keep the pack as you would keep the files of the cases.
`;
