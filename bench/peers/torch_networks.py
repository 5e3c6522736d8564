"""The networks in PyTorch, as d2l and torchvision write them.

d2l's "same" padding is (2, 3) for 7x7/2 in TensorFlow and Flax, (3, 3) here as in d2l's own PyTorch code: the shapes,
parameters and multiplications are the same.
"""
from torch import nn
from torch.nn import functional as F


class Residual(nn.Module):
    """d2l: convolutions with bias, no batch norm on the shortcut."""

    def __init__(self, channels, filters, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, stride, 1)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1)
        self.bn1, self.bn2 = nn.BatchNorm2d(filters), nn.BatchNorm2d(filters)
        project = stride != 1 or channels != filters
        self.conv3 = nn.Conv2d(channels, filters, 1, stride) if project else None

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        if self.conv3 is not None:
            x = self.conv3(x)
        return F.relu(y + x)


class Bottleneck(nn.Module):
    """torchvision: the stride on the 3x3, batch norm on the shortcut, no bias."""

    def __init__(self, channels, width, filters, stride, groups):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(channels, width, 1, bias=False), nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, groups=groups, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3, self.bn3 = nn.Conv2d(width, filters, 1, bias=False), nn.BatchNorm2d(filters)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = None
        if stride != 1 or channels != filters:
            shortcut = nn.Conv2d(channels, filters, 1, stride, bias=False)
            self.downsample = nn.Sequential(shortcut, nn.BatchNorm2d(filters))

    def forward(self, x):
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        y += x if self.downsample is None else self.downsample(x)
        return self.relu(y)


def head(channels, classes):
    return [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, classes)]


def resnet18(channels, classes):
    layers = [nn.Conv2d(channels, 64, 7, 2, 3), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(3, 2, 1)]
    before = 64
    for i, filters in enumerate((64, 128, 256, 512)):
        for j in range(2):
            layers.append(Residual(before, filters, 2 if i > 0 and j == 0 else 1))
            before = filters
    return nn.Sequential(*layers, *head(512, classes))


def bottlenecks(first_width, groups):
    def make(channels, classes):
        stem = nn.Conv2d(channels, 64, 7, 2, 3, bias=False)
        layers = [stem, nn.BatchNorm2d(64), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)]
        before = 64
        for i, count in enumerate((3, 4, 6, 3)):
            for j in range(count):
                filters = 256 * 2**i
                stride = 2 if i > 0 and j == 0 else 1
                layers.append(Bottleneck(before, first_width * 2**i, filters, stride, groups))
                before = filters
        model = nn.Sequential(*layers, *head(2048, classes))
        for module in model.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode='fan_out', nonlinearity='relu')
        return model

    return make


networks = {'resnet18': resnet18, 'resnet50': bottlenecks(64, 1), 'resnext50_32x4d': bottlenecks(128, 32)}
