import type { ThemeConfig } from 'antd';
import type { Preferences } from '../shared/preferences.ts';

/** Fonts that are on the machine; nothing is loaded from elsewhere (ux.md §13). */
const fonts =
  '"Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei","Noto Sans CJK SC","SimSun-ExtB","MingLiU-ExtB",sans-serif';

/** Tokens of the component library. Verdicts have colours of their own (shared/verdict/verdict.css). */
export const themeOf = ({ textScale, reducedMotion }: Preferences): ThemeConfig => ({
  zeroRuntime: false,
  token: {
    colorPrimary: '#1d4ed8',
    colorPrimaryHover: '#1e40af',
    colorPrimaryActive: '#1e3a8a',
    colorLink: '#1d4ed8',
    colorLinkHover: '#1e40af',
    colorInfo: '#1d4ed8',
    colorError: '#b91c1c',
    colorWarning: '#b45309',
    colorSuccess: '#1d4ed8', // nothing is green here: good news to one party is bad news to the other
    colorText: '#0f172a',
    colorTextSecondary: '#475569',
    colorTextTertiary: '#5b677a',
    colorTextDescription: '#5b677a',
    colorTextPlaceholder: '#5b677a',
    colorTextDisabled: '#64748b',
    colorBorder: '#94a3b8',
    borderRadius: 4,
    fontFamily: fonts,
    fontSize: Math.round((14 * textScale) / 100),
    controlHeight: Math.round((34 * textScale) / 100),
    motion: !reducedMotion,
  },
  components: {
    Layout: { headerBg: '#0b1f4b', headerColor: '#ffffff', siderBg: '#ffffff', bodyBg: '#f6f7f9' },
    Menu: { itemSelectedBg: '#eff6ff', itemSelectedColor: '#1d4ed8' },
    Table: { headerBg: '#f1f5f9', headerColor: '#334155', cellPaddingBlock: 8 },
  },
});
