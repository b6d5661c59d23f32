// A key-value shelf in IndexedDB; when the browser refuses storage the desk works on without it.

let opened: Promise<IDBDatabase> | undefined;

function shelf(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('rapport', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('kept');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  try {
    const db = await shelf();
    return await new Promise((resolve, reject) => {
      const request = work(db.transaction('kept', mode).objectStore('kept'));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  } catch {
    return undefined;
  }
}

export const keep = {
  get: <T>(key: string) => run<T>('readonly', (store) => store.get(key) as IDBRequest<T>),
  // Copied through JSON, since the database can't clone reactive proxies.
  set: (key: string, value: unknown) => run('readwrite', (store) => store.put(JSON.parse(JSON.stringify(value)), key)),
  clear: () => run('readwrite', (store) => store.clear()),
};
