// The board: what is drawn, what the network reads, and how the drawing changes when its pixels follow the gradient.

const STEPS = 100;
const MILLISECONDS_PER_STEP = 30;
const GREYS = 16;                                 // rates and prices are those of notebooks 6 and 7, whose pixels go from 0 to 16
const WEIGHTS = [0.1, 0.3, 1, 2, 5, 20];
const CONTENT = `
  <div class="both">
    <div class="drawing">
      <canvas class="pad" tabindex="0" role="application"></canvas>
      <div class="tools">
        <button type="button" data-do="undo">Undo</button>
        <button type="button" data-do="clear">Clear</button>
        <label class="fit"><input type="checkbox" checked> fit to the frame</label>
      </div>
      <p class="hint">Draw with a finger or the mouse. <span class="keys">Keys: arrows move a cell, space inks or clears it.</span></p>
    </div>
    <div class="reading">
      <div class="seen"><canvas></canvas><p>What the network sees.<br><span class="answer"></span></p></div>
      <table>
        <caption class="hidden">Probabilities</caption>
        <thead><tr><td></td><td></td><th scope="col">drawn</th><th scope="col">changed</th></tr></thead>
        <tbody></tbody>
      </table>
    </div>
  </div>
  <div class="examples" role="group"><span>Or begin with</span></div>
  <form class="change" aria-label="Change the picture">
    <p><b>Change the picture until the network reads something else</b></p>
    <p class="ways">
      <label><input type="radio" name="way" value="dream" checked> dream: change it freely</label>
      <label><input type="radio" name="way" value="adversary"> adversary: change it as little as you can</label>
    </p>
    <p class="price"><label>staying close counts <input type="range" min="0" max="${WEIGHTS.length - 1}" value="3"></label> <output></output></p>
    <p class="formula"></p>
    <div class="targets" role="group" aria-label="Change it into"><span>Change it into</span></div>
    <div class="film" hidden>
      <div class="pictures">
        <figure><canvas></canvas><figcaption>drawn</figcaption></figure>
        <figure><canvas></canvas><figcaption>changed</figcaption></figure>
        <figure><canvas></canvas><figcaption></figcaption></figure>
      </div>
      <p><label>Step <input type="range" min="0" max="${STEPS}" value="0"></label> <output></output></p>
      <p class="result"></p>
    </div>
  </form>
  <p class="hidden spoken" aria-live="polite"></p>`;

function start(root) {
  root.dataset.ready = "";
  root.removeAttribute("style");                  // the white card is for those who have no script
  const data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
  const content = document.createElement("div");
  content.innerHTML = CONTENT;
  root.querySelector(".still").replaceWith(content);
  const board = new Board(content, data);
  board.listen();
  if (board.examples.length) board.sketch.show(board.examples[0].pixels);
  board.changed();
}

class Board {
  constructor(root, data) {
    this.find = css => root.querySelector(css);
    this.data = data;
    this.network = new Network(data);
    this.sketch = new Sketch(data);
    this.examples = data.examples.map(({name, pixels}) => ({name, pixels: floats(pixels)}));
    this.rows = data.classes.map(name => this.addRow(name));
    this.buttons = data.classes.map((name, target) => this.addButton(".targets", name, () => this.wish(target)));
    this.examples.forEach(example => this.addExample(example));
    this.find(".examples").hidden = !this.examples.length;
    this.find(".fit").hidden = data.framing === "NONE";
    root.querySelectorAll(".pad, button, input").forEach(leaveKeys);
    this.pad = new Pad(this.find(".pad"), this.sketch, () => this.changed(), words => this.say(words));
  }

  addRow(name) {
    const row = this.find("tbody").insertRow();
    row.innerHTML = `<th scope="row"></th><td class="track" aria-hidden="true"><i></i><i></i></td><td></td><td></td>`;
    row.cells[0].textContent = name;
    return row;
  }

