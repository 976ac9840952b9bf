/** The parts of Thunderbird's API (MV3, 128 and later) that the add-on uses. */
declare const messenger: {
  readonly i18n: { getUILanguage(): string };
  readonly runtime: {
    getURL(path: string): string;
    sendMessage(message: unknown): Promise<unknown>;
    reload(): void;
    readonly onInstalled: { addListener(listener: () => void): void };
    readonly onMessage: {
      addListener(listener: (message: unknown, sender: MessageSender) => Promise<unknown> | false): void;
    };
  };
  readonly messages: {
    get(id: number): Promise<MessageHeader>;
    getRaw(id: number): Promise<File>;
    move(ids: number[], folderId: string): Promise<void>;
    update(id: number, properties: { junk?: boolean; tags?: string[] }): Promise<void>;
    readonly tags: { create(key: string, name: string, colour: string): Promise<string> };
  };
  readonly folders: { query(filter: { specialUse: string[] }): Promise<readonly MailFolder[]> };
  readonly identities: { list(): Promise<readonly { readonly email: string }[]> };
  readonly compose: { beginNew(template: null, details: ComposeDetails): Promise<Tab> };
  readonly permissions: {
    contains(permissions: { permissions: string[] }): Promise<boolean>;
    request(permissions: { permissions: string[] }): Promise<boolean>;
    remove(permissions: { permissions: string[] }): Promise<boolean>;
    readonly onAdded: { addListener(listener: () => void): void };
    readonly onRemoved: { addListener(listener: () => void): void };
  };
  readonly storage: {
    readonly local: StorageArea;
    readonly onChanged: { addListener(listener: (changes: Record<string, unknown>, area: string) => void): void };
  };
  readonly menus: {
    create(properties: { id: string; title: string; contexts: string[] }): void;
    update(id: string, properties: { title: string }): Promise<void>;
    removeAll(): Promise<void>;
    readonly onClicked: { addListener(listener: (click: MenuClick, tab?: Tab) => void): void };
  };
  readonly mailTabs: { getSelectedMessages(tabId: number): Promise<MessageList> };
  readonly messageDisplay: {
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
    executeScript(injection: { target: { tabId: number }; files: string[] }): Promise<unknown>;
    insertCSS(injection: { target: { tabId: number }; origin: "USER" | "AUTHOR"; css: string }): Promise<void>;
  };
  readonly windows: { openDefaultBrowser(url: string): Promise<void> };
  readonly tabs: {
    query(filter: { active?: boolean; currentWindow?: boolean; type?: string[] }): Promise<Tab[]>;
    create(properties: { url: string }): Promise<Tab>;
  };
};

interface Tab {
  readonly id: number;
  readonly windowId: number;
  readonly type?: string;
}

interface MessageSender {
  readonly tab?: Tab;
}

interface MessageHeader {
  readonly id: number;
  readonly subject: string;
  readonly headerMessageId: string;
  readonly headersOnly?: boolean;
  readonly external?: boolean;
  readonly tags?: readonly string[];
  /** Given with the permission `accountsRead` alone. */
  readonly folder?: MailFolder;
}

interface MailFolder {
  readonly id: string;
  readonly accountId: string;
}

interface ComposeDetails {
  readonly to: string[];
  readonly subject: string;
  readonly plainTextBody: string;
  readonly isPlainText: boolean;
  readonly attachments: { file: File }[];
}

interface StorageArea {
  get(key: string): Promise<Record<string, unknown>>;
  set(values: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
}

interface MenuClick {
  readonly menuItemId: string | number;
  readonly linkUrl?: string;
  readonly selectedMessages?: MessageList;
}

interface MessageList {
  readonly messages: readonly MessageHeader[];
}
