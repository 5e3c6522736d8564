"""Keras 3 on TensorFlow: python keras_peer.py default | xla."""
import os
import sys

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ['KERAS_BACKEND'] = 'tensorflow'

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from protocol import serve

variant = sys.argv[1]


def conv(x, filters, kernel, stride, flavour, groups=1):
    if flavour == 'd2l':
        return layers.Conv2D(filters, kernel, stride, 'same', kernel_initializer='lecun_normal')(x)
    if kernel > 1 and stride > 1:
        x = layers.ZeroPadding2D(kernel // 2)(x)
    padding = 'valid' if stride > 1 else 'same'
    return layers.Conv2D(
        filters, kernel, stride, padding, groups=groups, use_bias=False, kernel_initializer='he_normal'
    )(x)


def norm(x):
    return layers.BatchNormalization(epsilon=1e-5, momentum=0.9)(x)


def relu(x):
    return layers.ReLU()(x)


def stem(x, flavour):
    x = relu(norm(conv(x, 64, 7, 2, flavour)))
    if flavour == 'd2l':
        return layers.MaxPooling2D(3, 2, 'same')(x)
    # Zeros do for minus infinity after a ReLU.
    return layers.MaxPooling2D(3, 2)(layers.ZeroPadding2D(1)(x))


def resnet18(x):
    x = stem(x, 'd2l')
    for i, filters in enumerate((64, 128, 256, 512)):
        for j in range(2):
            stride = 2 if i > 0 and j == 0 else 1
            y = relu(norm(conv(x, filters, 3, stride, 'd2l')))
            y = norm(conv(y, filters, 3, 1, 'd2l'))
            x = relu(layers.Add()([y, conv(x, filters, 1, stride, 'd2l') if stride > 1 else x]))
    return x


def bottlenecks(first_width, groups):
    def make(x):
        x = stem(x, 'torchvision')
        for i, count in enumerate((3, 4, 6, 3)):
            width, filters = first_width * 2**i, 256 * 2**i
            for j in range(count):
                stride = 2 if i > 0 and j == 0 else 1
                y = relu(norm(conv(x, width, 1, 1, 'torchvision')))
                y = relu(norm(conv(y, width, 3, stride, 'torchvision', groups)))
                y = norm(conv(y, filters, 1, 1, 'torchvision'))
                x = relu(layers.Add()([y, norm(conv(x, filters, 1, stride, 'torchvision')) if j == 0 else x]))
        return x

    return make


networks = {'resnet18': resnet18, 'resnet50': bottlenecks(64, 1), 'resnext50_32x4d': bottlenecks(128, 32)}


def build(work):
    keras.backend.clear_session()
    keras.utils.set_random_seed(0)
    size, batch, channels, classes = (work[k] for k in ('size', 'batch', 'channels', 'classes'))
    entry = layers.Input((size, size, channels))
    features = networks[work['network']](entry)
    model = keras.Model(entry, layers.Dense(classes)(layers.GlobalAveragePooling2D()(features)))
    params = sum(int(np.prod(w.shape)) for w in model.trainable_weights)
    momentum = work['momentum'] if work['optimizer'] == 'momentum' else 0.0
    model.compile(
        keras.optimizers.SGD(work['learningRate'], momentum=momentum),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        jit_compile=True if variant == 'xla' else 'auto',
    )
    images = tf.constant(np.random.randn(batch, size, size, channels).astype('float32'))
    labels = tf.constant(np.arange(batch) % classes)

    def evaluate():
        model.predict_on_batch(images)

    def step():
        return float(model.train_on_batch(images, labels))

    return params, evaluate if work['mode'] == 'evaluate' else step


# One small step, so that "idle" is a framework that is ready.
tf.reduce_sum(tf.matmul(tf.zeros((4, 4)), tf.zeros((4, 4)))).numpy()
serve(f'Keras {variant}', f'{keras.__version__} on TensorFlow {tf.__version__}', build)
