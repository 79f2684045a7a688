// A pattern of Java, as phones take `regex()`: it has to fit a text from end to end. ODK Web Forms looks for it anywhere in the text and
// reads it as JavaScript does, to which `\p{L}`, `(?i)` and `\A` mean other things.

const PIECE = new RegExp(
  [
    String.raw`\\Q(?<quoted>[^]*?)(?:\\E|$)`,
    String.raw`\\(?<kind>[pP])(?:\{(?<inverted>\^?)(?<name>[\w=]+)\}|(?<letter>\w))`,
    String.raw`\\(?<sign>.)`,
    String.raw`\(\?(?<flag>[a-z]+)\)`,
    String.raw`(?<count>\{\d+(?:,\d*)?\}|[*+?])(?<more>[+?]?)`,
    String.raw`(?<opening>\[\^?)(?<first>\]?)`,
    String.raw`(?<closing>[\]}])`,
    String.raw`(?<crossing>&&)`,
  ].join("|"),
  "gs",
);
const SIGNS = /[\\^$.*+?()[\]{}|/]/g;
const MEANT = /[\\^$.*+?()[\]{}|/dDwWSbBnrtfv0-9cxuk]/; // what a backslash may stand before in JavaScript
const BLANKS = String.raw` \t\n\x0B\f\r`;
const SAID_OTHERWISE = { A: "^", z: "$", Z: "$", G: "", s: `[${BLANKS}]`, h: String.raw`[ \t\xA0]`, e: String.raw`\x1B`, a: String.raw`\x07` };
const ASCII = {
  Alpha: "A-Za-z",
  Digit: "0-9",
  Alnum: "A-Za-z0-9",
  Upper: "A-Z",
  Lower: "a-z",
  XDigit: "0-9A-Fa-f",
  Space: BLANKS,
  Blank: String.raw` \t`,
  Punct: String.raw`!-\/:-@\[-\x60{-~`,
  Graph: "!-~",
  Print: " -~",
  ASCII: String.raw`\x00-\x7F`,
};
const UNICODE = { Letter: "L", Digit: "Nd", Punctuation: "P", UpperCase: "Lu", LowerCase: "Ll" };

const read = new Map();

// Whether the pattern fits the text.
export function fits(pattern, text) {
  if (!read.has(pattern)) read.set(pattern, expressionOf(pattern));
  return read.get(pattern).test(text);
}

function expressionOf(pattern) {
  try {
    const { source, flags } = inJavaScript(pattern);
    return new RegExp(`^(?:${source})$`, flags);
  } catch {
    return new RegExp(`^(?:${pattern})$`);
  }
}

function inJavaScript(pattern) {
  const state = { inside: false, flags: "u" };
  let [source, end, afterClass] = ["", 0, false];
  for (const piece of pattern.matchAll(PIECE)) {
    const between = pattern.slice(end, piece.index);
    const hyphen = afterClass && state.inside && between.startsWith("-"); // to Java a hyphen, to JavaScript half of a range
    source += (hyphen ? "\\" : "") + between + pieceOf(piece[0], piece.groups, state);
    afterClass = Boolean(piece.groups.kind) || /[wWdDsSh]/.test(piece.groups.sign ?? "");
    end = piece.index + piece[0].length;
  }
  return { source: source + pattern.slice(end), flags: state.flags };
}

function pieceOf(piece, { quoted, kind, inverted, name, letter, sign, flag, count, more, opening, first, closing, crossing }, state) {
  if (quoted !== undefined) return quoted.replace(SIGNS, "\\$&");
  if (kind) return classOf(name ?? letter, (kind === "P") !== Boolean(inverted), state.inside);
  if (sign !== undefined) return signOf(sign, state.inside);
  if (flag) {
    state.flags += [...flag].filter((each) => "ism".includes(each) && !state.flags.includes(each)).join("");
    return "";
  }
  if (count) return state.inside ? piece : count + more.replace("+", ""); // JavaScript has no possessive repetition
  if (state.inside && (opening || crossing)) throw new SyntaxError("classes within a class");
  if (opening) {
    state.inside = true;
    return opening + first.replace("]", "\\]");
  }
  if (closing === "]" && state.inside) {
    state.inside = false;
    return closing;
  }
  return closing && !state.inside ? `\\${closing}` : piece;
}

function signOf(sign, inside) {
  if (sign in SAID_OTHERWISE) return inside ? SAID_OTHERWISE[sign].replace(/^\[|\]$/g, "") : SAID_OTHERWISE[sign];
  return MEANT.test(sign) || (inside && sign === "-") ? `\\${sign}` : sign;
}

function classOf(name, inverted, inside) {
  if (name in ASCII) return inside && !inverted ? ASCII[name] : `[${inverted ? "^" : ""}${ASCII[name]}]`;
  const plain = name.replace(/^(?:Is|In|java|(?:script|sc|gc|general_category)=)/, "");
  const known = [UNICODE[plain], plain, `Script=${plain}`].find((each) => each && isClass(each));
  if (!known) throw new SyntaxError(`no class ${name}`);
  return `\\${inverted ? "P" : "p"}{${known}}`;
}

function isClass(name) {
  try {
    return Boolean(new RegExp(`\\p{${name}}`, "u"));
  } catch {
    return false;
  }
}
