// What islands say, in the language of the page: a message as it is in Chinese, `{1}` for the first of its values.
import { ENGLISH } from "./english.js";

const isEnglish = document.documentElement.lang === "en";
export const LOCALE = isEnglish ? "en-GB" : "zh-CN";

export function says(message, ...values) {
  const said = isEnglish ? (ENGLISH[message] ?? message) : message;
  return said.replace(/\{(\d)\}/g, (_, place) => values[place - 1]);
}
