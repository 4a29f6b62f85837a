/** Named by its hash in the policy of the page (http/security-headers.ts). */
export const signInStyle =
  'body{font:1rem/1.6 sans-serif;max-width:26rem;margin:4rem auto;padding:0 1rem}input,button{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;margin:.25rem 0}';

/** What an operator sees at `/ops/queues` before signing in. The token is posted, so it stands in no address. */
export const signInPage = `<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>运维登录 Operators</title>
<style>${signInStyle}</style></head>
<body><h1>队列 Queues</h1><form method="post" action="/ops/session">
<label for="token">运维令牌 Operator token</label><input id="token" name="token" type="password" autocomplete="off" required>
<button type="submit">登录 Sign in</button></form></body></html>
`;
