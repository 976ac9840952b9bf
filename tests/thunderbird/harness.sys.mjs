/* What the tests do inside Thunderbird, with its own privileges: open messages in every kind of window, look at what
   the add-on put there, press its button. Everything here takes and gives plain values; driver.py calls it by name.
   A message's document, the popup and the background page may live in other processes: they are reached through
   `inside` alone. */

import { AddonManager } from "resource://gre/modules/AddonManager.sys.mjs";
import { clearTimeout, setTimeout } from "resource://gre/modules/Timer.sys.mjs";
import { MailServices } from "resource:///modules/MailServices.sys.mjs";
import { MailUtils } from "resource:///modules/MailUtils.sys.mjs";

const PATIENCE = 10000;

// The window and the about:message in it for every way of showing a message.
const places = {
  "three-pane": () => threePane().messageBrowser.contentWindow,
  tab: () => mainWindow().gTabmail.currentAboutMessage,
  window: () => messageWindow()?.messageBrowser?.contentWindow,
  "file in a tab": () => mainWindow().gTabmail.currentAboutMessage,
  "file in a window": () => messageWindow()?.messageBrowser?.contentWindow,
};

// Milliseconds between two looks at whether the windows answer.
const TICK = 5;

let extensionId = null;
let freezing = null;

// --- Setting up ---------------------------------------------------------------------------------------------------

/** Wait for the three-pane window to be ready for use; lay it over the whole screen. */
export async function ready() {
  const window = await until("the main window", () => {
    const main = mainWindow();
    return main?.gTabmail?.tabInfo[0]?.chromeBrowser?.contentWindow?.threadTree && main;
  });
  window.moveTo(0, 0);
  window.resizeTo(window.screen.availWidth, window.screen.availHeight);
}

/** Install the add-on at `path` until Thunderbird ends. Gives its id. */
export async function install(path) {
  const isFirst = extensionId == null;
  const addon = await AddonManager.installTemporaryAddon(fileAt(path));
  extensionId = addon.id;
  await until("the add-on's background page", () => extension().backgroundState == "running");
  if (isFirst) {
    // It opens by itself, once; nothing else is in its way then.
    const { gTabmail } = mainWindow();
    const isWelcome = tab => tab.browser?.currentURI?.spec.startsWith(`moz-extension://${extension().uuid}/welcome/`);
    gTabmail.closeTab(await until("the welcome page", async () => {
      const tab = gTabmail.tabInfo.find(isWelcome);
      const isFilled = content => content.document.querySelector("main")?.dataset.state == "welcome";
      return tab?.browser.messageManager && (await inside(tab.browser, isFilled)) && tab;
    }));
  }
  return addon.id;
}

/** Make a contact in the reader's own address book. */
export function makeContact(name, email) {
  const card = Cc["@mozilla.org/addressbook/cardproperty;1"].createInstance(Ci.nsIAbCard);
  card.displayName = name;
  card.primaryEmail = email;
  MailServices.ab.getDirectory("jsaddrbook://abook.sqlite").addCard(card);
}

/** Make a local folder `name` that holds the .eml files at `paths`, in this order, and show it. */
export async function makeFolder(name, paths) {
  if (!localServer()) {
    MailServices.accounts.createLocalMailAccount();
  }
  const root = localServer().rootFolder.QueryInterface(Ci.nsIMsgLocalMailFolder);
  const folder = root.createLocalSubfolder(name);
  for (const path of paths) {
    await copyInto(folder, fileAt(path));
  }
  await showFolder(name);
}

/** Whether there is a local folder `name`. */
export function hasFolder(name) {
  return localServer().rootFolder.containsChildNamed(name);
}

/** Give the reader the address `email` to write from. */
export function makeIdentity(email) {
  const server = MailServices.accounts.createIncomingServer("reader", "pop.example.jp", "pop3");
  server.loginAtStartUp = false;
  server.doBiff = false;
  const account = MailServices.accounts.createAccount();
  account.incomingServer = server;
  const identity = MailServices.accounts.createIdentity();
  identity.email = email;
  identity.fullName = "Reader";
  account.addIdentity(identity);
  MailServices.accounts.defaultAccount = account;
}

/** Make an account of `type` ("imap", "pop3") for `user` at a server of our own; `options` are numbers, texts or booleans by
    the name of the setting. Nothing is fetched before it is asked for. */
export function makeAccount(type, user, port, options = {}) {
  const server = MailServices.accounts.createIncomingServer(user, "127.0.0.1", type);
  server.port = port;
  server.socketType = Ci.nsMsgSocketType.plain;
  server.authMethod = Ci.nsMsgAuthMethod.passwordCleartext;
  server.password = "right";
  server.loginAtStartUp = false;
  server.doBiff = false;
  server.setBoolValue("autosync_offline_stores", false);
  const set = { number: "setIntValue", string: "setStringValue", boolean: "setBoolValue" };
  for (const [name, value] of Object.entries(options)) {
    server[set[typeof value]](name, value);
  }
  const account = MailServices.accounts.createAccount();
  account.incomingServer = server;
  const identity = MailServices.accounts.createIdentity();
  identity.email = `${user}@example.jp`;
  identity.fullName = "Reader";
  account.addIdentity(identity);
  server.valid = true;
}

/** Show the folder `name` ("Inbox" …) of the account of `user` once it holds `count` messages: what the server has of it. */
export async function showFolderOf(user, name, count) {
  const server = serverOf(user);
  const { msgWindow } = mainWindow();
  const folder = await until(`folder ${name} of ${user}`, () => {
    const found = server.rootFolder.descendants.find(each => each.name.toLowerCase() == name.toLowerCase());
    if (!found && server.type == "imap") {
      server.performExpand(msgWindow);
    }
    return found;
  });
  if (server.type == "pop3") {
    MailServices.pop3.GetNewMail(msgWindow, null, folder, server);
  } else {
    folder.updateFolder(msgWindow);
  }
  mainWindow().gTabmail.switchToTab(0);
  const pane = threePane();
  pane.displayFolder(folder.URI);
  await until(`${count} messages in ${name} of ${user}`, () => pane.gFolder == folder && pane.gDBView?.rowCount == count);
}

/** Take the account of `user` away, with what it has here. */
export function removeAccount(user) {
  const account = MailServices.accounts.findAccountForServer(serverOf(user));
  MailServices.accounts.removeAccount(account, false);
}

/** Whether the source of the `index`th message of the folder on show lies on this machine. */
export function isDownloaded(index) {
  return Boolean(threePane().gDBView.getMsgHdrAt(index).flags & Ci.nsMsgMessageFlags.Offline);
}

/** Whether the message at `place` has come to its end. */
export function isLoaded(place) {
  return Boolean(places[place]()?.msgLoaded);
}

/** The numbers of the messages in the folder on show that have this subject. */
export function numbersOf(subject) {
  return [...threePane().gFolder.messages].filter(each => each.mime2DecodedSubject == subject).map(each => String(each.messageKey));
}

/** Show the folder `name`, with no message selected. */
export async function showFolder(name) {
  const folder = folderNamed(name);
  mainWindow().gTabmail.switchToTab(0);
  const pane = threePane();
  pane.displayFolder(folder.URI);
  await until(`folder ${name} to be listed`, () =>
    pane.gFolder == folder && pane.gDBView?.rowCount == folder.getTotalMessages(false));
  pane.threadTree.selectedIndices = [];
  await until("the message area to be empty", () => pane.messageBrowser.hidden && pane.multiMessageBrowser.hidden);
}

function copyInto(folder, file, flags = 0) {
  const copied = Promise.withResolvers();
  MailServices.copy.copyFileMessage(file, folder, null, false, flags, "", {
    QueryInterface: ChromeUtils.generateQI(["nsIMsgCopyServiceListener"]),
    onStartCopy() {},
    onProgress() {},
    setMessageKey() {},
    getMessageId: () => null,
    onStopCopy: status =>
      Components.isSuccessCode(status) ? copied.resolve() : copied.reject(new Error(`${file.path}: ${status}`)),
  }, null);
  return copied.promise;
}

// --- Showing messages ---------------------------------------------------------------------------------------------

