// Checks an answer two seconds after somebody typed, and keeps it as a draft. The fields and the
// focus stay as they are: only what the check says is replaced. Everything also works without it.
"use strict";
(() => {
  const form = document.querySelector("form[data-keur]"), status = document.getElementById("stand");
  if (!form || !status) return;
  const PAUSE = 2000, LONGEST = 15000, MARKS = ["aria-invalid", "aria-describedby"];
  let timer = 0, busy = null, leaving = false;

  const take = (page) => {
    for (const old of document.querySelectorAll("[data-vers]")) {
      const fresh = page.getElementById(old.id);
      // A field that came with an earlier check may hold newer words than were sent.
      if (!fresh || old.querySelector("input") || old.innerHTML === fresh.innerHTML) continue;
      old.replaceChildren(...fresh.childNodes);
    }
    for (const field of form.elements) {
      const fresh = field.id && page.getElementById(field.id);
      if (!fresh) continue;
      for (const mark of MARKS) {
        if (fresh.hasAttribute(mark)) field.setAttribute(mark, fresh.getAttribute(mark));
        else field.removeAttribute(mark);
      }
    }
  };

  const check = async () => {
    const typed = new FormData(form);
    typed.set("doe", "keur");
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: typed, signal: AbortSignal.timeout(LONGEST),
      });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || !page.getElementById("stand")) throw new Error(String(answer.status));
      take(page);
    } catch {
      status.textContent = "De controle lukt nu niet. Druk op Controleer om het opnieuw te proberen.";
    }
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (busy) return later();
      busy = check();
      await busy;
      busy = null;
    }, PAUSE);
  };

  form.addEventListener("input", later);
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!busy) return;
    // A check that came after the save would bring the draft back.
    event.preventDefault();
    if (leaving) return;
    leaving = true;
    const button = event.submitter;
    busy.then(() => {
      busy = null;
      leaving = false;
      form.requestSubmit(button);
    });
  });
})();
