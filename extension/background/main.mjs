/**
 * The background page. It may be suspended at any time and is woken by the events it listens to: so every listener is
 * registered here, synchronously, and nothing is kept that could not be made again.
 */
import { isMessage } from "../shared/protocol.mjs";
import { watchSettings } from "../shared/settings.mjs";
import { proceed } from "./acts.mjs";
import { answer } from "./answers.mjs";
import { showAgain, showOnButton } from "./button.mjs";
import { forgetDissections } from "./dissections.mjs";
import { prepareBanner } from "./injection.mjs";
import { answerMenu, prepareMenus, renameMenus } from "./menus.mjs";

messenger.messageDisplay.onMessagesDisplayed.addListener((tab, list) => {
  void showOnButton(tab.id, list.messages);
});

messenger.runtime.onMessage.addListener((message, sender) => (isMessage(message) ? answer(message, sender) : false));

messenger.permissions.onAdded.addListener(() => {
  judgeAgain();
  void proceed();
});

messenger.permissions.onRemoved.addListener(judgeAgain);

messenger.menus.onClicked.addListener((click, tab) => void answerMenu(click, tab));

messenger.runtime.onInstalled.addListener(() => void prepareMenus());

watchSettings(() => {
  judgeAgain();
  void renameMenus();
});

void prepareBanner();
void proceed();

/** What dissections rest on has changed: the settings, or whether the reader's addresses are known. */
function judgeAgain() {
  forgetDissections();
  void showAgain();
}
