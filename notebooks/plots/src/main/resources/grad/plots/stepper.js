// Plays the steps that stand in the page as lists, one list for each picture. It computes nothing: every word and number is in the lists.
(() => {
  const MILLISECONDS_PER_STEP = 2500;

  const CONTROLS = `
    <button type="button" data-do="back">Back</button>
    <button type="button" data-do="play">Play</button>
    <button type="button" data-do="next">Next</button>
    <input type="range" min="0" value="0" aria-label="Step">
    <output></output>`;

  const HINT = `Point at a box, tap it or go to it with Tab, to see its paths to the result.
    <span class="keys">Keys: ← and → step, space plays.</span>`;

  document.querySelectorAll(".javagrad-stepper:not([data-ready])").forEach(start);

  function start(root) {
    root.dataset.ready = "";
    root.removeAttribute("style");           // the white card is for those who have no script
    root.querySelector(".still").remove();
    const path = element("p", "path", HINT);
    root.querySelector(".walks").after(path);
    const walks = [...root.querySelectorAll(".walk")].map(walk => open(walk, path));
    const last = Math.max(...walks.map(walk => walk.last));
    const controls = element("div", "controls", CONTROLS);
    const spoken = element("p", "spoken");
    root.querySelector(".walks").before(controls, spoken);
    const [back, play, next] = controls.querySelectorAll("button");
    const slider = controls.querySelector("input");
    slider.max = last;
    let now = 0;
    let timer = null;

    function go(step) {
      now = Math.min(last, Math.max(0, step));
      walks.forEach(walk => walk.show(now));
      slider.value = now;
      slider.setAttribute("aria-valuetext", `${now + 1} of ${last + 1}`);
      controls.querySelector("output").textContent = `${now + 1} / ${last + 1}`;
      back.setAttribute("aria-disabled", now === 0);
      next.setAttribute("aria-disabled", now === last);
      spoken.textContent = walks.map(walk => walk.words(now)).join(" ");
      if (now === last) pause();
    }

    function pause() {
      clearInterval(timer);
      timer = null;
      play.textContent = "Play";
      spoken.setAttribute("aria-live", "polite");
    }

    function toggle() {
      if (timer) return pause();
      spoken.setAttribute("aria-live", "off");      // nobody can listen that fast
      play.textContent = "Pause";
      timer = setInterval(() => root.isConnected ? go(now + 1) : pause(), MILLISECONDS_PER_STEP);
      go(now === last ? 0 : now + 1);
    }

    function by(steps) {
      pause();
      go(now + steps);
    }

    back.onclick = () => by(-1);
    next.onclick = () => by(1);
    play.onclick = toggle;
    slider.oninput = () => by(slider.value - now);
    root.addEventListener("keydown", event => {
      const does = {
        ArrowRight: () => by(1), ArrowLeft: () => by(-1), Home: () => by(-last), End: () => by(last),
        " ": event.target.closest("button") ? null : toggle,
      }[event.key];
      if (!does || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      does();
    });
    // JupyterLab leaves keys alone only where the element that has the focus says so.
    root.querySelectorAll("button, input, .value").forEach(part => part.dataset.lmSuppressShortcuts = "true");
    pause();
    go(0);
  }

  // One picture with its steps.
  function open(walk, path) {
    const svg = inline(walk.querySelector("img"));
    const list = walk.querySelector("ol");
    list.className = "steps";
    list.setAttribute("aria-hidden", "true");      // it is spoken step by step
    walk.querySelector("details").replaceWith(list);
    const steps = [...list.children];
    const values = [...svg.querySelectorAll(".value")];
    const links = [...svg.querySelectorAll(".link")];
    explainPaths(path, svg, values, links);

    function show(now) {
      steps.forEach((step, i) => step.classList.toggle("now", i === Math.min(now, steps.length - 1)));
      clear(now);
      const passed = steps.slice(0, now + 1);
      passed.forEach(write);
      light(passed[passed.length - 1].dataset);
    }

    // What the first step shows: inputs have data, nothing has a gradient.
    function clear(now) {
      const goesBack = steps.slice(0, now + 1).some(step => step.dataset.kind === "seed");
      steps.filter(step => step.dataset.kind === "forward").forEach(step => text(step.dataset.at, "data", ""));
      values.forEach(value => text(value.dataset.value, "grad", goesBack ? "0" : ""));
      values.forEach(value => value.querySelector(".turn")?.setAttribute("visibility", "hidden"));
    }

    function write({dataset: {kind, at, by, number}}) {
      if (kind === "forward") text(at, "data", number);
      if (kind === "seed" || kind === "backward") text(at, "grad", number);
      if (by) values[by].querySelector(".turn")?.removeAttribute("visibility");
    }

    function text(value, field, content) {
      const found = values[value].querySelector(`.${field} text`);
      if (found) found.textContent = content;
    }

    function light({kind, at, by, wrong = ""}) {
      const moves = kind !== "start" && kind !== "end";
      values.forEach(value => {
        value.classList.toggle("at", moves && value.dataset.value === at);
        value.classList.toggle("by", value.dataset.value === by);
        value.classList.toggle("wrong", wrong.split(" ").includes(value.dataset.value));
      });
      links.forEach(({classList, dataset: {from, to}}) => {
        classList.toggle("going", kind === "forward" && to === at);
        classList.toggle("coming", kind === "backward" && from === at && to === by);
      });
      if (moves) reveal(walk.querySelector(".picture"), values[at], values[by ?? at]);
    }

    return {show, last: steps.length - 1, words: now => [...steps[Math.min(now, steps.length - 1)].children].map(line => line.textContent).join(" ")};
  }

  // The picture as a part of the page, so that its numbers can change.
  function inline(image) {
    const bytes = Uint8Array.from(atob(image.src.split(",")[1]), letter => letter.charCodeAt(0));
    const svg = new DOMParser().parseFromString(new TextDecoder().decode(bytes), "image/svg+xml").documentElement;
    svg.querySelector("title").remove();
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", "Computation graph");
    svg.style.setProperty("--natural", `${image.getAttribute("width")}px`);
    image.replaceWith(svg);
    return svg;
  }

  // Pointing at a value lights its paths to the result and says what they multiply to.
  function explainPaths(path, svg, values, links) {
    function leadingFrom(value, found = new Set()) {
      found.add(value);
      links.filter(link => link.dataset.from === value.dataset.value).forEach(link => {
        found.add(link);
        leadingFrom(values[link.dataset.to], found);
      });
      return found;
    }

    function point(value) {
      const lit = value ? leadingFrom(value) : new Set();
      svg.classList.toggle("pointing", Boolean(value));
      [...values, ...links].forEach(part => part.classList.toggle("lit", lit.has(part)));
      if (value) path.textContent = value.getAttribute("aria-label");
      else path.innerHTML = HINT;
    }

    for (const value of values) {
      value.setAttribute("tabindex", "0");
      value.setAttribute("role", "img");
      value.onmouseenter = value.onfocus = () => point(value);
      value.onmouseleave = value.onblur = () => point(null);
    }
  }

  // Scrolls a picture that is wider than its room, and nothing else, until both values stand around its middle.
  function reveal(room, one, other) {
    const middle = part => part.getBoundingClientRect().left + part.getBoundingClientRect().width / 2;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    room.scrollBy({left: (middle(one) + middle(other)) / 2 - middle(room), behavior: still ? "auto" : "smooth"});
  }

  function element(tag, className, html = "") {
    const made = document.createElement(tag);
    made.className = className;
    made.innerHTML = html;
    return made;
  }
})();
