/**
 * The background page. It may be suspended at any time and is woken by the events it listens to: so every listener is
 * registered here, synchronously, and nothing is kept that could not be made again.
 */
import { isMessage } from "../shared/protocol.mjs";
import { answer } from "./answers.mjs";
import { showOnButton } from "./button.mjs";
import { prepareBanner } from "./injection.mjs";

messenger.messageDisplay.onMessagesDisplayed.addListener((tab, list) => {
  void showOnButton(tab.id, list.messages);
});

messenger.runtime.onMessage.addListener((message, sender) => (isMessage(message) ? answer(message, sender) : false));

void prepareBanner();
