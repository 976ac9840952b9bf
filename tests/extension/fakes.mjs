/** Thunderbird's API as far as a test says; anything else throws. */
import { readFile } from "node:fs/promises";
import { Worker as Thread } from "node:worker_threads";

export const TOP = new URL("../../", import.meta.url);
export const PACKAGE = new URL("dist/mekiki/", TOP);

/** Who asks: the add-on, one of its pages, its script in a displayed message. */
const ID = "mekiki@example.org";
export const PAGE = { id: ID, url: new URL("report/report.html", PACKAGE).href };
export const MAIL = { id: ID, url: "imap://reader@example.jp/fetch%3EUID%3E/INBOX%3E1" };

/**
 * An object that throws for every property that was not given.
 * @param {string} name
 * @param {Record<string, unknown>} given
 */
export function strict(name, given) {
  return new Proxy(given, {
    get(target, property) {
      if (typeof property === "symbol" || property === "then") return Reflect.get(target, property);
      if (!(property in target)) throw new Error(`${name}.${property} was not faked`);
      return target[property];
    },
  });
}

/** An event that a test can set off. */
export function event() {
  const listeners = [];
  return { addListener: (listener) => listeners.includes(listener) || listeners.push(listener), fire: (...given) => listeners.map((listener) => listener(...given)) };
}

/**
 * A Thunderbird that shows messages of ours.
 * @param {{ raw?: (id: number) => Promise<Uint8Array>, language?: string, stored?: Record<string, unknown> }} options
 */
