/** A seeded, realistic spread of answer times: most within half a second, a long tail, capped. In milliseconds. */
export function latenciesOf(
  count: number,
  { seed, capMs }: { readonly seed: number; readonly capMs: number },
): number[] {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 4_294_967_296;
  };
  return Array.from({ length: count }, () => {
    const normal = Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
    return Math.min(capMs, Math.exp(Math.log(200) + 0.9 * normal));
  });
}
