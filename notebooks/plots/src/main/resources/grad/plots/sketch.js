// A drawing as a list of marks, and the pixels that the network is shown of it. Places are in pixels of the network's image.

const FINE = 4;          // a pixel counts the ink of 4 × 4 finer ones: that is how the digits got their greys from bitmaps

// Sizes are parts of the image: the pen's width, the box a drawing is brought into, and the ink that the data's images have on average.
const FRAMINGS = {
  NONE: {pen: 0.125},
  FILLED: {pen: 0.125, box: [20 / 32, 1], stretch: 1.5, ink: 0.305},
  CENTRED: {pen: 0.09, box: [20 / 28, 20 / 28], stretch: 1, byMass: true},
};

const MOST_ENLARGED = 4;                   // a dot stays a dot
const PENS = [0.6, 0.8, 1, 1.2, 1.4];      // tried to get the usual amount of ink
const AS_DRAWN = {scale: [1, 1], shift: [0, 0]};

class Sketch {
  constructor({width, height, low, high, framing}) {
    Object.assign(this, {width, height, low, high, framing: FRAMINGS[framing]});
    this.pen = this.framing.pen * width;
    this.marks = [];     // {line} of [x, y], {cell: [column, row], ink} or {image}; one that is fresh hides all before it
  }

  visible() {
    return this.marks.slice(Math.max(0, this.marks.map(mark => Boolean(mark.fresh)).lastIndexOf(true)));
  }

  image() {
    return this.visible()[0]?.image;
  }

  isEmpty() {
    return !this.visible().some(mark => mark.image || mark.line?.length || mark.ink);
  }

  clear() {
    if (!this.isEmpty()) this.marks.push({fresh: true, line: []});
  }

  // An image as it is; a line drawn after it begins anew, a cell changes it.
  show(image) {
    this.marks.push({fresh: true, image});
  }

  beginLine(point) {
    const mark = {fresh: Boolean(this.image()), line: [point]};
    this.marks.push(mark);
    return mark.line;
  }

  // Inks a cell, or clears it if most of it has ink. Returns whether it has ink now.
  toggle(column, row) {
    const ink = this.pixels(false)[row * this.width + column] <= (this.low + this.high) / 2;
    this.marks.push({cell: [column, row], ink});
    return ink;
  }

  undo() {
    this.marks.pop();
  }

  // What the network is shown.
  pixels(framed) {
    const marks = this.visible();
    if (this.image()) return this.retouched(marks);
    return this.counted(framed && this.framing.box ? this.framed(marks) : this.raster(marks, AS_DRAWN, this.pen));
  }

  retouched([{image}, ...cells]) {
    const pixels = Float32Array.from(image);
    for (const {cell: [column, row], ink} of cells) pixels[row * this.width + column] = ink ? this.high : this.low;
    return pixels;
  }

  // The marks on a fine grid, brought to the place and weight of the images that the network knows.
  framed(marks) {
    const points = marks.flatMap(mark => mark.line ?? (mark.ink ? corners(mark.cell) : []));
    if (!points.length) return this.raster([], AS_DRAWN, this.pen);
    const pens = (this.framing.ink ? PENS : [1]).map(part => part * this.pen);
    const rasters = pens.map(pen => this.raster(marks, this.placed(points, marks, pen), pen));
    return rasters.reduce((best, next) => this.tooMuchInk(next) < this.tooMuchInk(best) ? next : best);
  }

  tooMuchInk(raster) {
    return Math.abs(sum(raster) / raster.length - this.framing.ink);
  }

  placed(points, marks, pen) {
    const {box, stretch, byMass} = this.framing;
    const sizes = [this.width, this.height];
    const ends = [0, 1].map(axis => points.map(point => point[axis])).map(places => [Math.min(...places), Math.max(...places)]);
    const fits = ends.map(([from, to], axis) => (box[axis] * sizes[axis] - pen) / (to - from));
    const both = Math.min(...fits, MOST_ENLARGED);
    const scale = fits.map(fit => Math.min(fit, both * stretch));
    const shift = ends.map(([from, to], axis) => sizes[axis] / 2 - scale[axis] * (from + to) / 2);
    if (!byMass) return {scale, shift};
    const centre = this.centreOfMass(this.raster(marks, {scale, shift}, pen));
    return {scale, shift: shift.map((along, axis) => along + sizes[axis] / 2 - centre[axis])};
  }

  centreOfMass(raster) {
    const across = this.width * FINE, mass = sum(raster);
    const x = raster.reduce((all, ink, i) => all + ink * (i % across + 0.5), 0);
    const y = raster.reduce((all, ink, i) => all + ink * (Math.floor(i / across) + 0.5), 0);
    return [x / mass / FINE, y / mass / FINE];
  }

  // Black and white on the fine grid.
  raster(marks, {scale, shift}, pen) {
    const raster = new Uint8Array(this.width * this.height * FINE * FINE);
    const place = point => point.map((along, axis) => scale[axis] * along + shift[axis]);
    for (const {line, cell, ink} of marks) {
      if (cell) {
        const [from, to] = corners(cell).map(place);
        this.fill(raster, from, to, ink, () => true);
      } else line.map(place).forEach((to, i, places) => this.drawLine(raster, places[Math.max(0, i - 1)], to, pen / 2));
    }
    return raster;
  }

  drawLine(raster, from, to, radius) {
    const ends = [0, 1].map(axis => [Math.min(from[axis], to[axis]) - radius, Math.max(from[axis], to[axis]) + radius]);
    this.fill(raster, ends.map(([first]) => first), ends.map(([, last]) => last), true, (x, y) => distance(x, y, from, to) <= radius);
  }

  fill(raster, from, to, ink, inside) {
    const first = [0, 1].map(axis => Math.max(0, Math.round(from[axis] * FINE)));
    const end = [this.width, this.height].map((size, axis) => Math.min(size * FINE, Math.round(to[axis] * FINE)));
    for (let row = first[1]; row < end[1]; row++) {
      for (let column = first[0]; column < end[0]; column++) {
        if (inside((column + 0.5) / FINE, (row + 0.5) / FINE)) raster[row * this.width * FINE + column] = ink ? 1 : 0;
      }
    }
  }

  // The ink of each block, from low for none to high for all.
  counted(raster) {
    const pixels = new Float32Array(this.width * this.height);
    raster.forEach((ink, i) => {
      const column = Math.floor(i % (this.width * FINE) / FINE), row = Math.floor(i / (this.width * FINE * FINE));
      pixels[row * this.width + column] += ink;
    });
    return pixels.map(count => this.low + count * (this.high - this.low) / (FINE * FINE));
  }
}

function corners([column, row]) {
  return [[column, row], [column + 1, row + 1]];
}

function sum(numbers) {
  return numbers.reduce((a, b) => a + b, 0);
}

// From a point to the nearest one between two others.
function distance(x, y, [x1, y1], [x2, y2]) {
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
  const along = length ? Math.min(1, Math.max(0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length)) : 0;
  return Math.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1));
}