export function thunderbird({ raw, language = "en", stored = {} } = {}) {
  const world = {
    /** @type {Map<number, number[]>} Message ids shown, by tab. */
    shown: new Map(),
    /** @type {Map<number, Record<string, string>>} What the button looks like, by tab. */
    buttons: new Map(),
    /** @type {Set<number>} Tabs of which it does not tell what is selected, either. */
    undescribed: new Set(),
    /** @type {Set<number>} Tabs of which Thunderbird never tells what they display. */
    stalled: new Set(),
    /** @type {Set<number>} Tabs whose message is being fetched. */
    loading: new Set(),
    /** @type {Map<number, { id: string, accountId: string }>} Where messages lie that lie not in an inbox. */
    places: new Map(),
    /** @type {Set<number>} Messages that stay where they are when they are moved. */
    staying: new Set(),
    /** @type {Set<number>} Messages of which only the header was downloaded. */
    headersOnly: new Set(),
    registered: [],
    executed: [],
    styles: [],
    created: [],
    /** What the banner of a tab was told. */
    told: [],
    opened: [],
    popups: 0,
    hasButton: true,
    /** @type {Set<string>} Permissions that were given. */
    allowed: new Set(),
    /** What is answered to a request for permissions. */
    allows: () => true,
    /** Whether folders can be seen without starting afresh. */
    seesFolders: true,
    /** @type {Map<string, string>} Menu entries' words that were given later, by id. */
    titles: new Map(),
    /** What was done: the function and what it was given. */
    done: [],
    folders: [
      { id: "account1://Trash", accountId: "account1", use: "trash" },
      { id: "account2://Trash", accountId: "account2", use: "trash" },
      { id: "account2://Junk", accountId: "account2", use: "junk" },
    ],
    stored,
    onMessagesDisplayed: event(),
    onSelected: event(),
    onMessage: event(),
    onAdded: event(),
    onRemoved: event(),
    /** The identities' addresses. */
    identities: ["Reader@example.jp"],
    /** The identities' names. */
    names: ["Ichiro Suzuki"],
    /** @type {Map<number, Record<string, unknown>>} What else Thunderbird tells of messages. */
    headers: new Map(),
    /** Address books: whether they are on the net, and the vCards in them. */
    books: [],
    /** How often address books were read. */
    bookReads: 0,
    /** What was searched for in them. */
    bookSearches: [],
    /** Lets the time pass that a search in them takes. */
    bookTakes: async () => {},
    onContacts: event(),
    /** What a search for messages finds, or does instead. */
    search: async () => [],
    /** Whether it is a Thunderbird that takes no objects where later ones do. */
    takesPlainAnswer: false,
    /** What was searched for. */
    searches: [],
    /** How many messages each folder has. */
    folderSize: 10,
    /** What the organisation set; nothing where nobody manages this Thunderbird. */
    managed: undefined,
    session: {},
    onStorageChanged: event(),
    onMenu: event(),
    onInstalled: event(),
    onStartup: event(),
    onAction: event(),
    onNewMail: event(),
    onNotification: event(),
    /** Notifications that were shown, by name. */
    notifications: new Map(),
    /** @type {Map<number, string>} Addresses of tabs that hold pages of the add-on. */
    urls: new Map(),
    /** Kinds of the accounts, by id. */
    accounts: new Map([["account1", "none"], ["account2", "imap"]]),
    /** Further pages of lists, by the list's id. */
    pages: new Map(),
    /** Messages that are marked as junk, that are gone, and that may not be changed. */
    junk: new Set(),
    gone: new Set(),
    locked: new Set(),
  };
  const needs = (permission) => {
    if (!world.allowed.has(permission)) throw new Error(`${permission} was not given`);
  };
  const look = (name, key) => async (details) => {
    world.buttons.set(details.tabId, { ...world.buttons.get(details.tabId), [name]: details[key] });
  };
  const list = (tabId) => ({ messages: (world.shown.get(tabId) ?? []).map((id) => ({ id, subject: "" })) });
  globalThis.messenger = strict("messenger", {
    i18n: strict("i18n", { getUILanguage: () => language }),
    runtime: strict("runtime", {
      id: ID,
      getURL: (path) => new URL(path, PACKAGE).href,
      onMessage: world.onMessage,
      onInstalled: world.onInstalled,
      onStartup: world.onStartup,
      reload: () => world.done.push(["reload"]),
      openOptionsPage: async () => world.done.push(["options"]),
      sendMessage: async (message) => {
        const [answer] = world.onMessage.fire(message, PAGE);
        return answer;
      },
    }),
    messages: strict("messages", {
      get: async (id) => {
        if (world.gone.has(id)) throw new Error(`Message not found: ${id}.`);
        return {
          id,
          subject: "",
          headerMessageId: `${id}@example.net`,
          headersOnly: world.headersOnly.has(id),
          external: false,
          tags: ["$label1"],
          author: "",
          date: new Date("2024-09-03T01:15:00Z"),
          junk: false,
          ...world.headers.get(id),
          ...(world.allowed.has("accountsRead") && { folder: world.places.get(id) ?? { id: "account2://Inbox", accountId: "account2" } }),
        };
      },
      getRaw: async (id) => new Blob([await raw(id)]),
      update: async (id, properties) => {
        needs("messagesUpdate");
        if (world.locked.has(id)) throw new Error("Operation not permitted");
        world.done.push(["update", id, properties]);
      },
      move: async (ids, folder) => {
        needs("messagesMove");
        world.done.push(["move", ids, folder]);
        for (const id of ids) if (!world.staying.has(id)) world.places.set(id, world.folders.find((one) => one.id === folder));
      },
      continueList: async (id) => world.pages.get(id)(),
      get onNewMailReceived() {
        return world.allowed.has("accountsRead") ? world.onNewMail : undefined;
      },
      delete: async (ids, isForGood) => {
        needs("messagesDelete");
        if (world.takesPlainAnswer === (typeof isForGood === "object")) throw new Error("Type error for parameter");
        world.done.push(["delete", ids, isForGood]);
      },
      query: async (wanted) => {
        needs("accountsRead");
        world.searches.push(wanted);
        return { id: null, messages: await world.search(wanted) };
      },
      tags: strict("messages.tags", {
        create: async (key, name) => {
          needs("messagesTags");
          world.done.push(["tag", key, name]);
        },
      }),
    }),
    get notifications() {
      if (!world.allowed.has("notifications")) return undefined;
      return strict("notifications", {
        create: async (name, options) => world.notifications.set(name, options),
        onClicked: world.onNotification,
      });
    },
    get accounts() {
      if (!world.allowed.has("accountsRead")) return undefined;
      return strict("accounts", {
        get: async (id) => {
          if (!world.accounts.has(id)) throw new Error("An unexpected error occurred");
          return { id, name: id, type: world.accounts.get(id) };
        },
      });
    },
    action: strict("action", { onClicked: world.onAction }),
    folders: strict("folders", {
      query: async ({ specialUse, accountId }) => {
        needs("accountsRead");
        if (!world.seesFolders) throw new Error("An unexpected error occurred");
        const isMeant = (folder) => (!specialUse || specialUse.includes(folder.use)) && (!accountId || folder.accountId === accountId);
        return world.folders.filter(isMeant);
      },
      getFolderInfo: async () => {
        needs("accountsRead");
        return { totalMessageCount: world.folderSize };
      },
    }),
    identities: strict("identities", {
      list: async () => {
        needs("accountsRead");
        return world.identities.map((email, at) => ({ email, name: world.names[at] ?? "" }));
      },
    }),
    get addressBooks() {
      if (!world.allowed.has("addressBooks")) return undefined;
      const { onContacts } = world;
      return strict("addressBooks", {
        list: async () => world.books.map(({ remote }, at) => ({ id: String(at), remote })),
        contacts: strict("addressBooks.contacts", {
          query: async ({ searchString, includeRemote }) => {
            if (includeRemote) throw new Error("asks over the network");
            world.bookSearches.push(searchString);
            await world.bookTakes();
            const has = (vCard) => searchString.toLowerCase().split(" ").every((word) => vCard.toLowerCase().includes(word));
            return world.books.filter(({ remote }) => !remote).flatMap(({ cards }) => cards.filter(has)).map((vCard) => ({ vCard }));
          },
          list: async (id) => {
            world.bookReads += 1;
            return world.books[Number(id)].cards.map((vCard) => ({ vCard }));
          },
          onCreated: onContacts,
          onUpdated: onContacts,
          onDeleted: event(),
        }),
      });
    },
    compose: strict("compose", { beginNew: async (template, details) => world.done.push(["compose", template, details]) }),
    permissions: strict("permissions", {
      contains: async ({ permissions }) => permissions.every((one) => world.allowed.has(one)),
      request: async ({ permissions }) => {
        if (permissions.every((one) => world.allowed.has(one))) return true;
        if (!world.allows(permissions)) return false;
        for (const one of permissions) world.allowed.add(one);
        world.onAdded.fire({ permissions });
        return true;
      },
      remove: async ({ permissions }) => {
        for (const one of permissions) world.allowed.delete(one);
        world.onRemoved.fire({ permissions });
        return true;
      },
      onAdded: world.onAdded,
      onRemoved: world.onRemoved,
    }),
    storage: strict("storage", {
      local: strict("storage.local", {
        get: async (keys) => structuredClone(Object.fromEntries([keys].flat().filter((key) => key in world.stored).map((key) => [key, world.stored[key]]))),
        set: async (values) => {
          Object.assign(world.stored, structuredClone(values));
          world.onStorageChanged.fire(Object.fromEntries(Object.keys(values).map((key) => [key, {}])), "local");
        },
        remove: async (keys) => {
          for (const key of [keys].flat()) delete world.stored[key];
        },
      }),
      session: strict("storage.session", {
        get: async (key) => structuredClone(key in world.session ? { [key]: world.session[key] } : {}),
        set: async (values) => void Object.assign(world.session, structuredClone(values)),
        remove: async (key) => void delete world.session[key],
      }),
      managed: strict("storage.managed", {
        get: async () => {
          if (world.managed === undefined) throw new Error("Managed storage manifest not found");
          return structuredClone(world.managed);
        },
      }),
      onChanged: world.onStorageChanged,
    }),
    menus: strict("menus", {
      removeAll: async () => world.done.push(["menus.removeAll"]),
      create: (properties) => world.done.push(["menus.create", properties]),
      update: async (id, { title }) => world.titles.set(id, title),
      onClicked: world.onMenu,
    }),
    messageDisplay: strict("messageDisplay", {
      onMessagesDisplayed: world.onMessagesDisplayed,
      open: async (properties) => world.done.push(["open", properties]),
      getDisplayedMessages: async (tabId) => {
        if (world.stalled.has(tabId)) await new Promise(() => {});
        return list(tabId);
      },
    }),
    mailTabs: strict("mailTabs", {
      onSelectedMessagesChanged: world.onSelected,
      getSelectedMessages: (tabId) => (world.undescribed.has(tabId) ? new Promise(() => {}) : Promise.resolve(list(tabId))),
    }),
    windows: strict("windows", { openDefaultBrowser: async (url) => world.opened.push(url) }),
    messageDisplayAction: strict("messageDisplayAction", {
      setBadgeText: look("badge", "text"),
      setBadgeBackgroundColor: look("colour", "color"),
      setTitle: look("title", "title"),
      setLabel: look("label", "label"),
      setIcon: look("icon", "path"),
      openPopup: async () => {
        if (world.hasButton) world.popups += 1;
        return world.hasButton;
      },
    }),
    scripting: strict("scripting", {
      messageDisplay: strict("scripting.messageDisplay", {
        getRegisteredScripts: async () => world.registered,
        registerScripts: async (scripts) => {
          if (world.registered.length > 0) throw new Error("registered already");
          world.registered.push(...scripts);
        },
      }),
      executeScript: async (injection) => {
        if (injection.files) world.executed.push(injection);
        return [{ result: world.loading.has(injection.target.tabId) ? "loading" : "complete" }];
      },
      insertCSS: async (injection) => world.styles.push(injection),
    }),
    tabs: strict("tabs", {
      query: async () => [...world.shown.keys()].map((id) => ({ id, windowId: 1, url: world.urls.get(id) })),
      create: async (properties) => world.created.push(properties.url),
      sendMessage: async (tabId, message) => world.told.push([tabId, message.kind]),
      remove: async (ids) => world.done.push(["close", ids]),
    }),
  });
  // What the background's own page has: an element, and the properties that a browser knows.
  globalThis.document = strict("document", { documentElement: {} });
  globalThis.Worker = ThreadWorker;
  globalThis.getComputedStyle = () => ["border-top-width", "color", "display", "opacity", "rotate"];
  world.show = (tabId, ...ids) => {
    world.shown.set(tabId, ids);
    world.onMessagesDisplayed.fire({ id: tabId, windowId: 1 }, list(tabId));
  };
  // A page of ours asks, or the banner's script in the message that a tab shows.
  world.ask = (message, tabId) => world.onMessage.fire(message, tabId === undefined ? PAGE : { ...MAIL, tab: { id: tabId, windowId: 1 } })[0];
  return world;
}

