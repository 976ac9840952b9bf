/** The parts of Thunderbird's API (MV3, 128 and later) that the add-on uses. */
declare const messenger: {
  readonly i18n: { getUILanguage(): string };
  readonly runtime: {
    readonly id: string;
    getURL(path: string): string;
    sendMessage(message: unknown): Promise<unknown>;
    reload(): void;
    openOptionsPage(): Promise<void>;
    readonly onInstalled: { addListener(listener: (details: { reason: string }) => void): void };
    readonly onStartup: { addListener(listener: () => void): void };
    readonly onMessage: {
      addListener(listener: (message: unknown, sender: MessageSender) => Promise<unknown> | false): void;
    };
  };
  readonly messages: {
    get(id: number): Promise<MessageHeader>;
    getRaw(id: number): Promise<File>;
    continueList(listId: string): Promise<MessageList>;
    move(ids: number[], folderId: string): Promise<void>;
    delete(ids: number[], isForGood: boolean | { deletePermanently: boolean }): Promise<void>;
    query(wanted: MessageQuery): Promise<MessageList>;
    abortList(listId: string): Promise<void>;
    update(id: number, properties: { junk?: boolean; tags?: string[] }): Promise<void>;
    readonly tags: { create(key: string, name: string, colour: string): Promise<string> };
    /** There with the permission `accountsRead` alone. */
    readonly onNewMailReceived?: { addListener(listener: (folder: MailFolder, list: MessageList) => void): void };
  };
  /** There with the permission `notifications` alone. */
  readonly notifications?: {
    create(id: string, options: { type: "basic"; iconUrl: string; title: string; message: string }): Promise<string>;
    readonly onClicked: { addListener(listener: (id: string) => void): void };
  };
  readonly accounts: {
    list(): Promise<readonly MailAccount[]>;
    get(id: string): Promise<MailAccount | null>;
  };
  readonly folders: {
    get(id: string): Promise<MailFolder>;
    query(filter: { accountId?: string; specialUse?: string[]; isRoot?: boolean; isVirtual?: boolean }): Promise<readonly MailFolder[]>;
    getFolderInfo(folderId: string): Promise<{ readonly totalMessageCount?: number }>;
  };
  readonly identities: { list(): Promise<readonly { readonly email: string; readonly name: string }[]> };
  /** There with the permission `addressBooks` alone. */
  readonly addressBooks?: {
    list(): Promise<readonly { readonly id: string; readonly remote: boolean }[]>;
    readonly contacts: {
      list(bookId: string): Promise<readonly { readonly vCard: string }[]>;
      query(wanted: { searchString: string; includeRemote: boolean }): Promise<readonly { readonly vCard: string }[]>;
      readonly onCreated: { addListener(listener: () => void): void };
      readonly onUpdated: { addListener(listener: () => void): void };
      readonly onDeleted: { addListener(listener: () => void): void };
    };
  };
  readonly compose: { beginNew(template: null, details: ComposeDetails): Promise<Tab> };
  readonly permissions: {
    contains(permissions: Allowance): Promise<boolean>;
    request(permissions: Allowance): Promise<boolean>;
    remove(permissions: Allowance): Promise<boolean>;
    readonly onAdded: { addListener(listener: () => void): void };
    readonly onRemoved: { addListener(listener: () => void): void };
  };
  readonly storage: {
    readonly local: StorageArea;
    /** Kept while Thunderbird runs. */
    readonly session: StorageArea;
    /** Rejects where nobody manages this Thunderbird. */
    readonly managed: { get(keys: null): Promise<Record<string, unknown>> };
    readonly onChanged: { addListener(listener: (changes: Record<string, unknown>, area: string) => void): void };
  };
  readonly menus: {
    create(properties: { id: string; title: string; contexts: string[] }): void;
    update(id: string, properties: { title: string }): Promise<void>;
    removeAll(): Promise<void>;
    readonly onClicked: { addListener(listener: (click: MenuClick, tab?: Tab) => void): void };
  };
  readonly action: { readonly onClicked: { addListener(listener: (tab: Tab) => void): void } };
  readonly mailTabs: {
    get(tabId: number): Promise<{ readonly groupType?: string }>;
    getListedMessages(tabId: number): Promise<MessageList>;
    getSelectedMessages(tabId: number): Promise<MessageList>;
    readonly onSelectedMessagesChanged: { addListener(listener: (tab: Tab, list: MessageList) => void): void };
  };
  readonly messageDisplay: {
    open(properties: { messageId: number; location: "tab" }): Promise<Tab>;
    getDisplayedMessages(tabId: number): Promise<MessageList>;
    readonly onMessagesDisplayed: { addListener(listener: (tab: Tab, list: MessageList) => void): void };
  };
  readonly messageDisplayAction: {
    setBadgeText(details: { tabId: number; text: string }): Promise<void>;
    setBadgeBackgroundColor(details: { tabId: number; color: string }): Promise<void>;
    setTitle(details: { tabId: number; title: string }): Promise<void>;
    setLabel(details: { tabId: number; label: string }): Promise<void>;
    setIcon(details: { tabId: number; path: string }): Promise<void>;
    openPopup(options?: { windowId?: number }): Promise<boolean>;
  };
  readonly scripting: {
    readonly messageDisplay: {
      getRegisteredScripts(): Promise<readonly { readonly id: string }[]>;
      registerScripts(scripts: readonly { id: string; js: string[]; runAt?: string }[]): Promise<void>;
    };
    executeScript(injection: { target: { tabId: number }; files: string[] } | { target: { tabId: number }; func: () => unknown }): Promise<
      readonly { readonly result?: unknown }[]
    >;
    insertCSS(injection: { target: { tabId: number }; origin: "USER" | "AUTHOR"; css: string }): Promise<void>;
  };
  readonly windows: { openDefaultBrowser(url: string): Promise<void> };
  readonly tabs: {
    query(filter: { active?: boolean; currentWindow?: boolean; type?: string[] }): Promise<Tab[]>;
    create(properties: { url: string }): Promise<Tab>;
    sendMessage(tabId: number, message: unknown): Promise<unknown>;
    remove(ids: readonly number[]): Promise<void>;
  };
};

