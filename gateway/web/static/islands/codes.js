// What a text that was scanned or typed may be: the code of a seat, or somebody's own, which is good for two minutes.

const WHOLE = 16; // Letters of a seat's code.
const OWN = /^[\w.=-]{30,300}$/;

// {seat_code} | {own_code}; null for what is neither, as a link on a poster.
export function meant(text, letters) {
  const code = asWritten(text);
  if (/^[A-Z2-7]+$/.test(code) && [letters, WHOLE].includes(code.length)) return { seat_code: code };
  return OWN.test(text.trim()) ? { own_code: text.trim() } : null;
}

// The alphabet has neither 0, 1 nor 8: who writes one means what looks like it.
function asWritten(text) {
  const letters = text.toUpperCase().replace(/[\s-]/g, "");
  return letters.replaceAll("0", "O").replaceAll("1", "I").replaceAll("8", "B");
}
