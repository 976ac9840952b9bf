/** The core beside the background page: it judges what is displayed and what arrives. */
import { serve } from "../shared/serve.mjs";

serve((report) => report);