/** Select the `index`th message of the folder on show in the three-pane window; do not wait for it. */
export function select(index) {
  threePane().threadTree.selectedIndex = index;
}

/** Show the `index`th message of the folder on show, or for a "file …" the .eml file at `path`, at `place`; wait for it. */
export async function show(place, index, path) {
  await open(place, index, path);
  await loaded(place);
}

/** The same, without waiting for its text: it may come late, or never. */
export async function open(place, index, path) {
  const pane = threePane();
  if (place.startsWith("file")) {
    const file = fileAt(path);
    Services.prefs.setIntPref("mail.openMessageBehavior", place.endsWith("tab") ? 2 : 0);
    MailUtils.openEMLFile(mainWindow(), file, Services.io.newFileURI(file));
    await until(`${path} at ${place}`, () => places[place]()?.gMessageURI?.includes(file.leafName));
    return;
  }
  const header = pane.gDBView.getMsgHdrAt(index);
  if (place == "three-pane") {
    mainWindow().gTabmail.switchToTab(0);
    select(index);
  } else if (place == "tab") {
    MailUtils.openMessageInNewTab([header], pane.gViewWrapper);
  } else {
    MailUtils.openMessageInNewWindow(header, pane.gViewWrapper);
  }
  await until(`message ${index} at ${place}`, () => places[place]()?.gMessage?.messageKey == header.messageKey);
}

async function loaded(place) {
  await until(`the document at ${place}`, () => places[place]().msgLoaded && inside(pane(place), content =>
    content.document.readyState == "complete"));
}

/** Select several messages at once; gives what the message area then shows. */
export async function selectSeveral(indices) {
  const pane = threePane();
  pane.threadTree.selectedIndices = indices;
  await until("the summary of several messages", () => !pane.multiMessageBrowser.hidden);
  return { summary: !pane.multiMessageBrowser.hidden, message: !pane.messageBrowser.hidden };
}

/** Close every menu, message tab and message window. */
export async function closeAll() {
  await closeMenus();
  const tabmail = mainWindow().gTabmail;
  while (tabmail.tabInfo.length > 1) {
    tabmail.closeTab(tabmail.tabInfo[1]);
  }
  for (const window of [...Services.wm.getEnumerator("mail:messageWindow"), ...Services.wm.getEnumerator("msgcompose")]) {
    window.close();
  }
  await until("message windows to close", () => !messageWindow());
}

// --- Looking at the banner ----------------------------------------------------------------------------------------

/** The banner in the message at `place`, or null; with a measure of how much of it can be seen and hit. */
export function banner(place) {
  return inside(pane(place), content => {
    const { document } = content;
    for (const host of document.documentElement?.children ?? []) {
      const section = host.openOrClosedShadowRoot?.querySelector("section.mekiki");
      if (!section) {
        continue;
      }
      const box = section.getBoundingClientRect();
      const hit = { tried: 0, covered: [] };
      for (let row = 0.5; row < 8; row++) {
        for (let column = 0.5; column < 20; column++) {
          const x = box.x + (box.width * column) / 20;
          const y = box.y + (box.height * row) / 8;
          hit.tried++;
          if (document.elementFromPoint(x, y) !== host) {
            hit.covered.push([Math.round(x), Math.round(y)]);
          }
        }
      }
      const text = selector => [...section.querySelectorAll(selector)].map(each => each.textContent.trim());
      return {
        level: section.dataset.level,
        role: section.getAttribute("role"),
        sentence: text(".sentence").join(" "),
        evidence: [...section.querySelectorAll("ul.evidence > li")].map(each => ({
          sign: each.dataset.sign,
          text: each.textContent.trim(),
        })),
        buttons: { details: text("button.details").join(), dismiss: text("button.dismiss").length },
        held: section.querySelector(".target") && {
          question: text(".question").join(),
          target: text(".target").join(),
          domain: text(".target b").join(),
          through: text(".through").join(),
          choices: text("button"),
        },
        focused: host.openOrClosedShadowRoot.activeElement?.className ?? null,
        open: host.matches(":popover-open"),
        visible: section.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
        box: { x: box.x, y: box.y, width: box.width, height: box.height },
        natural: section.scrollHeight,
        elements: [...new Set([...section.querySelectorAll("*")].map(each => each.localName))].sort(),
        text: section.textContent,
        overflow: Math.max(section.scrollWidth - section.clientWidth, host.scrollWidth - host.clientWidth),
        viewport: { width: document.documentElement.clientWidth, height: content.innerHeight },
        screen: [box.x + content.mozInnerScreenX, box.y + content.mozInnerScreenY, box.width, box.height]
          .map(each => Math.round(each * content.devicePixelRatio)),
        // How far it lies between two rows of pixels.
        between: Math.round((content.mozInnerScreenY * content.devicePixelRatio % 1) * 100),
        hit,
      };
    }
    return null;
  });
}

/** Wait for the banner at `place`; gives what `banner` gives. */
export function bannerShown(place) {
  return until(`a banner at ${place}`, async () => {
    const seen = await banner(place);
    return seen?.open && seen;
  });
}

export async function bannerGone(place) {
  await until(`the banner at ${place} to go`, async () => !(await banner(place))?.open);
}

/** Wait for the banner at `place` to ask about a link; gives what `banner` gives. */
export function linkHeld(place) {
  return until(`a link to be held at ${place}`, async () => {
    const seen = await banner(place);
    return seen?.open && seen.held && seen;
  });
}

/** Wait until it asks no more. */
export function linkAnswered(place) {
  return until(`the banner at ${place} to ask no more`, async () => {
    const seen = await banner(place);
    return seen && !seen.held && seen;
  });
}

/** Set the keyboard on the message at `place`, on nothing in it. */
export function focusPane(place) {
  pane(place).focus();
  return inside(pane(place), content => {
    content.document.activeElement?.blur();
    content.document.getSelection()?.removeAllRanges();
    return true;
  });
}

/** Set the keyboard on what `selector` names in the mail at `place`. */
export function focusInMail(place, selector) {
  pane(place).focus();
  return inside(pane(place), (content, wanted) => {
    content.document.querySelector(wanted).focus();
    return true;
  }, selector);
}

/** Press the button of the banner that `selector` names. */
export function pressInBanner(place, selector) {
  return inside(pane(place), (content, wanted) => {
    for (const host of content.document.documentElement?.children ?? []) {
      const button = host.openOrClosedShadowRoot?.querySelector(wanted);
      if (button) {
        button.click();
        return true;
      }
    }
    return false;
  }, selector);
}

/** Where the middle of what `selector` names in the mail at `place` lies: [x, y] in the main window. */
export function spot(place, selector) {
  return spotOf(place, selector, false);
}

/** The same of what `selector` names in the banner. */
export function spotInBanner(place, selector) {
  return spotOf(place, selector, true);
}

async function spotOf(place, selector, isInBanner) {
  const at = await inside(pane(place), (content, wanted, isIn) => {
    const within = root => root?.querySelector(wanted)
      ?? [...root?.querySelectorAll("*") ?? []].map(each => within(each.openOrClosedShadowRoot)).find(each => each);
    const hosts = isIn ? [...content.document.documentElement.children] : [];
    const node = isIn
      ? hosts.map(host => host.openOrClosedShadowRoot?.querySelector(wanted)).find(each => each)
      : within(content.document);
    const box = node?.getBoundingClientRect();
    return box && [content.mozInnerScreenX + box.x + box.width / 2, content.mozInnerScreenY + box.y + box.height / 2]
      .map(each => each * content.devicePixelRatio);
  }, selector, isInBanner);
  if (!at) {
    throw new Error(`nothing is ${selector} at ${place}`);
  }
  const { mozInnerScreenX, mozInnerScreenY, devicePixelRatio } = mainWindow();
  return [at[0] / devicePixelRatio - mozInnerScreenX, at[1] / devicePixelRatio - mozInnerScreenY].map(Math.round);
}