  addButton(css, name, does) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.onclick = does;
    this.find(css).append(button);
    return button;
  }

  addExample({name, pixels}) {
    const button = this.addButton(".examples", "", () => {
      this.sketch.show(pixels);
      this.changed();
      this.tell();
    });
    button.setAttribute("aria-label", name);
    button.title = name;
    this.paint(button.appendChild(document.createElement("canvas")), pixels);
  }

  listen() {
    this.find("[data-do=undo]").onclick = () => this.edit(() => this.sketch.undo());
    this.find("[data-do=clear]").onclick = () => this.edit(() => this.sketch.clear());
    this.find(".fit input").onchange = () => this.edit(() => {});
    this.find(".change").onsubmit = event => event.preventDefault();
    this.find(".ways").onchange = () => this.changeWay();
    this.find(".price input").oninput = () => this.changeWay();
    this.find(".film input").oninput = event => {
      this.pause();
      this.showStep(Number(event.target.value));
    };
  }

  edit(does) {
    does();
    this.changed();
    this.tell();
  }

  // The drawing is another one: read it, forget the film.
  changed() {
    this.pixels = this.sketch.pixels(this.find(".fit input").checked);
    this.probabilities = this.network.probabilities(this.pixels);
    this.pause();
    this.frames = null;
    this.target = null;
    this.pad.paint();
    this.paint(this.find(".seen canvas"), this.pixels);
    this.find(".answer").textContent = this.sketch.isEmpty() ? "Nothing yet, and still it has an opinion." : this.reading(this.probabilities);
    this.showWay();
    this.find(".film").hidden = true;
    this.showBars(null);
  }

  reading(probabilities, target = null) {
    const best = probabilities.indexOf(Math.max(...probabilities));
    const missed = target === null || target === best ? "" : `, not yet ${this.data.classes[target]}`;
    return `It reads ${this.data.classes[best]}, ${percent(probabilities[best])}${missed}.`;
  }

  tell() {
    this.say(this.find(".answer").textContent);
  }

  say(words) {
    this.find(".spoken").textContent = words;
  }

  showBars(after) {
    const best = Math.max(...after ?? this.probabilities);
    this.rows.forEach((row, i) => {
      [this.probabilities, after].forEach((probabilities, which) => {
        const p = probabilities?.[i];
        row.querySelectorAll("i")[which].style.width = `${100 * (p ?? 0)}%`;
        row.cells[2 + which].textContent = p === undefined ? "" : percent(p);
        row.cells[2 + which].dataset.value = p ?? "";
      });
      row.classList.toggle("best", (after ?? this.probabilities)[i] === best);
    });
    this.find("table").classList.toggle("two", Boolean(after));
  }

  closeness() {
    return this.find("[value=adversary]").checked ? WEIGHTS[this.find(".price input").value] : 0;
  }

  changeWay() {
    this.showWay();
    if (this.target !== null) this.wish(this.target);
  }

  showWay() {
    const closeness = this.closeness();
    this.find(".price").hidden = !closeness;
    this.find(".price output").textContent = closeness;
    this.find(".price input").setAttribute("aria-valuetext", closeness);
    this.find(".formula").textContent = `loss = −log p(wanted)${closeness ? ` + ${closeness} · MSE(picture, drawn)` : ""}, ${STEPS} steps of Adam on the pixels`;
    this.buttons.forEach((button, i) => button.setAttribute("aria-pressed", i === this.target));
  }

  // Changes the drawing into the target, and plays how it went.
  wish(target) {
    const {low, high} = this.data, unit = (high - low) / GREYS;
    this.target = target;
    this.frames = film(this.network, this.pixels, target, {steps: STEPS, rate: 0.1 * unit, closeness: this.closeness() / unit ** 2, low, high});
    this.showWay();
    this.find(".film").hidden = false;
    const [drawn, , difference] = this.film();
    this.paint(drawn, this.pixels);
    const most = Math.max(...this.difference(STEPS).map(Math.abs));
    this.strength = most ? Math.max(1, Math.floor((high - low) / most)) : 1;
    difference.nextElementSibling.textContent = this.strength > 1 ? `difference × ${this.strength}` : "difference";
    this.play();
  }

  film() {
    return [...this.find(".pictures").querySelectorAll("canvas")];
  }

  difference(step) {
    return this.frames[step].map((pixel, i) => pixel - this.pixels[i]);
  }

  play() {
    this.pause();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.showStep(STEPS);
    let step = 0;
    this.showStep(step);
    this.timer = setInterval(() => this.showStep(++step), MILLISECONDS_PER_STEP);
  }

  pause() {
    clearInterval(this.timer);
  }

  showStep(step) {
    const [, changed, difference] = this.film();
    const probabilities = this.network.probabilities(this.frames[step]);
    const slider = this.find(".film input");
    slider.value = step;
    slider.setAttribute("aria-valuetext", `${step} of ${STEPS}`);
    this.find(".film output").textContent = `${step} of ${STEPS}`;
    this.paint(changed, this.frames[step]);
    const range = this.data.high - this.data.low;
    paintPixels(difference, this.difference(step).map(d => this.strength * d / range), this.data.width, blueAndRed);
    const moved = Math.sqrt(sum(this.difference(step).map(d => d * d)) / this.pixels.length);
    this.find(".result").textContent = `${this.reading(probabilities, this.target)} A pixel has changed by ${moved.toFixed(2)} of ${range} grey levels (root mean square).`;
    this.showBars(probabilities);
    if (step < STEPS) return;
    this.pause();
    this.say(`After ${STEPS} steps. ${this.find(".result").textContent}`);
  }

  paint(canvas, pixels) {
    const {low, high, width} = this.data;
    paintPixels(canvas, pixels.map(pixel => (pixel - low) / (high - low)), width, grey);
  }
}

