import { TextDecoder, TextEncoder } from 'node:util';

// What every browser has and the document of the specs lacks.
const silent = () => undefined;
class NoObserver {
  observe = silent;
  unobserve = silent;
  disconnect = silent;
}
const media = {
  matches: false,
  addListener: silent,
  removeListener: silent,
  addEventListener: silent,
  removeEventListener: silent,
};
Object.assign(globalThis, { TextDecoder, TextEncoder, ResizeObserver: NoObserver, matchMedia: () => media });
// the document has no pseudo elements, and says so every time it is asked for the style of one
const { getComputedStyle } = globalThis;
globalThis.getComputedStyle = (element) => getComputedStyle(element);
