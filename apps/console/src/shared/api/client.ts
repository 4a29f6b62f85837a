import { client } from '../../api/generated/client.gen.ts';
import { preferences } from '../preferences.ts';

let csrfToken: string | null = null;
/** Known from `GET /me`; goes with every request that changes something. */
export const setCsrfToken = (token: string | null): void => void (csrfToken = token);
export const csrfHeader = (): Record<string, string> => (csrfToken === null ? {} : { 'X-CSRF-Token': csrfToken });

const safe = new Set(['GET', 'HEAD']);

/** The generated client, for this origin: cookie, language, and the token against forged requests. */
export function configureClient(onSignedOut: () => void): void {
  client.setConfig({ baseUrl: window.location.origin, credentials: 'same-origin', throwOnError: true });
  client.interceptors.request.use((request) => {
    request.headers.set('accept-language', preferences().language);
    if (!safe.has(request.method))
      for (const [name, value] of Object.entries(csrfHeader())) request.headers.set(name, value);
    return request;
  });
  client.interceptors.response.use((response, request) => {
    if (response.status === 401 && !request.url.endsWith('/api/v1/me')) onSignedOut();
    return response;
  });
}