/** From now on note every document and every banner in the message pane at `place`, with the moment, for `noted`. */
export async function watch(place) {
  await inside(pane(place), (content, scope) => {
    const watchedAlready = "mekikiNotes" in scope;
    scope.mekikiNotes = [];
    if (watchedAlready) {
      return;
    }
    const note = (document, what, more) => {
      const { performance } = document.defaultView;
      scope.mekikiNotes.push({ what, url: document.URL, at: performance.timeOrigin + performance.now(), ...more });
    };
    const observe = event => {
      const document = event.target;
      if (document.defaultView != scope.content) {
        return;
      }
      const observer = new document.defaultView.MutationObserver(() => {
        for (const host of document.documentElement.children) {
          const section = host.openOrClosedShadowRoot?.querySelector("section.mekiki");
          if (section) {
            observer.disconnect();
            note(document, "banner", { sentence: section.querySelector(".sentence")?.textContent.trim() });
          }
        }
      });
      observer.observe(document.documentElement, { childList: true });
    };
    scope.addEventListener("DOMDocElementInserted", observe, true);
    scope.addEventListener("DOMContentLoaded", event => {
      if (event.target.defaultView == scope.content) {
        note(event.target, "document");
      }
    }, true);
  });
}

/** What `watch` noted so far, oldest first: {what: "document" or "banner", url, at in milliseconds, sentence}. */
export function noted(place) {
  return inside(pane(place), (content, scope) => scope.mekikiNotes);
}

/** The address of the document in the message pane at `place`, as `noted` tells it. */
export function addressShown(place) {
  return inside(pane(place), content => content.document.URL);
}

/** Let `milliseconds` go by inside Thunderbird, to come at another moment of what the add-on is doing. */
export function after(milliseconds) {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}

export function isDark() {
  return mainWindow().matchMedia("(prefers-color-scheme: dark)").matches;
}

// --- Looking at the button and the popup --------------------------------------------------------------------------

/** The add-on's button over the message at `place`: {badge, title, label, icon, disabled, shown}. */
export function button(place) {
  const node = buttonNode(place);
  return node && {
    badge: node.getAttribute("badge") ?? "",
    title: node.getAttribute("tooltiptext") ?? "",
    label: node.getAttribute("label") ?? "",
    icon: node.style.getPropertyValue("--webextension-menupopup-image")
      || node.style.getPropertyValue("--webextension-toolbar-image"),
    disabled: node.hasAttribute("disabled"),
    shown: node.getBoundingClientRect().width > 0,
  };
}

/** Wait until the button at `place` tells `level`, by its icon and in words; gives the button. */
export async function buttonTells(place, level) {
  let seen;
  try {
    await until("the button", () => {
      seen = button(place);
      // It is cleared before it is set again, badge first: for a moment they disagree.
      const hasBadge = seen?.badge != "" || ["none", "fetching"].includes(level);
      return seen?.icon.includes(`/icons/${level}.svg`) && /^Mekiki: ./.test(seen.title) && hasBadge;
    });
  } catch {
    throw new Error(`the button never told "${level}": ${JSON.stringify(seen)}`);
  }
  return seen;
}

/** Press the button at `place` and wait for the popup to have filled itself. */
export async function openPopup(place) {
  buttonNode(place).click();
  return popupFilled(place);
}

/** Press the button at `place` and wait for the popup to say that there is nothing to show yet; gives {verdict, text}. */
export async function openWaitingPopup(place) {
  buttonNode(place).click();
  return until(`the popup at ${place} to wait`, () => {
    const browser = popupBrowser(place);
    return browser?.messageManager && inside(browser, content => {
      const main = content.document.querySelector("main");
      const verdict = main?.querySelector("#verdict");
      return main?.dataset.state == "waiting" && verdict && content.innerWidth > 0
        && { verdict: verdict.textContent.trim(), text: main.textContent };
    });
  });
}

/** Wait for an open popup to have filled itself; gives what `dissection` reads. */
export async function popupFilled(place) {
  return until(`the popup at ${place}`, () => {
    const browser = popupBrowser(place);
    return browser?.messageManager && inside(browser, dissection);
  });
}

/** Wait for the dissection in the tab on show to have filled itself; gives what `dissection` reads. */
export async function pageFilled() {
  return until("the dissection in a tab", () => {
    const browser = pageBrowser();
    return browser?.messageManager && inside(browser, dissection);
  });
}

/** {state, level, verdict, sections, signs, links, text, width, overflow, markup} of a dissection, null while it is not there. */
function dissection(content) {
  const { document } = content;
  const main = document.querySelector("main");
  if (!["report", "failed", "not-received", "no-message"].includes(main?.dataset.state) || content.innerWidth == 0) {
    return null;
  }
  const tidy = each => each.textContent.replace(/\s+/g, " ").trim();
  return {
    state: main.dataset.state,
    level: main.dataset.level ?? null,
    verdict: document.querySelector("#verdict")?.textContent.trim() ?? null,
    sections: Object.fromEntries([...main.querySelectorAll("section[id]")].map(each => [each.id, tidy(each)])),
    open: [...main.querySelectorAll("section[id] > details[open]")].map(each => each.parentNode.id),
    signs: [...main.querySelectorAll("#signs [data-sign]")].map(each => each.dataset.sign),
    hops: [...main.querySelectorAll(".hops li")].map(each => each.className),
    pins: [...main.querySelectorAll(".map .pin")].map(each => each.textContent),
    links: [...document.querySelectorAll("a[href]")].map(each => each.href),
    // What can only be there if something of the mail was read as markup.
    markup: [...main.querySelectorAll("img, script, style, iframe, form, input, object, i, u, marquee")].map(each => each.outerHTML),
    status: [...main.querySelectorAll(".status")].map(tidy).join(" ").trim(),
    question: main.querySelector(".question")?.textContent ?? "",
    text: tidy(main),
    focused: document.activeElement?.id || document.activeElement?.className || "",
    width: content.innerWidth,
    overflow: document.documentElement.scrollWidth - content.innerWidth,
  };
}

/** Click what `selector` names in the dissection at `place`, as a person does: in the tab where `place` is "page", in the
    page of settings where it is "settings". */
export function pressInDissection(place, selector) {
  return inside(dissectionBrowser(place), (content, wanted) => {
    const node = content.document.querySelector(wanted);
    const handling = content.windowUtils.setHandlingUserInput(true);
    content.document.notifyUserGestureActivation();
    node?.click();
    handling.destruct();
    return Boolean(node);
  }, selector);
}

/** Wait until a dissection has what `selector` names. */
export async function presentInDissection(place, selector) {
  await until(`${selector} at ${place}`, () =>
    inside(dissectionBrowser(place), (content, wanted) => Boolean(content.document.querySelector(wanted)), selector));
}

/** Choose `value` in the list that `selector` names in a dissection. */
export function chooseInDissection(place, selector, value) {
  return inside(dissectionBrowser(place), (content, wanted, chosen) => {
    content.document.querySelector(wanted).value = chosen;
    return content.document.querySelector(wanted).value;
  }, selector, value);
}

/** Open the page of settings in a tab; gives what `settingsShown` does. */
export async function openSettings() {
  await wake();
  await inside(backgroundBrowser(), async content => {
    await content.wrappedJSObject.messenger.runtime.openOptionsPage();
  });
  return settingsShown();
}

/** Open the welcome page in a tab; gives {title, language, sentence, evidence, signs, links, text, overflow}. */
export async function openWelcome() {
  await wake();
  await inside(backgroundBrowser(), async content => {
    const { messenger } = content.wrappedJSObject;
    await messenger.tabs.create(Cu.cloneInto({ url: messenger.runtime.getURL("welcome/welcome.html") }, content));
  });
  return welcomeShown();
}

/** What the welcome page shows, once it is there. */
export function welcomeShown() {
  return until("the welcome page", () => {
    const browser = pageBrowser("welcome");
    return browser?.messageManager && inside(browser, content => {
      const { document } = content;
      const main = document.querySelector("main");
      return main?.dataset.state == "welcome" && content.innerWidth > 0 && {
        title: document.querySelector("h1").textContent,
        language: document.documentElement.lang,
        sentence: document.querySelector(".sample .sentence").textContent,
        evidence: document.querySelectorAll(".sample li").length,
        signs: [...document.querySelectorAll("#signs [data-sign]")].map(each => each.dataset.sign),
        links: [...document.querySelectorAll("a[href], form, input")].map(each => each.outerHTML),
        text: main.textContent,
        overflow: document.documentElement.scrollWidth - content.innerWidth,
      };
    });
  });
}

