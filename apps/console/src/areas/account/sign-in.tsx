import type { ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import { profile, signInOffered } from '../../app/place.ts';
import { returnPath } from './return-path.ts';
import { SignInView } from './sign-in-view.tsx';

/** S01: the way in. Nothing is typed here; the provider of the court asks who it is. */
export function SignIn(): ReactElement {
  const [search] = useSearchParams();
  const asked = search.get('return');
  return (
    <SignInView
      offered={signInOffered()}
      demo={profile() !== 'production'}
      ended={asked !== null}
      href={`/auth/sign-in?returnTo=${encodeURIComponent(returnPath(asked))}`}
    />
  );
}
