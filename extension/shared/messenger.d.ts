/** The parts of Thunderbird's API (MV3, 128 and later) that the add-on uses. */
declare const messenger: {
  readonly i18n: { getUILanguage(): string };
  readonly runtime: {
    getURL(path: string): string;
    sendMessage(message: unknown): Promise<unknown>;
    readonly onMessage: {
      addListener(listener: (message: unknown, sender: MessageSender) => Promise<unknown> | false): void;
    };
  };
  readonly messages: { get(id: number): Promise<MessageHeader>; getRaw(id: number): Promise<File> };
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
    readonly mailTabs: { getSelectedMessages(tabId: number): Promise<MessageList> };
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
  readonly headersOnly?: boolean;
}

interface MessageList {
  readonly messages: readonly MessageHeader[];
}