/** Wait for the page of settings: {title, language, entries, checked, status, isWrong, nameless, focused, overflow}. */
export function settingsShown() {
  return until("the page of settings", () => {
    const browser = pageBrowser("options");
    return browser?.messageManager && inside(browser, settings);
  });
}

/** Wait until the page of settings tells `words` about what was done; gives what `settingsShown` does. */
export async function settingsTold(words) {
  return until(`the settings to say "${words}"`, async () => {
    const shown = await settingsShown();
    return shown.status.includes(words) && shown;
  });
}

function settings(content) {
  const { document } = content;
  const main = document.querySelector("main");
  if (main?.dataset.state != "settings" || content.innerWidth == 0) {
    return null;
  }
  const tidy = each => each.textContent.replace(/\s+/g, " ").trim();
  return {
    title: document.querySelector("h1").textContent,
    language: document.documentElement.lang,
    entries: Object.fromEntries([...main.querySelectorAll("section")].map(each =>
      [each.id, [...each.querySelectorAll(".entries bdi")].map(tidy)])),
    checked: [...main.querySelectorAll("input:checked")].map(each => each.id),
    status: [...main.querySelectorAll(".status")].map(tidy).join(" ").trim(),
    isWrong: main.querySelector(".status.wrong:not(:empty)") !== null,
    // What a screen reader would have no name for.
    nameless: [...main.querySelectorAll("input, select, button")]
      .filter(each => !(each.labels?.length || each.ariaLabel || each.textContent)).map(each => each.outerHTML),
    locked: [...main.querySelectorAll(".locked")].map(each => each.closest("section").id),
    disabled: [...main.querySelectorAll("input:disabled")].map(each => each.id),
    sections: Object.fromEntries([...main.querySelectorAll("section")].map(each => [each.id, tidy(each)])),
    focused: document.activeElement?.id || document.activeElement?.className || "",
    overflow: document.documentElement.scrollWidth - content.innerWidth,
  };
}

/** Enter `value` into the field or list of the settings that `selector` names. */
export function enterInSettings(selector, value) {
  return inside(pageBrowser("options"), (content, wanted, entered) => {
    const node = content.document.querySelector(wanted);
    node.focus();
    node.value = entered;
    node.dispatchEvent(new content.Event("change", { bubbles: true }));
  }, selector, value);
}

/** Have the settings take in a file that says `text`. */
export function importSettings(text) {
  return inside(pageBrowser("options"), (content, written) => {
    const node = content.document.querySelector("#import");
    node.mozSetFileArray([new content.File([written], "mekiki-settings.json", { type: "application/json" })]);
    node.dispatchEvent(new content.Event("change", { bubbles: true }));
  }, text);
}

/** Make the page in the tab on show, "page", "settings", "check" or "welcome", `width` pixels wide; 0 gives it its own width
    again. */
export async function narrowPage(place, width) {
  const browser = dissectionBrowser(place);
  browser.style.maxWidth = browser.style.width = width ? `${width}px` : "";
  await until(`${place} to have its width`, () => inside(browser, (content, wanted) =>
    !wanted || Math.abs(content.innerWidth * content.devicePixelRatio - wanted) < 2, width));
}

// --- Checking many messages ---------------------------------------------------------------------------------------

/** Open the check of many messages by the add-on's button in the toolbar. */
export async function openCheck() {
  mainWindow().gTabmail.switchToTab(0);
  const button = await until("the button in the toolbar", () =>
    mainWindow().document.querySelector("[extension='" + extensionId + "'] button, [item-id='ext-" + extensionId + "'] button"));
  button.click();
  return checkShown();
}

/** Wait for the page of the check: {state, title, progress, verdict, counts, rows, status, …}; see `check`. */
export function checkShown() {
  return until("the check of many messages", () => {
    const browser = pageBrowser("scan");
    return browser?.messageManager && inside(browser, check);
  });
}

/** Wait until the check is in `state` ("listing", "running", "paused", "cancelled", "done"), however long it takes; gives
    what `checkShown` does. */
export async function checkIs(state) {
  for (let tries = 0; tries < 6; tries++) {
    try {
      return await until(`the check to be ${state}`, async () => {
        const shown = await checkShown();
        return shown.state == state && shown;
      });
    } catch {
      // A folder with a message that Thunderbird fails on takes many tries to list.
    }
  }
  throw new Error(`the check was never ${state}: ${JSON.stringify(await checkShown())}`);
}

/** Wait until the check has found at least `count` messages of that outcome. */
export function checkFound(outcome, count) {
  return until(`${count} ${outcome} messages found`, async () => (await checkShown()).counts[outcome] >= count);
}

/** Wait until the check tells `words` about what was done; gives what `checkShown` does. */
export function checkTold(words) {
  return until(`the check to say "${words}"`, async () => {
    const shown = await checkShown();
    return shown.status.includes(words) && shown;
  });
}

function check(content) {
  const { document } = content;
  const main = document.querySelector("main");
  if (main?.dataset.state != "ready" || content.innerWidth == 0) {
    return null;
  }
  const words = each => each?.textContent.replace(/\s+/g, " ").trim() ?? "";
  const section = document.querySelector("#check");
  const one = selector => words(section?.querySelector(selector));
  return {
    state: section?.dataset.state ?? null,
    title: one("h2 bdi"),
    begun: section?.dataset.begun ?? null,
    progress: one(".progress"),
    verdict: one(".verdict"),
    sources: [...document.querySelectorAll("#source option")].map(words),
    begin: words(document.querySelector("#begin")),
    remark: section?.querySelector(".remark")?.hidden === false,
    counts: Object.fromEntries([...section?.querySelectorAll(".filters label") ?? []].map(each =>
      [each.dataset.outcome, Number(words(each.querySelector(".count")).replace(/\D/g, ""))])),
    total: Number(section?.querySelector("table").getAttribute("aria-rowcount")) - 1,
    rows: [...section?.querySelectorAll("tr[data-outcome]") ?? []].map(each => ({
      outcome: each.dataset.outcome,
      from: each.querySelector(".from").textContent,
      subject: each.querySelector(".open")?.textContent ?? "",
      sign: each.querySelector(".sign").dataset.sign ?? null,
      sentence: words(each.querySelector(".sign")),
      deed: words(each.querySelector(".deed")),
      picked: each.querySelector(".pick input")?.checked ?? null,
      height: each.getBoundingClientRect().height,
    })),
    buttons: [...section?.querySelectorAll(".controls button") ?? []].filter(each => !each.closest("[hidden]") && !each.disabled).map(each => each.className),
    status: one(".status"),
    // What can only be there if something of the mail was read as markup.
    markup: [...main.querySelectorAll("img, script, style, iframe, form, object, i, u, marquee, a")].map(each => each.outerHTML),
    nameless: [...main.querySelectorAll("input, select, button, progress")]
      .filter(each => !(each.labels?.length || each.ariaLabel || each.textContent)).map(each => each.outerHTML),
    overflow: document.documentElement.scrollWidth - content.innerWidth,
  };
}

/** Begin a check of what is chosen on the page, as a person does. */
export async function beginCheck() {
  const { begun } = await checkShown();
  await pressInDissection("check", "button.begin");
  await until("the check to begin", async () => (await checkShown()).begun != begun);
}

/** Have the add-on forget the last check. */
export async function forgetCheck() {
  await wake();
  await inside(backgroundBrowser(), async content => {
    await content.wrappedJSObject.messenger.storage.local.remove("check");
  });
}

/** Wait until the check lists rows of these outcomes; gives what `checkShown` does. */
export function checkLists(outcomes) {
  return until("the rows of the check", async () => {
    const shown = await checkShown();
    return shown.total == outcomes.reduce((sum, outcome) => sum + shown.counts[outcome], 0) && shown;
  });
}

