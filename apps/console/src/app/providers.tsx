import { legacyLogicalPropertiesTransformer, StyleProvider } from '@ant-design/cssinjs';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import type { ReactElement, ReactNode } from 'react';
import { statusOf } from '../shared/api/problem.ts';
import { usePreferences } from '../shared/preferences.ts';
import { styleNonce } from './place.ts';
import { themeOf } from './theme.ts';

/** A refusal is an answer: only what may be another thing the next time is asked twice more. */
const worthTrying = (failures: number, error: unknown): boolean => {
  const status = statusOf(error);
  return failures < 2 && (status === null || status >= 500);
};

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: worthTrying, staleTime: 5_000, refetchOnWindowFocus: false } },
});

/** The component library says 暂无数据 for every cause; here nothing may be empty without its reason (V-10). */
function refuseEmpty(name?: string): ReactNode {
  if (import.meta.env.DEV && (name === 'Table' || name === 'List')) throw new Error(`${name}: say why it is empty`);
  return <span aria-hidden="true">–</span>;
}

const nonce = styleNonce();

export function Providers({ children }: { readonly children: ReactNode }): ReactElement {
  const preferences = usePreferences();
  return (
    <StyleProvider hashPriority="high" transformers={[legacyLogicalPropertiesTransformer]}>
      <ConfigProvider
        theme={themeOf(preferences)}
        locale={preferences.language === 'en' ? enUS : zhCN}
        renderEmpty={refuseEmpty}
        wave={{ disabled: true }}
        button={{ autoInsertSpace: false }}
        {...(nonce === undefined ? {} : { csp: { nonce } })}
      >
        <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
      </ConfigProvider>
    </StyleProvider>
  );
}
