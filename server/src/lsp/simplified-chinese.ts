export { default as simplifiedChinese } from "../../../l10n/bundle.l10n.zh-cn.json";