/** Wait until the check offers folders. */
export function checkKnowsFolders() {
  return until("folders to check", async () => {
    const shown = await checkShown();
    return shown.sources.length > 2 && shown;
  });
}

/** Wait until Thunderbird shows its folders to the add-on. */
export async function seesFolders() {
  await until("the add-on to see folders", () => extension()?.folderManager && extension().backgroundState == "running");
}

/** Close the tab on show. */
export async function closeTab() {
  const { gTabmail } = mainWindow();
  const count = gTabmail.tabInfo.length;
  gTabmail.closeTab(gTabmail.currentTabInfo);
  await until("the tab to close", () => gTabmail.tabInfo.length < count);
}

/** Load the page of the check again, as a person does. */
export async function reloadCheck() {
  const browser = pageBrowser("scan");
  await inside(browser, content => {
    content.document.querySelector("main").dataset.state = "leaving";
  });
  browser.reload();
  await checkShown();
}

/** Wait until a message is shown in a tab of its own; gives its subject. */
export function messageInTab() {
  return until("a message in a tab", () =>
    mainWindow().gTabmail.currentTabInfo.mode.name == "mailMessageTab" && places.tab()?.gMessage?.mime2DecodedSubject);
}

/** Select messages of the folder on show, whatever the message area makes of it. */
export function pickMessages(indices) {
  threePane().threadTree.selectedIndices = indices;
}

/** List the folder on show by conversations, all folded up; or as it was. */
export async function foldThreads(fold) {
  const pane = threePane();
  pane.gViewWrapper.showThreaded = fold;
  if (fold) {
    pane.gDBView.doCommand(Ci.nsMsgViewCommandType.collapseAll);
  } else {
    pane.gViewWrapper.showUnthreaded = true;
  }
}

/** Put the .eml files at `paths` into the local folder `name`, as mail that has just arrived. */
export async function receive(name, paths) {
  for (const path of paths) {
    await copyInto(folderNamed(name), fileAt(path), Ci.nsMsgMessageFlags.New);
  }
}

/** Make a local folder `name` that holds the messages of the mbox file at `path`, and show it; gives how many. */
export async function makeFolderOf(name, path) {
  if (!localServer()) {
    MailServices.accounts.createLocalMailAccount();
  }
  const root = localServer().rootFolder.QueryInterface(Ci.nsIMsgLocalMailFolder);
  const folder = root.createLocalSubfolder(name).QueryInterface(Ci.nsIMsgLocalMailFolder);
  folder.msgDatabase.forceClosed();
  folder.msgDatabase = null;
  await IOUtils.copy(path, folder.filePath.path);
  await IOUtils.remove(folder.summaryFile.path, { ignoreAbsent: true });
  const read = Promise.withResolvers();
  try {
    folder.getDatabaseWithReparse({ OnStartRunningUrl() {}, OnStopRunningUrl: () => read.resolve() }, mainWindow().msgWindow);
    read.resolve();
  } catch {
    // It is being read.
  }
  await read.promise;
  await showFolder(name);
  return folder.getTotalMessages(false);
}

/** From now on note how long the thread of Thunderbird's windows does not come to answer; `freezes` tells. */
export function watchFreezes() {
  freezing = { longest: 0, last: Date.now(), timer: null };
  const tick = () => {
    const now = Date.now();
    freezing.longest = Math.max(freezing.longest, now - freezing.last - TICK);
    freezing.last = now;
    freezing.timer = setTimeout(tick, TICK);
  };
  tick();
}

/** The longest freeze since `watchFreezes`, in milliseconds; ends the watch. */
export function freezes() {
  clearTimeout(freezing.timer);
  return freezing.longest;
}

/** Numbers of the processes: {main, extension}. */
export async function processes() {
  const { pid, children } = await ChromeUtils.requestProcInfo();
  return { main: pid, extension: children.find(({ type }) => type == "extension")?.pid ?? null };
}

/** Scroll a dissection to what `selector` names; unfold it. */
export function turnTo(place, selector) {
  return inside(dissectionBrowser(place), (content, wanted) => {
    const node = content.document.querySelector(wanted);
    node.querySelector("details")?.setAttribute("open", "");
    node.scrollIntoView();
    return true;
  }, selector);
}

/** Wait until the dissection tells `words` about what was done. */
export function statusTold(place, words) {
  return until(`word that "${words}"`, async () => {
    const browser = dissectionBrowser(place);
    return browser?.messageManager && (await inside(browser, dissection))?.status.includes(words);
  });
}

/** Wait until the section `section` of the dissection at `place` says `words`; gives the dissection. */
export function dissectionTold(place, section, words) {
  return until(`${section} to say "${words}"`, async () => {
    const browser = dissectionBrowser(place);
    const shown = browser?.messageManager && (await inside(browser, dissection));
    return shown?.sections[section]?.includes(words) && shown;
  });
}

/** The words of the dissection in the tab as they come on paper, and again on the screen afterwards. */
export function onPaper() {
  return inside(pageBrowser(), content => {
    const words = event => {
      content.dispatchEvent(new content.Event(event));
      return content.document.querySelector("main").textContent;
    };
    return { paper: words("beforeprint"), folded: content.document.querySelectorAll("details:not([open])").length, screen: words("afterprint") };
  });
}

/** Wait for Thunderbird to ask whether the add-on may do something, and answer it; gives the words of the question. */
export async function answerPermission(allow) {
  const shown = await until("the question for a permission", () => {
    const panel = mainWindow().PopupNotifications.panel;
    const node = panel.querySelector("popupnotification#addon-webext-permissions-notification");
    return panel.state == "open" && node?.button && node;
  });
  const words = shown.textContent.replace(/\s+/g, " ").trim();
  // The buttons take no click in the first moments, so that nobody is surprised.
  await new Promise(resolve => setTimeout(resolve, Services.prefs.getIntPref("security.notification_enable_delay") + 200));
  (allow ? shown.button : shown.secondaryButton).click();
  return words;
}

/** Trust whatever the owner of a certificate, as base64, vouches for. */
export function trustAuthority(certificate) {
  Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB).addCertFromBase64(certificate, "C,,");
}

/** Take away what the add-on was allowed since it was installed. One that is just starting afresh may have read it
    before, so that what it holds counts as well. */
export async function withdrawPermissions() {
  const { ExtensionPermissions } = ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
  await until("the permissions to be withdrawn", async () => {
    const running = extension();
    if (!running) {
      return false;
    }
    const held = running.manifest.optional_permissions.filter(name => running.hasPermission(name));
    const { permissions, origins } = await ExtensionPermissions.get(extensionId);
    const all = [...new Set([...held, ...permissions])];
    if (all.length + origins.length > 0) {
      await ExtensionPermissions.remove(extensionId, { permissions: all, origins, data_collection: [] }, running);
    }
    return all.length + origins.length == 0;
  });
}

/** Wait until `count` messages lie in the local folder `name`. */
export async function arrived(name, count) {
  await until(`${count} messages in ${name}`, () => messagesIn(name).length == count);
  await until("the add-on to run", () => extension()?.backgroundState == "running");
}

/** Wait until `count` messages of the local folder `name` have a tag whose key contains `key`. */
export async function tagged(name, key, count) {
  await until(`${count} messages in ${name} with the tag ${key}`, () =>
    messagesIn(name).filter(({ tags }) => tags.split(" ").some(each => each.includes(key))).length == count);
}

/** Subjects, junk marks and tags of the messages, and whether they were read, in the local folder `name`. */
export function messagesIn(name) {
  const folder = localServer().rootFolder.getChildNamed(name);
  return [...folder.messages].map(each => ({
    subject: each.mime2DecodedSubject,
    junk: each.getStringProperty("junkscore"),
    tags: each.getStringProperty("keywords"),
    read: each.isRead,
  }));
}

/** Make a folder for junk, as an account has one. */
export function makeJunkFolder(name) {
  const root = localServer().rootFolder.QueryInterface(Ci.nsIMsgLocalMailFolder);
  root.createLocalSubfolder(name).setFlag(Ci.nsMsgFolderFlags.Junk);
}

