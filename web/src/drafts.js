// Answers that are not sent yet, in the browser's IndexedDB. Every record is encrypted; its key is never in the browser's storage.
import { gcm } from "@noble/ciphers/aes.js"; // crypto.subtle is missing on plain http

const DAYS_KEPT = 30;
const ANSWERS = "answers";

// Opens the drafts of one form and one person.
//   slot     the name of the place in the storage, which tells nothing
//   key      hexadecimal, from the server; without one, or in a tab that began without, a key that ends with this tab
export async function openDrafts({ slot, key }) {
  const database = await openDatabase();
  const lasting = Boolean(key) && !sessionStorage.getItem(`key ${slot}`);
  const secret = bytesOf(lasting ? key : keyOfTab(slot));
  const written = new WeakMap(); // File -> the name of its record
  await run(database, (records) => removeWhere(records, null, ({ moment }) => moment < Date.now() - DAYS_KEPT * 86_400_000));

  return { lasting, save, read, list, wipe, ofTab: () => sessionStorage.getItem(`draft ${slot}`) };

  // Replaces what is kept under `id` by these answers and files, all or nothing.
  async function save(id, answers, files) {
    sessionStorage.setItem(`draft ${slot}`, id);
    const fresh = [];
    const listed = [];
    for (const file of files) {
      if (!written.has(file)) {
        const part = crypto.randomUUID();
        fresh.push(record(id, part, new Uint8Array(await file.arrayBuffer())));
        written.set(file, part);
      }
      listed.push({ name: file.name, type: file.type, part: written.get(file) });
    }
    const parts = new Set([ANSWERS, ...listed.map(({ part }) => part)]);
    const told = record(id, ANSWERS, new TextEncoder().encode(JSON.stringify({ ...answers, files: listed })));
    await run(database, (records) => {
      removeWhere(records, within(slot, id), ({ part }) => !parts.has(part));
      [...fresh, told].forEach((each) => records.put(each));
    });
  }

  // { ...answers, files: File[] }, or null where there is none or the key is another.
  async function read(id) {
    const kept = new Map((await run(database, (records) => records.getAll(within(slot, id)))).map((each) => [each.part, each]));
    try {
      const answers = JSON.parse(new TextDecoder().decode(opened(kept.get(ANSWERS))));
      const files = answers.files.map(({ name, type, part }) => {
        const file = new File([opened(kept.get(part))], name, { type });
        written.set(file, part);
        return file;
      });
      return { ...answers, files };
    } catch {
      return null;
    }
  }

  // [{ id, moment, lasting }], the last changed first.
  async function list() {
    const kept = await run(database, (records) => records.getAll(within(slot)));
    return kept.filter(({ part }) => part === ANSWERS).sort((one, other) => other.moment - one.moment);
  }

  async function wipe(id) {
    if (sessionStorage.getItem(`draft ${slot}`) === id) sessionStorage.removeItem(`draft ${slot}`);
    await run(database, (records) => records.delete(within(slot, id)));
  }

  function record(id, part, bytes) {
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    return { slot, id, part, lasting, moment: Date.now(), nonce, box: gcm(secret, nonce, named(id, part)).encrypt(bytes) };
  }

  function opened({ id, part, nonce, box }) {
    return gcm(secret, nonce, named(id, part)).decrypt(box);
  }

  function named(id, part) {
    return new TextEncoder().encode([slot, id, part].join("\n"));
  }
}

function keyOfTab(slot) {
  const place = `key ${slot}`;
  const fresh = () => [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (!sessionStorage.getItem(place)) sessionStorage.setItem(place, fresh());
  return sessionStorage.getItem(place);
}

const bytesOf = (hexadecimal) => Uint8Array.from(hexadecimal.match(/../g), (pair) => parseInt(pair, 16));

const within = (...place) => IDBKeyRange.bound(place, [...place, []]);

function openDatabase() {
  return new Promise((opened, failed) => {
    const asked = indexedDB.open("liuwen", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("drafts", { keyPath: ["slot", "id", "part"] });
    asked.onsuccess = () => opened(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

// One transaction: done when it is on disk, with the result of the last request.
function run(database, work) {
  return new Promise((done, failed) => {
    const transaction = database.transaction("drafts", "readwrite", { durability: "strict" });
    const asked = work(transaction.objectStore("drafts"));
    transaction.oncomplete = () => done(asked?.result);
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
  });
}

function removeWhere(records, range, matches) {
  records.openCursor(range).onsuccess = ({ target: { result: cursor } }) => {
    if (!cursor) return;
    if (matches(cursor.value)) cursor.delete();
    cursor.continue();
  };
}
