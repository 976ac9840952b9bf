/**
 * The background page. It may be suspended at any time and is woken by the events it listens to: so every listener is
 * registered here, synchronously, and nothing is kept that could not be made again.
 */
import { forgetCheck } from "../shared/check.mjs";
import { isMessage } from "../shared/protocol.mjs";
import { watchSettings } from "../shared/settings.mjs";
import { forgetAcquaintances } from "./acquaintance.mjs";
import { proceed } from "./acts.mjs";
import { bringBack, startAfreshUnseen } from "./afresh.mjs";
import { answer } from "./answers.mjs";
import { watchArrivals } from "./arrival.mjs";
import { expectOnButton, showAgain, showOnButton } from "./button.mjs";
import { forgetContacts, watchContacts } from "./contacts.mjs";
import { forgetDissections, watchCompleted } from "./dissections.mjs";
import { prepareBanner } from "./injection.mjs";
import { warmUp } from "./judges.mjs";
import { learnFrom } from "./learning.mjs";
import { openCheck } from "./many.mjs";
import { answerMenu, prepareMenus, renameMenus } from "./menus.mjs";

messenger.messageDisplay.onMessagesDisplayed.addListener((tab, list) => {
  void showOnButton(tab.id, list.messages);
  void learnFrom(list.messages).catch(() => undefined);
});

messenger.mailTabs.onSelectedMessagesChanged.addListener((tab, { messages }) => {
  // Before Thunderbird tells what is displayed, the message has to be fetched.
  if (messages.length === 1) void expectOnButton(tab.id);
});

messenger.runtime.onMessage.addListener((message, sender) => (isMessage(message, sender) ? answer(message, sender) : false));

messenger.permissions.onAdded.addListener(() => {
  watchContacts(judgeAgain);
  judgeAgain();
  watchArrivals();
  void proceed();
});

messenger.permissions.onRemoved.addListener(() => {
  // What was read by a permission is let go with it.
  void forgetContacts();
  void forgetAcquaintances();
  judgeAgain();
});

messenger.menus.onClicked.addListener((click, tab) => void answerMenu(click, tab));

messenger.action.onClicked.addListener((tab) => void openCheck(tab));

messenger.runtime.onInstalled.addListener(({ reason }) => {
  void prepareMenus();
  if (reason === "install") void messenger.tabs.create({ url: messenger.runtime.getURL("welcome/welcome.html") });
});

// Thunderbird has started: its numbers of messages are others now.
messenger.runtime.onStartup.addListener(() => void forgetCheck());

watchArrivals();

watchSettings(() => {
  judgeAgain();
  void renameMenus();
});

watchContacts(judgeAgain);
watchCompleted(() => void showAgain());
void prepareBanner();
void warmUp();
void bringBack();
void proceed().then(startAfreshUnseen);

/** What dissections rest on has changed: the settings, or what may be known of the reader. */
function judgeAgain() {
  forgetDissections();
  void showAgain();
}