/** Wait for a window to write a mail in; gives its recipients, subject, text and the names of what is attached; closes it. */
export async function composed() {
  const window = await until("a window to write in", () => {
    const found = Services.wm.getMostRecentWindow("msgcompose");
    return found?.gComposeType !== undefined && found.gMsgCompose && found.document.getElementById("attachmentBucket")?.itemCount > 0 && found;
  });
  const { compFields } = window.gMsgCompose;
  window.Recipients2CompFields(compFields);
  const seen = {
    to: compFields.to,
    subject: window.document.getElementById("msgSubject").value,
    text: window.document.getElementById("messageEditor").contentDocument.body.innerText,
    attached: window.gAttachmentBucket.itemChildren.map(each => each.attachment.name),
  };
  window.gMsgCompose.bodyModified = false;
  window.close();
  return seen;
}

/** Choose the entry with these words in the context menu of the `index`th message of the list. */
export async function chooseInMenuOfMessage(index, words) {
  const pane = threePane();
  pane.threadTree.scrollToIndex(index, true);
  const row = await until(`row ${index} of the list`, () => pane.threadTree.getRowAtIndex(index));
  const box = row.getBoundingClientRect();
  await choose("mailContext", words, () => askForMenu(pane, box.x + 40, box.y + box.height / 2));
}

/** Choose the entry with these words in the context menu of the local folder `name`. */
export async function chooseInMenuOfFolder(name, words) {
  mainWindow().gTabmail.switchToTab(0);
  const pane = threePane();
  const row = await until(`the folder ${name} in the folder pane`, () => pane.folderPane.getRowForFolder(folderNamed(name)));
  row.scrollIntoView({ block: "nearest" });
  const box = row.querySelector(".name").getBoundingClientRect();
  await choose("folderPaneContext", words, () => askForMenu(pane, box.x + 10, box.y + box.height / 2));
}

/** Choose the entry with these words in the context menu of the first link of the message at `place`. */
export async function chooseInMenuOfLink(place, words) {
  const browser = pane(place);
  await choose("mailContext", words, async () => {
    const [x, y] = await inside(browser, content => {
      const link = content.document.querySelector("a[href]");
      link.scrollIntoView({ block: "end" });
      const box = link.getClientRects()[0];
      return [box.x + box.width / 4, box.y + box.height / 2];
    });
    const box = browser.getBoundingClientRect();
    askForMenu(browser.documentGlobal ?? browser.ownerGlobal, box.x + x, box.y + y);
  });
}

/** Press a key with Ctrl and Alt held down or not. */
export function pressShortcut(key, ctrl, alt) {
  const window = mainWindow();
  window.focus();
  const processor = Cc["@mozilla.org/text-input-processor;1"].createInstance(Ci.nsITextInputProcessor);
  processor.beginInputTransactionForTests(window);
  const held = [["Control", ctrl], ["Alt", alt]].filter(([, is]) => is).map(([name]) => new window.KeyboardEvent("", { key: name }));
  held.forEach(each => processor.keydown(each));
  const pressed = new window.KeyboardEvent("", { key, code: `Key${key.toUpperCase()}`, keyCode: key.toUpperCase().charCodeAt(0) });
  processor.keydown(pressed);
  processor.keyup(pressed);
  held.reverse().forEach(each => processor.keyup(each));
}

/** Ask for the context menu of a place in a window. */
function askForMenu(window, x, y) {
  for (const type of ["mousedown", "contextmenu", "mouseup"]) {
    if (window.synthesizeMouseEvent) {
      window.synthesizeMouseEvent(type, x, y, { button: 2, clickCount: 1 });
    } else {
      window.windowUtils.sendMouseEvent(type, x, y, 2, 1, 0);
    }
  }
}

/** Ask for a context menu and press the entry with these words in it. A bar of Thunderbird's own may push the message
    away from under the pointer; then the menu is that of another place, and is asked for again. */
async function choose(id, words, ask) {
  for (let tries = 0; tries < 10; tries++) {
    await ask();
    const menu = await until("the context menu", () => openMenus().find(each => each.id == id));
    const entry = [...menu.querySelectorAll("menuitem")].find(each => each.label == words && !each.hidden);
    if (entry) {
      const own = entry.closest("menupopup");
      if (own != menu) {
        // Several entries of an add-on stand in a menu of their own.
        own.parentNode.openMenu(true);
        await until("the add-on's own menu", () => own.state == "open");
      }
      own.activateItem(entry);
      await until("the context menu to close", () => menu.state == "closed");
      return;
    }
    await closeMenus();
  }
  throw new Error(`no “${words}” in the context menu`);
}

function openMenus() {
  return [mainWindow().document, threePane().document]
    .flatMap(document => [...document.querySelectorAll("menupopup")]).filter(each => each.state == "open");
}

async function closeMenus() {
  openMenus().forEach(each => each.hidePopup());
  await until("menus to close", () => !openMenus().length);
}

/** What lies in the clipboard as text. */
export function clipboard() {
  const transferable = Cc["@mozilla.org/widget/transferable;1"].createInstance(Ci.nsITransferable);
  transferable.init(null);
  transferable.addDataFlavor("text/plain");
  Services.clipboard.getData(transferable, Ci.nsIClipboard.kGlobalClipboard, mainWindow().browsingContext.currentWindowContext);
  const data = {};
  transferable.getTransferData("text/plain", data);
  return data.value.QueryInterface(Ci.nsISupportsString).data;
}

export async function closePopup(place) {
  popupBrowser(place)?.closest("panel").hidePopup();
  await until("the popup to close", () => !popupBrowser(place));
}

// --- What does not fit --------------------------------------------------------------------------------------------

/** What is cut or runs out of its place in the banner at `place`. */
export function spillsOfBanner(place) {
  return inside(pane(place), spills, true);
}

/** What is cut or runs out of its place in the dissection or settings at `place`, everything unfolded. */
export function spillsOf(place) {
  return inside(dissectionBrowser(place), spills, false);
}

/** Words that cannot be read whole: beyond the edge of their element, of one that hides the rest, or of the window.
    What can be scrolled to can be read. Gives one line for each. */
function spills(content, isBanner) {
  const { document } = content;
  const host = isBanner && [...document.documentElement.children].find(each => each.openOrClosedShadowRoot?.querySelector("section.mekiki"));
  const root = isBanner ? host.openOrClosedShadowRoot.querySelector("section.mekiki") : document.querySelector("main");
  root.querySelectorAll("details").forEach(each => each.setAttribute("open", ""));
  const found = [];
  const note = (node, why) => found.push(`${node.localName}.${node.className} ${why}: ${(node.textContent || node.value).trim().slice(0, 60)}`);
  const style = node => content.getComputedStyle(node);
  const scrolls = node => /auto|scroll/.test(style(node).overflowX);
  // A table's head in a narrow window is there for screen readers alone.
  const seen = node => node.checkVisibility() && !node.closest("thead, [hidden]")
    || node.closest("thead") && style(node.closest("thead")).clipPath == "none";
  for (const node of [root, ...root.querySelectorAll("*")].filter(seen)) {
    const isBox = node.clientWidth > 0 && !node.closest("svg");
    if (isBox && !scrolls(node) && node.scrollWidth > node.clientWidth + 1) {
      note(node, `needs ${node.scrollWidth} of ${node.clientWidth}`);
    }
    if (isBox && (node.localName == "button" || style(node).overflowY == "hidden") && node.scrollHeight > node.clientHeight + 1) {
      note(node, `needs ${node.scrollHeight} in height of ${node.clientHeight}`);
    }
    if (node.localName == "select") {
      // Closed, it shows the chosen entry alone.
      const alone = node.cloneNode(false);
      alone.append(node.selectedOptions[0].cloneNode(true));
      alone.style.cssText = "position: absolute; inline-size: max-content; min-inline-size: 0; max-inline-size: none";
      node.after(alone);
      const wanted = alone.getBoundingClientRect().width;
      alone.remove();
      if (wanted > node.getBoundingClientRect().width + 1) {
        note(node, `needs ${wanted} of ${node.getBoundingClientRect().width}`);
      }
    }
    for (const words of [...node.childNodes].filter(each => each.nodeType == 3 && each.data.trim())) {
      const range = document.createRange();
      range.selectNodeContents(words);
      const isApart = Boolean(node.closest(".scroll, .raw"));
      for (const { left, right, width } of range.getClientRects()) {
        if (!isApart && width > 0 && (left < -1 || right > content.innerWidth + 1)) {
          note(node, `runs from ${left} to ${right} of ${content.innerWidth}`);
        }
      }
    }
  }
  return [...new Set(found)];
}

