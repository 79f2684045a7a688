// Inside a notebook's preview: the form comes by message from the notebook, and what is sent goes back the same way.
import { draw } from "./form.js";

export function openFrame(element, { xml, media, language }) {
  const waiting = new Map();
  addEventListener("message", ({ source, data }) => {
    if (source !== parent || !waiting.has(data.answerTo)) return;
    const { kept, failed } = waiting.get(data.answerTo);
    waiting.delete(data.answerTo);
    data.failure ? failed(new Error(data.failure)) : kept();
  });
  draw(element, {
    xml,
    media: async (name) => (name in media ? new Response(media[name]) : new Response(null, { status: 404 })),
    language,
    send: async ({ xml, files }) => {
      const number = waiting.size + performance.now();
      const parts = await Promise.all(files.map(async (file) => ({ name: file.name, bytes: await file.arrayBuffer() })));
      const answer = new Promise((kept, failed) => waiting.set(number, { kept, failed }));
      parent.postMessage({ sent: number, xml: await xml.arrayBuffer(), parts }, "*");
      return answer;
    },
  });
}
