import type { Story } from '../../app/story.ts';
import { SignInView } from './sign-in-view.tsx';

const href = '/auth/sign-in';

export const stories: readonly Story[] = [
  { id: 'account/sign-in/demo', bare: true, render: () => <SignInView offered demo ended={false} href={href} /> },
  {
    id: 'account/sign-in/production',
    bare: true,
    render: () => <SignInView offered demo={false} ended={false} href={href} />,
  },
  {
    id: 'account/sign-in/session-ended',
    bare: true,
    render: () => <SignInView offered demo={false} ended href={href} />,
  },
  {
    id: 'account/sign-in/no-provider',
    bare: true,
    render: () => <SignInView offered={false} demo={false} ended={false} href={href} />,
  },
];
