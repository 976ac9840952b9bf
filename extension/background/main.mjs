/**
 * The background page. It may be suspended at any time and is woken by the events it listens to: so every listener is
 * registered here, synchronously, and nothing is kept that could not be made again.
 */
import { isMessage } from "../shared/protocol.mjs";
import { watchSettings } from "../shared/settings.mjs";
import { forgetAcquaintances } from "./acquaintance.mjs";
import { proceed } from "./acts.mjs";
import { answer } from "./answers.mjs";
import { showAgain, showOnButton } from "./button.mjs";
import { forgetContacts, watchContacts } from "./contacts.mjs";
import { forgetDissections } from "./dissections.mjs";
import { prepareBanner } from "./injection.mjs";
import { answerMenu, prepareMenus, renameMenus } from "./menus.mjs";

messenger.messageDisplay.onMessagesDisplayed.addListener((tab, list) => {
  void showOnButton(tab.id, list.messages);
});

messenger.runtime.onMessage.addListener((message, sender) => (isMessage(message) ? answer(message, sender) : false));

messenger.permissions.onAdded.addListener(() => {
  watchContacts(judgeAgain);
  judgeAgain();
  void proceed();
});

messenger.permissions.onRemoved.addListener(() => {
  // What was read by a permission is let go with it.
  void forgetContacts();
  void forgetAcquaintances();
  judgeAgain();
});

messenger.menus.onClicked.addListener((click, tab) => void answerMenu(click, tab));

messenger.runtime.onInstalled.addListener(({ reason }) => {
  void prepareMenus();
  if (reason === "install") void messenger.tabs.create({ url: messenger.runtime.getURL("welcome/welcome.html") });
});

watchSettings(() => {
  judgeAgain();
  void renameMenus();
});

watchContacts(judgeAgain);
void prepareBanner();
void proceed();

/** What dissections rest on has changed: the settings, or what may be known of the reader. */
function judgeAgain() {
  forgetDissections();
  void showAgain();
}
