/**
 * Sum of weight × value over the characters of a number without its check character.
 *
 * @throws RangeError if the number of characters is not the number of weights, or a character has no value
 */
export function weightedSum(
  characters: string,
  weights: readonly number[],
  valueOf: (character: string) => number | undefined,
): number {
  if (characters.length !== weights.length) throw new RangeError(`expected ${weights.length} characters`);
  return weights.reduce((sum, weight, index) => {
    const value = valueOf(characters.charAt(index));
    if (value === undefined) throw new RangeError(`character ${index + 1} is outside the alphabet`);
    return sum + weight * value;
  }, 0);
}

/** The value of a character is its place in the alphabet. */
export function placeIn(alphabet: string): (character: string) => number | undefined {
  const places = new Map(Array.from(alphabet, (character, place) => [character, place] as const));
  return (character) => places.get(character);
}
