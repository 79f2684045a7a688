// Waits until a server that could not be reached may be there again.
const PATIENCE = 30_000; // milliseconds

// Calls `then` once, when the device is online again or after a while; gives what prevents that.
export function whenReachable(then) {
  const ended = new AbortController();
  const go = () => (cancel(), then());
  const timer = setTimeout(go, PATIENCE);
  const cancel = () => (clearTimeout(timer), ended.abort());
  addEventListener("online", go, { signal: ended.signal });
  return cancel;
}