// --- What leaves Thunderbird --------------------------------------------------------------------------------------

const opened = [];
let isCatching = false;

/** From now on note what is given to other programs to open, in place of giving it. */
export function catchOpened() {
  opened.length = 0;
  if (isCatching) {
    return;
  }
  const contract = "@mozilla.org/uriloader/external-protocol-service;1";
  const real = Cc[contract].getService(Ci.nsIExternalProtocolService);
  const catcher = {
    QueryInterface: ChromeUtils.generateQI(["nsIExternalProtocolService"]),
    loadURI: uri => opened.push(uri.spec),
    isExposedProtocol: scheme => real.isExposedProtocol(scheme),
    externalProtocolHandlerExists: scheme => real.externalProtocolHandlerExists(scheme),
    getProtocolHandlerInfo: scheme => real.getProtocolHandlerInfo(scheme),
  };
  Components.manager.QueryInterface(Ci.nsIComponentRegistrar).registerFactory(
    Services.uuid.generateUUID(), "", contract,
    { QueryInterface: ChromeUtils.generateQI(["nsIFactory"]), createInstance: iid => catcher.QueryInterface(iid) });
  isCatching = true;
}

/** What was given to other programs since `catchOpened`, and the windows in which a mail is being written. */
export function openedOutside() {
  const writing = [...Services.wm.getEnumerator("msgcompose")].map(each => `compose:${each.document.title}`);
  return [...opened, ...writing];
}

/** Wait until something was given to other programs; gives what `openedOutside` gives. */
export function somethingOpened() {
  return until("something to be opened", () => openedOutside().length > 0 && openedOutside());
}

const notifications = [];
let isNotifiedOfAll = false;

/** From now on note what is to be shown as a notification of the desktop, in place of showing it. */
export function catchNotifications() {
  notifications.length = 0;
  const contract = "@mozilla.org/alerts-service;1";
  const registrar = Components.manager.QueryInterface(Ci.nsIComponentRegistrar);
  if (isNotifiedOfAll) {
    return;
  }
  isNotifiedOfAll = true;
  const catcher = {
    QueryInterface: ChromeUtils.generateQI(["nsIAlertsService"]),
    showAlert: ({ title, text }, listener) => notifications.push({ title, text, listener }),
    showAlertNotification: (image, title, text, clickable, cookie, listener) => notifications.push({ title, text, listener, cookie }),
    closeAlert() {},
  };
  registrar.registerFactory(Services.uuid.generateUUID(), "", contract,
    { QueryInterface: ChromeUtils.generateQI(["nsIFactory"]), createInstance: iid => catcher.QueryInterface(iid) });
}

/** Notifications since `catchNotifications`: {title, text}. */
export function notified() {
  return notifications.map(({ title, text }) => ({ title, text }));
}

/** Wait until there are `count` notifications; gives what `notified` gives. */
export async function notifiedTimes(count) {
  await until(`${count} notifications`, () => notifications.length >= count);
  return notified();
}

/** Press the `index`th notification. */
export function pressNotification(index) {
  const { listener, cookie } = notifications[index];
  listener.observe(null, "alertclickcallback", cookie ?? null);
}

/** Answer or forward the message at `place` ("Reply", "ForwardInline" …); gives the HTML of what is to be sent. */
export async function written(place, how) {
  const { gMessageURI, gFolder } = places[place]();
  const type = Ci.nsIMsgCompType[how];
  const browser = pane(place);
  MailServices.compose.OpenComposeWindow(null, browser.contentWindow ? places[place]().gMessage : null, gMessageURI, type,
    Ci.nsIMsgCompFormat.HTML, MailServices.accounts.defaultAccount.defaultIdentity, null, mainWindow().msgWindow,
    browser.contentDocument?.getSelection() ?? null);
  const window = await until("a window to write in", () => Services.wm.getMostRecentWindow("msgcompose"));
  const html = await until("what is quoted", () => {
    const body = window.gMsgCompose?.editor && window.GetCurrentEditor?.()?.document?.body;
    return window.gWindowReady !== false && body?.textContent.includes("DKIM") && body.ownerDocument.documentElement.outerHTML;
  });
  window.gContentChanged = false;
  window.close();
  await until("the window to close", () => !Services.wm.getMostRecentWindow("msgcompose"));
  return html;
}

/** Select everything in the message at `place`, as a person does to quote or copy it; gives the copied text. */
export function selectAll(place) {
  pane(place).focus();
  return inside(pane(place), content => {
    content.docShell.doCommand("cmd_selectAll");
    return content.document.getSelection().toString();
  });
}

/** Take the selection away. */
export function selectNothing(place) {
  return inside(pane(place), content => {
    content.document.getSelection().removeAllRanges();
    return true;
  });
}

/** Print the message at `place` into the file at `path`, as PDF. */
export async function print(place, path) {
  const service = Cc["@mozilla.org/gfx/printsettings-service;1"].getService(Ci.nsIPrintSettingsService);
  const settings = service.createNewPrintSettings();
  settings.isInitializedFromPrinter = true;
  settings.isInitializedFromPrefs = true;
  settings.printSilent = true;
  settings.outputDestination = Ci.nsIPrintSettings.kOutputDestinationFile;
  settings.outputFormat = Ci.nsIPrintSettings.kOutputFormatPDF;
  settings.toFileName = path;
  settings.printBGColors = true;
  await pane(place).browsingContext.print(settings);
}

/** Work without the network, or with it again. */
export function goOffline(offline) {
  Services.io.offline = offline;
}

/** How the message at `place` is zoomed from now on: 1 is as it is. */
export function zoom(place, factor) {
  pane(place).fullZoom = factor;
}

/** Give the message at `place` so many pixels of width. */
export async function narrow(place, width) {
  const browser = pane(place);
  browser.style.maxWidth = browser.style.width = width ? `${width}px` : "";
  await until("the message to have its width", () => inside(browser, (content, wanted) =>
    !wanted || Math.abs(content.innerWidth * content.devicePixelRatio - wanted) < 2, width));
}

/** Scroll the message at `place` down to its end; gives how far that was. */
export function scrollDown(place) {
  return inside(pane(place), content => {
    content.scrollTo({ top: 1e6, behavior: "instant" });
    return content.scrollY;
  });
}

/** What has the keyboard in the message at `place`, and the width of the ring around it: {name, ring}. */
export async function focusAt(place) {
  return inside(pane(place), content => {
    const { activeElement } = content.document;
    const inner = activeElement?.openOrClosedShadowRoot?.activeElement;
    if (!inner) {
      return { name: activeElement?.localName ?? null, ring: null };
    }
    const style = content.getComputedStyle(inner);
    return { name: inner.className, ring: style.outlineStyle == "solid" ? style.outlineWidth : null };
  });
}

/** What a screen reader is told of the banner at `place`: {role, name, live, text, children}. */
export function spoken(place) {
  return inside(pane(place), async content => {
    const service = Cc["@mozilla.org/accessibilityService;1"].getService(Ci.nsIAccessibilityService);
    const host = [...content.document.documentElement.children].find(each => each.openOrClosedShadowRoot);
    const section = host.openOrClosedShadowRoot.querySelector("section");
    for (let turn = 0; turn < 100; turn++) {
      const accessible = service.getAccessibleFor(section);
      if (accessible) {
        const attributes = {};
        for (const { key, value } of accessible.attributes.enumerate()) {
          attributes[key] = value;
        }
        const leaves = each => each.childCount
          ? Array.from({ length: each.childCount }, (_, at) => leaves(each.getChildAt(at))).flat() : [each];
        const all = leaves(accessible);
        return {
          role: service.getStringRole(accessible.role),
          name: accessible.name,
          live: attributes.live ?? attributes["container-live"] ?? null,
          text: all.map(each => each.name).join(" "),
          buttons: [...section.querySelectorAll("button")].map(each => service.getAccessibleFor(each)?.name),
        };
      }
      await new Promise(resolve => content.setTimeout(resolve, 50));
    }
    return null;
  });
}

