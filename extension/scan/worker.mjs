/** The core beside the page that checks many messages. */
import { serve } from "../shared/serve.mjs";
import { judgedOf } from "./rows.mjs";

// A dissection is large, a row is not.
serve(judgedOf);