/** What is allowed by itself, and hosts that may be reached. */
interface Allowance {
  readonly permissions?: readonly string[];
  readonly origins?: readonly string[];
}

interface Tab {
  readonly id: number;
  readonly windowId: number;
  readonly type?: string;
  /** Of the add-on's own pages. */
  readonly url?: string;
}

interface MessageSender {
  readonly id?: string;
  readonly url?: string;
  readonly tab?: Tab;
}

interface MessageHeader {
  readonly id: number;
  readonly subject: string;
  readonly author: string;
  readonly date: Date;
  readonly headerMessageId: string;
  readonly headersOnly?: boolean;
  readonly external?: boolean;
  readonly junk?: boolean;
  readonly tags?: readonly string[];
  /** In bytes. */
  readonly size?: number;
  /** Given with the permission `accountsRead` alone. */
  readonly folder?: MailFolder;
}

interface MailFolder {
  readonly id: string;
  readonly accountId: string;
  readonly name?: string;
  readonly path?: string;
  readonly isRoot?: boolean;
  readonly specialUse?: readonly string[];
  readonly isTag?: boolean;
  readonly isUnified?: boolean;
  readonly isVirtual?: boolean;
}

interface MailAccount {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

interface MessageQuery {
  readonly folderId: string | readonly string[];
  readonly includeSubFolders?: boolean;
  readonly messagesPerPage?: number;
  readonly fromDate?: Date;
  readonly author?: string;
  readonly recipients?: string;
  readonly toDate?: Date;
  readonly junk?: boolean;
}

interface ComposeDetails {
  readonly to: string[];
  readonly subject: string;
  readonly plainTextBody: string;
  readonly isPlainText: boolean;
  readonly attachments: { file: File }[];
}

interface StorageArea {
  get(key: string | readonly string[]): Promise<Record<string, unknown>>;
  set(values: Record<string, unknown>): Promise<void>;
  remove(key: string | readonly string[]): Promise<void>;
}

interface MenuClick {
  readonly menuItemId: string | number;
  readonly linkUrl?: string;
  readonly selectedMessages?: MessageList;
  /** Given with the permission `accountsRead` alone. */
  readonly selectedFolders?: readonly MailFolder[];
}

interface MessageList {
  /** Where the list goes on. */
  readonly id?: string | null;
  readonly messages: readonly MessageHeader[];
}