// Where one draws: with the pointer lines, with the keys cells.
class Pad {
  constructor(canvas, sketch, changed, say) {
    Object.assign(this, {canvas, sketch, changed, say, cell: [Math.floor(sketch.width / 2), Math.floor(sketch.height / 2)], keys: false});
    this.scale = Math.max(1, Math.floor(640 / sketch.width));
    canvas.width = sketch.width * this.scale;
    canvas.height = sketch.height * this.scale;
    canvas.setAttribute("aria-label", `Drawing, ${sketch.width} by ${sketch.height} cells. Arrow keys move, space inks or clears a cell.`);
    canvas.onpointerdown = event => this.down(event);
    canvas.onpointermove = event => this.move(event);
    canvas.onpointerup = canvas.onpointercancel = () => this.up();
    canvas.onkeydown = event => this.key(event);
    canvas.onblur = () => this.useKeys(false);
    canvas.onfocus = () => this.useKeys(canvas.matches(":focus-visible"));
  }

  down(event) {
    if (!event.isPrimary || event.button !== 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.keys = false;
    this.line = this.sketch.beginLine(this.place(event));
    this.changed();
  }

  move(event) {
    if (!this.line || !event.isPrimary) return;
    const events = event.getCoalescedEvents?.() ?? [];
    this.line.push(...(events.length ? events : [event]).map(part => this.place(part)));
    this.awaited ??= requestAnimationFrame(() => {
      this.awaited = null;
      this.changed();
    });
  }

  up() {
    if (!this.line) return;
    this.line = null;
    this.changed();
    this.say(this.canvas.closest(".javagrad-drawing").querySelector(".answer").textContent);
  }

  place(event) {
    const {left, top, width, height} = this.canvas.getBoundingClientRect();
    return [(event.clientX - left) / width * this.sketch.width, (event.clientY - top) / height * this.sketch.height];
  }

  key(event) {
    const moves = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
    if (!moves && event.key !== " " || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const sizes = [this.sketch.width, this.sketch.height];
    if (moves) this.cell = this.cell.map((at, axis) => Math.min(sizes[axis] - 1, Math.max(0, at + moves[axis])));
    else this.inked = this.sketch.toggle(...this.cell);
    this.keys = true;
    if (moves) this.paint();
    else this.changed();
    const where = `Row ${this.cell[1] + 1}, column ${this.cell[0] + 1}`;
    this.say(moves ? where : `${where}: ${this.inked ? "ink" : "clear"}. ${this.canvas.closest(".javagrad-drawing").querySelector(".answer").textContent}`);
  }

  useKeys(keys) {
    this.keys = keys;
    this.paint();
  }

  paint() {
    const [first, ...rest] = this.sketch.visible();
    const pen = this.canvas.getContext("2d");
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = "#000000";
    pen.fillRect(0, 0, this.canvas.width, this.canvas.height);
    pen.scale(this.scale, this.scale);
    if (first?.image) this.paintImage(pen, first.image);
    this.paintGrid(pen);
    (first?.image ? rest : this.sketch.visible()).forEach(mark => this.paintMark(pen, mark));
    if (this.sketch.isEmpty()) this.paintInvitation(pen);
    if (this.keys) this.paintCursor(pen);
  }

  paintImage(pen, image) {
    const {width, low, high} = this.sketch;
    image.forEach((pixel, i) => {
      pen.fillStyle = css(grey((pixel - low) / (high - low)));
      pen.fillRect(i % width, Math.floor(i / width), 1, 1);
    });
  }

  paintGrid(pen) {
    const {width, height} = this.sketch;
    const line = 2 / this.scale;
    pen.fillStyle = "rgb(255 255 255 / 14%)";
    for (let i = 1; i < width; i++) pen.fillRect(i - line / 2, 0, line, height);
    for (let i = 1; i < height; i++) pen.fillRect(0, i - line / 2, width, line);
  }

  paintMark(pen, {line, cell, ink}) {
    pen.fillStyle = cell && !ink ? "#000000" : "#ffffff";
    if (cell) return pen.fillRect(...cell, 1, 1);
    pen.strokeStyle = "#ffffff";
    pen.lineWidth = this.sketch.pen;
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    line.forEach(point => pen.lineTo(...point));
    if (line.length === 1) pen.lineTo(...line[0]);
    pen.stroke();
  }

  paintInvitation(pen) {
    pen.fillStyle = "rgb(255 255 255 / 70%)";
    pen.font = `${this.sketch.width / 14}px system-ui, sans-serif`;
    pen.textAlign = "center";
    pen.fillText("Draw here", this.sketch.width / 2, this.sketch.height / 2);
  }

  paintCursor(pen) {
    pen.strokeStyle = "#e69f00";
    pen.lineWidth = 0.012 * this.sketch.width;
    pen.strokeRect(...this.cell, 1, 1);
  }
}

// JupyterLab takes keys for its own commands unless the very element that has the focus says no.
function leaveKeys(element) {
  element.dataset.lmSuppressShortcuts = "true";
}

function paintPixels(canvas, shares, width, colour) {
  const height = shares.length / width;
  canvas.width = width;
  canvas.height = height;
  const image = new ImageData(width, height);
  shares.forEach((share, i) => image.data.set([...colour(share), 255], 4 * i));
  canvas.getContext("2d").putImageData(image, 0, 0);
}

function grey(share) {
  return [255 * share, 255 * share, 255 * share];
}

// From −1, red, over white to 1, blue.
function blueAndRed(share) {
  const full = share < 0 ? [213, 94, 0] : [0, 114, 178];
  return full.map(part => 255 + (part - 255) * Math.min(1, Math.abs(share)));
}

function css(rgb) {
  return `rgb(${rgb.join(" ")})`;
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

document.querySelectorAll(".javagrad-drawing:not([data-ready])").forEach(start);
