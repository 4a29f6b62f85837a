/** A browser for tests: one cookie jar, redirects followed by hand, forms filled in. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Every address on the way here. */
  readonly way: readonly string[];
  json(): any;
}

export interface Going {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly form?: Record<string, string>;
  readonly body?: unknown;
  /** How many redirects are followed; the next one is the page. */
  readonly hops?: number;
}

export interface Browser {
  /** By host name, as browsers keep them: cookies know no ports. */
  readonly cookies: Map<string, Map<string, string>>;
  /** Attributes of every cookie as it was set last. */
  readonly attributes: Map<string, string>;
  go(url: string, going?: Going): Promise<Page>;
}

export function openBrowser(): Browser {
  const cookies = new Map<string, Map<string, string>>();
  const attributes = new Map<string, string>();
  const jarOf = (url: string) => {
    const { hostname } = new URL(url);
    const jar = cookies.get(hostname) ?? new Map<string, string>();
    cookies.set(hostname, jar);
    return jar;
  };
  const keep = (url: string, headers: Headers) => {
    for (const line of headers.getSetCookie()) {
      const [pair = ''] = line.split(';', 1);
      const name = pair.slice(0, pair.indexOf('='));
      attributes.set(name, line.slice(pair.length));
      const expires = /expires=([^;]+)/i.exec(line)?.[1];
      const isGone = /max-age=0(?:;|$)/i.test(line) || (expires !== undefined && Date.parse(expires) < Date.now());
      if (isGone) jarOf(url).delete(name);
      else jarOf(url).set(name, pair.slice(pair.indexOf('=') + 1));
    }
  };
  const send = async (url: string, { method = 'GET', headers = {}, form, body }: Going): Promise<Response> => {
    const cookie = [...jarOf(url)].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = form ? new URLSearchParams(form) : body === undefined ? null : JSON.stringify(body);
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        ...(cookie === '' ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: sent,
    });
    keep(url, response.headers);
    return response;
  };
  return {
    cookies,
    attributes,
    async go(url, going = {}) {
      const { hops = 10 } = going;
      const way = [url];
      let response = await send(url, going);
      for (let hop = 0; hop < hops && response.status >= 300 && response.status < 400; hop += 1) {
        const next = new URL(response.headers.get('location') ?? '', way.at(-1)).href;
        way.push(next);
        await response.arrayBuffer();
        response = await send(next, {});
      }
      const text = await response.text();
      const at = way.at(-1) ?? url;
      return { url: at, status: response.status, headers: response.headers, text, way, json: () => JSON.parse(text) };
    },
  };
}
