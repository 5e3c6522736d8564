// Layers of TensorFlow.js models that Stemma exports and that TensorFlow.js itself has not. Before loading such a model:
//
//   import { registerStemmaLayers } from './stemma-layers.mjs';
//   registerStemmaLayers(tf);
//   const model = await tf.loadLayersModel('model.json'); // in a page: an address
//
// Plain @tensorflow/tfjs in Node knows no files; there, with { readFileSync } from 'node:fs':
//
//   const { modelTopology, weightsManifest: [{ paths, weights: weightSpecs }] } = JSON.parse(readFileSync('model.json'));
//   const { buffer: weightData } = new Uint8Array(readFileSync(paths[0]));
//   const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));

/** Registers the classes with this instance of TensorFlow.js and returns them. */
export function registerStemmaLayers(tf) {
  const first = (inputs) => (Array.isArray(inputs) ? inputs[0] : inputs);

  /** [n, h, w, c] → [n, h', w', filters]; channels and filters are cut into groups that do not see each other. */
  class StemmaGroupedConv2D extends tf.layers.Layer {
    static className = 'StemmaGroupedConv2D';

    constructor(config) {
      super(config);
      this.attrs = config.attrs;
      this.outShape = config.shape;
    }

    build(inputShape) {
      const { kernelSize, filters, groups, useBias } = this.attrs;
      const zeros = tf.initializers.zeros();
      const shape = [...kernelSize, inputShape.at(-1) / groups, filters];
      this.kernel = this.addWeight('kernel', shape, 'float32', zeros);
      if (useBias) this.bias = this.addWeight('bias', [filters], 'float32', zeros);
      this.built = true;
    }

    computeOutputShape(inputShape) {
      return [inputShape[0], ...this.outShape];
    }

    call(inputs) {
      const { groups, strides, padding, dilationRate } = this.attrs;
      const kernels = tf.split(this.kernel.read(), groups, 3);
      const parts = tf
        .split(first(inputs), groups, 3)
        .map((part, i) => tf.conv2d(part, kernels[i], strides, padding, 'NHWC', dilationRate));
      const y = tf.concat(parts, 3);
      return this.bias ? tf.add(y, this.bias.read()) : y;
    }

    getConfig() {
      return { ...super.getConfig(), attrs: this.attrs, shape: this.outShape };
    }
  }

  /** Padding [top, bottom, left, right] with −∞, for max-pooling of numbers that may be negative. */
  class StemmaLowestPadding2D extends tf.layers.Layer {
    static className = 'StemmaLowestPadding2D';

    constructor(config) {
      super(config);
      this.padding = config.padding;
    }

    computeOutputShape([n, h, w, c]) {
      const [top, bottom, left, right] = this.padding;
      return [n, h + top + bottom, w + left + right, c];
    }

    call(inputs) {
      const [top, bottom, left, right] = this.padding;
      const around = [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ];
      return tf.pad(first(inputs), around, Number.NEGATIVE_INFINITY);
    }

    getConfig() {
      return { ...super.getConfig(), padding: this.padding };
    }
  }

  const classes = { StemmaGroupedConv2D, StemmaLowestPadding2D };
  for (const layer of Object.values(classes)) tf.serialization.registerClass(layer);
  return classes;
}
