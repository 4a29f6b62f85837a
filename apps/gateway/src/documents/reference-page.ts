/** The reader's settings: no fonts, no proxy, no figures from or to anywhere else. */
const settings = JSON.stringify({
  url: '/api/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
}).replaceAll('"', '&quot;');

/** One page whose only script is served beside it. */
export const referencePage = `<!doctype html>
<html lang="zh">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>查控网关 API</title></head>
<body><script id="api-reference" data-configuration="${settings}"></script><script src="/api/reference/standalone.js"></script></body>
</html>
`;