/** Makes a thread of Node's what a module worker is to its script. */
const AS_WORKER = `
  const { parentPort, workerData } = require("node:worker_threads");
  globalThis.postMessage = (data) => parentPort.postMessage(data);
  globalThis.addEventListener = (type, listener) => parentPort.on(type, (data) => listener({ data }));
  import(workerData);
`;

/** A module worker as a page sees it, on a thread of Node's. */
export class ThreadWorker extends EventTarget {
  /** @param {URL} script */
  constructor(script) {
    super();
    this.thread = new Thread(AS_WORKER, { eval: true, workerData: String(script) });
    this.thread.on("message", (data) => this.dispatchEvent(new MessageEvent("message", { data })));
    this.thread.on("error", ({ message }) => this.dispatchEvent(Object.assign(new Event("error"), { message })));
    // The tests end though it waits for more.
    this.thread.unref();
  }

  postMessage(data) {
    this.thread.postMessage(data);
  }

  terminate() {
    void this.thread.terminate();
  }
}

/** Node's fetch reads no files: the add-on's own are read for it. */
export function fetchFromPackage() {
  globalThis.fetch = async (url) => {
    const bytes = await readFile(new URL(url));
    const type = { wasm: "application/wasm", json: "application/json", css: "text/css" }[String(url).split(".").pop()];
    return new Response(bytes, { headers: { "Content-Type": type } });
  };
}

/**
 * @param {string} path Below tests/messages.
 */
export function message(path) {
  return readFile(new URL(`tests/messages/${path}`, TOP));
}

/**
 * Waits until something holds.
 * @param {() => unknown} holds
 */
export async function until(holds) {
  for (let turn = 0; turn < 2_000; turn++) {
    const value = holds();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`waited in vain for ${holds}`);
}
