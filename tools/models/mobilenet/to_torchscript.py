"""python3 to_torchscript.py FOLDER writes mobilenet.pt and large.pt. Needs torch."""

import pathlib
import sys

import torch
from torch import nn

from layers import large, layers, side


def to_torch(array):
    return torch.frombuffer(bytearray(array.tobytes()), dtype=torch.float32).reshape(array.shape)


class MobileNet(nn.Module):
    def __init__(self):
        super().__init__()
        *convolutions, (_, weights, bias, _) = layers()
        made = []
        for kind, kernel, offset, stride in convolutions:
            size = kernel.shape[2]
            groups = kernel.shape[0] if kind == "depthwise" else 1
            # TensorFlow's padding for an even side and stride 2: nothing before, one behind.
            if stride == 2:
                made.append(nn.ZeroPad2d((0, 1, 0, 1)))
            padding = 1 if size == 3 and stride == 1 else 0
            inputs = kernel.shape[1] * groups
            layer = nn.Conv2d(inputs, kernel.shape[0], size, stride, padding, groups=groups)
            made += [self.fill(layer, kernel, offset), nn.ReLU6()]
        self.features = nn.Sequential(*made)
        self.dense = self.fill(nn.Linear(*weights.shape[::-1]), weights, bias)

    @staticmethod
    def fill(layer, weights, bias):
        with torch.no_grad():
            layer.weight.copy_(to_torch(weights))
            layer.bias.copy_(to_torch(bias))
        return layer

    def forward(self, x):
        return torch.softmax(self.dense(self.features(x).mean((2, 3))), 1)


folder = pathlib.Path(sys.argv[1])
with torch.no_grad():
    torch.jit.trace(MobileNet().eval(), torch.zeros(1, 3, side, side)).save(str(folder / "mobilenet.pt"))
    torch.jit.trace(nn.ReLU(), torch.zeros(large)).save(str(folder / "large.pt"))
