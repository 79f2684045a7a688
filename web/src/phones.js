// Where ODK Web Forms works out another value than phones: its expressions are given these instead.
export { fits } from "./patterns.js";

const MAY_BE_TRUTH = /[=<>]|\b(?:and|or)\b|\b(?:not|true|false|boolean|boolean-from-string|selected|contains|starts-with|ends-with|regex|checklist|weighted-checklist|if|once)\s*\(/;
const ANY = 0;
const TRUTH = 3; // XPathResult.ANY_TYPE and BOOLEAN_TYPE

// What a phone keeps of a calculation: 1 or 0 of a truth, not "true" or "false".
export function kept(evaluator, expression, options) {
  const found = MAY_BE_TRUTH.test(expression) && evaluator.evaluate(expression, options.contextNode, null, ANY);
  if (found && found.resultType === TRUTH) return found.booleanValue ? "1" : "0";
  return evaluator.evaluateString(expression, options);
}

// A node whose calculations are kept so.
export function calculating(node) {
  const { scope, contextNode, evaluator } = node;
  return {
    scope,
    contextNode,
    evaluator: { evaluateString: (expression, options) => kept(evaluator, expression, options) },
    isAttached: () => node.isAttached(),
    getActiveLanguage: () => node.getActiveLanguage(),
  };
}

// What sum() adds of a node: nothing of a blank one.
export const addend = (value) => (value.toString() === "" ? 0 : value.toNumber());

// The smallest or largest of numbers: blanks and words do not count.
export function among(choose, numbers) {
  const given = numbers.filter((each) => !Number.isNaN(each));
  return given.length ? choose(...given) : NaN;
}
