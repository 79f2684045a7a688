// Tells the tabs of one browser apart: a draft that is open in another tab is not offered here.
const PATIENCE = 250; // milliseconds in which another tab answers

// Says which draft this tab has, when another one asks.
export function holdInThisTab(draft) {
  new BroadcastChannel("liuwen-drafts").onmessage = ({ target, data }) => data.asked && target.postMessage({ held: draft() });
}

// The drafts, without those that are open in other tabs.
export async function heldElsewhere() {
  const held = new Set();
  const channel = new BroadcastChannel("liuwen-drafts");
  channel.onmessage = ({ data }) => data.held && held.add(data.held);
  channel.postMessage({ asked: true });
  await new Promise((done) => setTimeout(done, PATIENCE));
  channel.close();
  return held;
}
