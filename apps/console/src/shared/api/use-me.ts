import { useQuery } from '@tanstack/react-query';
import { meReadOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { Me } from '../../api/generated/types.gen.ts';

/** Who is signed in; an error with status 401 when nobody is. */
export const useMe = () => useQuery({ ...meReadOptions(), staleTime: 60_000, retry: false });

export const mayIn = (me: Me | undefined, scope: string): boolean => me?.scopes.includes(scope) ?? false;

/** Whether the person has a scope; what they may do with a row is asked of `useAbility`. */
export function useMay(): (scope: string) => boolean {
  const { data } = useMe();
  return (scope) => mayIn(data, scope);
}
