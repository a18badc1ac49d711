import type { ThemeConfig } from "antd";

/** The same tokens as app.css; derived colours that antd would muddy are set by hand. */
const base: ThemeConfig = {
  cssVar: { key: "liuke" },
  token: {
    colorPrimary: "#2F54C8",
    colorLink: "#2546AE",
    colorLinkHover: "#1B3790",
    colorText: "#1B2130",
    colorTextSecondary: "#566074",
    colorTextTertiary: "#626B7E",
    colorTextDescription: "#626B7E",
    colorTextQuaternary: "#6B7487",
    colorTextPlaceholder: "#626B7E",
    colorBorder: "#D7DCE5",
    colorBorderSecondary: "#E9ECF1",
    colorBgLayout: "#F5F6F8",
    colorError: "#C9252D",
    colorErrorText: "#A8071A",
    colorErrorBg: "#FDECEC",
    colorErrorBorder: "#F4C2C2",
    colorWarning: "#D46B08",
    colorWarningText: "#AD4E00",
    colorWarningBg: "#FFF4E8",
    colorWarningBorder: "#F8D9B5",
    colorSuccess: "#0B7A56",
    colorSuccessText: "#0B6B4F",
    colorSuccessBg: "#E8F6F0",
    colorSuccessBorder: "#BFE3D3",
    colorInfo: "#2F54C8",
    colorInfoBg: "#EDF1FC",
    colorInfoBorder: "#C9D5F5",
    borderRadius: 8,
    borderRadiusLG: 10,
    fontSize: 14,
    controlHeight: 34,
    fontFamily: "var(--font)",
    boxShadow: "0 8px 28px rgb(27 33 48 / 12%)",
    boxShadowSecondary: "0 8px 28px rgb(27 33 48 / 12%)",
    boxShadowTertiary: "none",
    wireframe: false,
  },
  components: {
    Button: {
      primaryShadow: "none",
      defaultShadow: "none",
      dangerShadow: "none",
      fontWeight: 500,
      defaultHoverColor: "#2546AE", // the lighter blue that antd derives is too pale for text
    },
    Table: { headerBg: "#FAFBFC", headerColor: "#566074", headerSplitColor: "transparent", rowHoverBg: "#F8FAFF" },
    Segmented: { trackBg: "#E9ECF1", itemSelectedColor: "#1B2130" },
    Slider: {
      trackBg: "#2F54C8",
      trackHoverBg: "#2546AE",
      handleColor: "#2F54C8",
      railBg: "#E9ECF1",
      railHoverBg: "#D7DCE5",
    },
    Tabs: { titleFontSize: 14 },
  },
};

/** On the phone every control, a small one too, is as high as a finger needs. */
const touch: ThemeConfig = { ...base, token: { ...base.token, controlHeight: 44, controlHeightSM: 44 } };

export const themeFor = (phone: boolean): ThemeConfig => (phone ? touch : base);
