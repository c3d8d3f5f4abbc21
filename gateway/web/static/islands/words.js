// What islands say, in the language of the page: a message as it is in Chinese, `{1}` for the first of its values. In
// English `{1|person|people}` is what stands for one, and for any other number.
import { ENGLISH } from "./english.js";

const isEnglish = document.documentElement.lang === "en";
export const LOCALE = isEnglish ? "en-GB" : "zh-CN";

export function says(message, ...values) {
  const said = isEnglish ? (ENGLISH[message] ?? message) : message;
  const value = (place) => String(values[place - 1]);
  const formed = said.replace(/\{(\d)\|([^|}]*)\|([^|}]*)\}/g, (_, place, one, others) => (value(place) === "1" ? one : others));
  return formed.replace(/\{(\d)\}/g, (_, place) => value(place));
}
