// Shows how far a test is without loading the page again. Everything also works without it.
"use strict";
(() => {
  const place = document.getElementById("voortgang");
  if (!place || place.dataset.toestand !== "loopt") return;
  const bar = place.querySelector("progress"), sentence = document.getElementById("stand");
  const look = async () => {
    try {
      const answer = await fetch(place.dataset.stand);
      if (answer.ok && !answer.redirected) {
        const now = await answer.json();
        if (now.toestand !== "loopt") return location.reload();
        bar.value = now.gedaan;
        if (now.zin !== sentence.textContent) sentence.textContent = now.zin;
      }
    } catch {
      // Without a network the page stays as it is.
    }
    setTimeout(look, 5000);
  };
  setTimeout(look, 2000);
})();
