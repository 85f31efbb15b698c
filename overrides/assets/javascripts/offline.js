/* Has the browser keep the guide on this device; on a page only where the school's settings say offline: true. */
"use strict";
{
  const worker = new URL("../../service-worker.js", document.currentScript.src);
  addEventListener("load", () => navigator.serviceWorker?.register(worker, { updateViaCache: "none" }).catch(() => {}));
}