/** Where the first line of the mail at `place` begins, in pixels from the top of the message. */
export function lureTop(place) {
  return inside(pane(place), content => content.document.querySelector("#lure").getBoundingClientRect().y);
}

// --- Hindering the add-on -----------------------------------------------------------------------------------------

/** Give Thunderbird the time to paint what it has, so that a picture shows it. */
export async function painted() {
  for (const window of Services.wm.getEnumerator(null)) {
    for (let frame = 0; frame < 3; frame++) {
      await new Promise(resolve => window.requestAnimationFrame(resolve));
    }
  }
  await new Promise(resolve => Services.tm.idleDispatchToMainThread(resolve, 500));
}

/** End the background page as Thunderbird does when it has been idle. */
export async function suspend() {
  await extension().terminateBackground({ disableResetIdleForTest: true });
  await until("the background page to end", () => backgroundState() != "running");
}

/** Wake the background page as an event does. */
export async function wake() {
  await extension().wakeupBackground();
  await until("the background page", () => backgroundState() == "running");
}

export function backgroundState() {
  return extension().backgroundState;
}

/** Let the core break off judging the next message, however often it is judged, as it does at a trap: it is handed what it cannot read. */
export function breakOff() {
  return inside(backgroundBrowser(), content => {
    const sandbox = Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false });
    Cu.evalInSandbox(`{
      const { postMessage } = window.Worker.prototype;
      // What workers are got ready with is no message of anybody's.
      const isSample = question => Object.keys(question.task.context).length === 0;
      let size = null;
      window.Worker.prototype.postMessage = function (question) {
        const isBroken = question.task.kind === "judge" && !isSample(question) && question.file.size === (size ??= question.file.size);
        postMessage.call(this, isBroken ? { ...question, task: { ...question.task, context: 0 } } : question);
      };
    }`, sandbox);
    return true;
  });
}

/** Let the core be busy with the next message that is judged for as long as judging it `times` takes, whenever it is judged. */
export function keepBusy(times) {
  return inside(backgroundBrowser(), (content, wanted) => {
    const sandbox = Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false });
    Cu.evalInSandbox(`{
      const { postMessage, addEventListener } = window.Worker.prototype;
      const unheard = new WeakMap();
      const isSample = question => Object.keys(question.task.context).length === 0;
      let size = null;
      window.Worker.prototype.postMessage = function (question) {
        const isHeld = question.task.kind === "judge" && !isSample(question) && question.file.size === (size ??= question.file.size);
        unheard.set(this, { begun: 0, answers: isHeld ? ${wanted} - 1 : 0 });
        for (let time = 0; time < (isHeld ? ${wanted} : 1); time++) postMessage.call(this, question);
      };
      window.Worker.prototype.addEventListener = function (type, listener, options) {
        addEventListener.call(this, type, type !== "message" ? listener : event => {
          const rest = unheard.get(this);
          if (event.data ? rest.answers-- <= 0 : rest.begun++ === 0) listener(event);
        }, options);
      };
    }`, sandbox);
    return true;
  }, times);
}

/** Errors of the add-on since this was last asked, uncaught or written to the console, in any process. */
export async function newErrors() {
  const origin = `moz-extension://${extension().uuid}/`;
  // Written by Thunderbird itself when the reader leaves a message before its banner was answered for.
  const left = /^Promise (rejected|resolved) (after context unloaded|while context is inactive)/;
  const uncaught = Services.console.getMessageArray()
    .filter(each => each instanceof Ci.nsIScriptError && !(each.flags & Ci.nsIScriptError.warningFlag))
    .filter(each => each.sourceName?.startsWith(origin) || each.errorMessage.includes(origin))
    .filter(each => !left.test(each.errorMessage))
    .map(each => `${each.errorMessage} (${each.sourceName}:${each.lineNumber})`);
  Services.console.reset();
  const read = (content, at) => {
    const storage = Cc["@mozilla.org/consoleAPI-storage;1"].getService(Ci.nsIConsoleAPIStorage);
    const written = storage.getEvents()
      .filter(each => each.level == "error" && each.filename?.startsWith(at))
      .map(each => `${each.arguments.map(String).join(" ")} (${each.filename}:${each.lineNumber})`);
    storage.clearEvents();
    return written;
  };
  const written = read(null, origin);
  await extension().wakeupBackground();
  written.push(...await inside(backgroundBrowser(), read, origin));
  return [...uncaught, ...written];
}

// --- Ways and means -----------------------------------------------------------------------------------------------

/** Run `work(content, ...given)` where the document of `browser` lives; `scope` is given last. */
function inside(browser, work, ...given) {
  const name = `mekiki-tests:${Services.uuid.generateUUID()}`;
  const script = `(async () => {
    try {
      sendAsyncMessage("${name}", { value: await (${work})(content, ...${JSON.stringify(given)}, this) });
    } catch (error) {
      sendAsyncMessage("${name}", { error: String(error) });
    }
  })()`;
  const manager = browser.messageManager;
  const { promise, resolve, reject } = Promise.withResolvers();
  const listener = {
    receiveMessage({ data }) {
      manager.removeMessageListener(name, listener);
      if (data.error) {
        reject(new Error(data.error));
      } else {
        resolve(data.value);
      }
    },
  };
  manager.addMessageListener(name, listener);
  manager.loadFrameScript(`data:application/javascript;charset=utf-8,${encodeURIComponent(script)}`, false, true);
  return promise;
}

/** Look again and again until something is seen. A look into a page that goes away meanwhile (as
    a popup's does, which changes processes while it opens) is never answered. */
async function until(what, look) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const seen = await Promise.race([look(), new Promise(resolve => setTimeout(resolve, 1000))]);
    if (seen) {
      return seen;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${PATIENCE} ms in vain for ${what}`);
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

function fileAt(path) {
  const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
  file.initWithPath(path);
  return file;
}

function mainWindow() {
  return Services.wm.getMostRecentWindow("mail:3pane");
}

function messageWindow() {
  return Services.wm.getMostRecentWindow("mail:messageWindow");
}

function threePane() {
  return mainWindow().gTabmail.tabInfo[0].chromeBrowser.contentWindow;
}

function localServer() {
  try {
    return MailServices.accounts.localFoldersServer;
  } catch {
    return null; // Throws where there is none yet.
  }
}

function serverOf(user) {
  return MailServices.accounts.allServers.find(each => each.username == user);
}

function folderNamed(name) {
  return localServer().rootFolder.getChildNamed(name);
}

function pane(place) {
  return places[place]().getMessagePaneBrowser();
}

function buttonNode(place) {
  return places[place]()?.document.querySelector("[id$='-messageDisplayAction-toolbarbutton']");
}

function popupBrowser(place) {
  for (const window of [places[place](), places[place]()?.top]) {
    const browser = window?.document.querySelector("panel browser.webextension-popup-browser");
    if (browser) {
      return browser;
    }
  }
  return null;
}

/** The browser of the dissection that the tab on show holds. */
function pageBrowser(folder = "report") {
  const { browser } = mainWindow().gTabmail.currentTabInfo;
  return browser?.currentURI?.spec.startsWith(`moz-extension://${extension().uuid}/${folder}/`) ? browser : null;
}

function dissectionBrowser(place) {
  if (place == "settings") {
    return pageBrowser("options");
  }
  if (place == "check") {
    return pageBrowser("scan");
  }
  if (place == "welcome") {
    return pageBrowser("welcome");
  }
  return place == "page" ? pageBrowser() : popupBrowser(place);
}

/** The add-on; nothing for the moment that it starts afresh. */
function extension() {
  return WebExtensionPolicy.getByID(extensionId)?.extension;
}

function backgroundBrowser() {
  return [...extension().views].find(each => each.viewType == "background")?.xulBrowser;
}
