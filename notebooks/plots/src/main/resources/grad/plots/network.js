// The trained network: the engine's formulas, in the engine's numbers of 32 bits. Sums are taken in 64 bits and rounded once.

// Numbers of 32 bits from their bytes in base64.
function floats(base64) {
  return new Float32Array(Uint8Array.from(atob(base64), letter => letter.charCodeAt(0)).buffer);
}

class Network {
  constructor({layers, divisor}) {
    this.layers = layers.map(({weight, bias}) => ({weight: floats(weight), bias: floats(bias)}));
    this.divisor = divisor;
  }

  probabilities(pixels) {
    return softmax(this.forward(pixels).pop());
  }

  // The gradient of −log p[target] with respect to the pixels.
  gradient(pixels, target) {
    const inputs = this.forward(pixels);
    let g = softmax(inputs.pop());
    g[target] -= 1;
    for (let i = this.layers.length - 1; i >= 0; i--) {
      g = timesMatrix(g, this.layers[i].weight, inputs[i].length);
      if (i > 0) g = g.map((slope, j) => inputs[i][j] > 0 ? slope : 0);      // the ReLU
    }
    return g.map(slope => slope / this.divisor);
  }

  // What enters each layer, and last the scores.
  forward(pixels) {
    const inputs = [Float32Array.from(pixels, pixel => pixel / this.divisor)];
    this.layers.forEach(({weight, bias}, i) => {
      const y = linear(inputs[i], weight, bias);
      inputs.push(i < this.layers.length - 1 ? y.map(sum => Math.max(0, sum)) : y);
    });
    return inputs;
  }
}

function linear(x, weight, bias) {
  return bias.map((start, row) => {
    let sum = start;
    for (let i = 0; i < x.length; i++) sum += x[i] * weight[row * x.length + i];
    return sum;
  });
}

function timesMatrix(g, weight, columns) {
  const sums = new Float64Array(columns);
  g.forEach((slope, row) => {
    for (let i = 0; i < columns; i++) sums[i] += slope * weight[row * columns + i];
  });
  return Float32Array.from(sums);
}

function softmax(scores) {
  const most = Math.max(...scores);
  const exps = Array.from(scores, score => Math.exp(score - most));
  const sum = exps.reduce((a, b) => a + b);
  return Float32Array.from(exps, exp => exp / sum);
}

// The pictures on the way from a start to what the network reads as the target, the start first: steps of Adam down the loss
// −log p[target] + closeness · mean((x − start)²), where the network sees x clamped to low … high.
function film(network, start, target, {steps, rate, closeness, low, high}) {
  const clamp = x => Math.min(high, Math.max(low, x));
  const x = Float32Array.from(start);
  const adam = new Adam(x.length, rate);
  const frames = [x.map(clamp)];
  while (frames.length <= steps) {
    const slope = network.gradient(frames[frames.length - 1], target);
    const g = slope.map((wish, i) => (clamp(x[i]) === x[i] ? wish : 0) + closeness * 2 * (x[i] - start[i]) / x.length);
    adam.step(x, g);
    frames.push(x.map(clamp));
  }
  return frames;
}

// Kingma and Ba 2015, Algorithm 1.
class Adam {
  constructor(size, rate) {
    this.rate = rate;
    this.m = new Float32Array(size);
    this.v = new Float32Array(size);
    this.steps = 0;
  }

  step(x, g) {
    this.steps++;
    const correction = Math.sqrt(1 - 0.999 ** this.steps);
    const rate = Math.fround(this.rate * correction / (1 - 0.9 ** this.steps));
    const epsilon = Math.fround(1e-8 * correction);
    for (let i = 0; i < x.length; i++) {
      this.m[i] += Math.fround(1 - 0.9) * Math.fround(g[i] - this.m[i]);
      this.v[i] += Math.fround(1 - 0.999) * Math.fround(g[i] * g[i] - this.v[i]);
      x[i] -= Math.fround(rate * this.m[i] / (Math.sqrt(this.v[i]) + epsilon));
    }
  }
}
