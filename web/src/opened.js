// The root of the instance that is open in this document, from which its answers can be read at any time; see build.mjs.
export const opened = { root: null };
