"use strict";
(() => {
  const query = document.getElementById("query");
  const hits = document.getElementById("hits");
  const status = document.getElementById("status");
  const shown = (block) => block.checkVisibility();

  // One block of a document is in the order of Tab, so that Tab does not stop at each of hundreds.
  const enter = (block) => {
    for (const other of block.parentElement.querySelectorAll('.block[tabindex="0"]')) other.tabIndex = -1;
    block.tabIndex = 0;
    block.focus();
    block.scrollIntoView({ block: "nearest" });
  };

  const step = (block, direction, wanted) => {
    let next = block;
    do next = direction > 0 ? next.nextElementSibling : next.previousElementSibling;
    while (next && !(next.matches(wanted) && shown(next)));
    if (next) enter(next);
  };

  let clear = 0;
  const say = (text) => {
    status.textContent = text;
    clearTimeout(clear);
    clear = setTimeout(() => { status.textContent = ""; }, 4000);
  };

  const copy = (block) => {
    const rule = block.querySelector(".reason pre");
    if (!rule) return say("No rule speaks of this block.");
    const unfold = () => {
      rule.parentElement.open = true;
      getSelection().selectAllChildren(rule);
      say("Copy the selected rule.");
    };
    if (!navigator.clipboard) return unfold();
    navigator.clipboard.writeText(rule.textContent + "\n").then(() => say("The rule is copied. Give it a name and a reason."), unfold);
  };

  const MOVES = {
    ArrowDown: [1, ".block"], j: [1, ".block"], ArrowUp: [-1, ".block"], k: [-1, ".block"], n: [1, ".removed"], p: [-1, ".removed"],
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const typing = event.target === query;
    const block = event.target.closest(".block");
    if (event.key === "/" && !typing) query.focus();
    else if (event.key === "Escape" && block) query.focus();
    else if (block && Object.hasOwn(MOVES, event.key)) step(block, ...MOVES[event.key]);
    else if (block && event.key === "c") copy(block);
    else return;
    event.preventDefault();
  });

  document.addEventListener("focusin", (event) => {
    const block = event.target.closest(".block");
    const rule = block && block.querySelector(".reason details");
    if (!rule || rule.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy (c)";
    button.addEventListener("click", () => copy(block));
    rule.append(button);
  });

  // Documents with few blocks to show are unfolded for a search, and folded again after it.
  const FEW = 200;
  const unfolded = new Set();
  const reveal = (parts) => {
    for (const part of unfolded) if (!parts.has(part)) { part.open = false; unfolded.delete(part); }
    for (const part of parts) if (!part.open) { part.open = true; unfolded.add(part); }
  };

  const search = () => {
    const wanted = query.value.trim().toLowerCase();
    const matching = new Set();
    let count = 0;
    for (const part of document.querySelectorAll(".document")) {
      let inside = 0;
      for (const block of part.querySelectorAll(".block")) {
        const [text, key] = [block.firstElementChild, block.querySelector(".key")];
        const matches = !wanted || (text.textContent + "\n" + key.textContent).toLowerCase().includes(wanted);
        block.classList.toggle("unmatched", !matches);
        inside += matches;
      }
      const named = part.firstElementChild.textContent.toLowerCase().includes(wanted);
      if (named && !inside) for (const block of part.querySelectorAll(".unmatched")) block.classList.remove("unmatched");
      part.classList.toggle("unmatched", !inside && !named);
      if (wanted && inside) matching.add(part);
      count += inside;
    }
    reveal(count <= FEW ? matching : new Set());
    hits.textContent = wanted ? `${count} block${count === 1 ? "" : "s"}` : "";
  };
  let waiting = 0;
  query.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 150);
  });
  if (query.value) search();
})();
