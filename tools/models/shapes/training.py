"""A small convolutional network, and its training: the same weights every time on the same machine and versions."""

import numpy as np
import torch
from torch import nn

from drawings import labels, taken


class Shapes(nn.Module):
    """Takes an image of 3 × 32 × 32 numbers from 0 to 1, gives a score for each shape; the scores' sum is 1."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 16, 3, padding=1)
        self.second = nn.Conv2d(16, 32, 3, padding=1)
        self.third = nn.Conv2d(32, 32, 3, padding=1)
        self.dense = nn.Linear(32 * (taken // 8) ** 2, len(labels))

    def logits(self, x):
        for convolution in (self.first, self.second, self.third):
            x = torch.max_pool2d(torch.relu(convolution(x)), 2)
        return self.dense(x.flatten(1))

    def forward(self, x):
        return torch.softmax(self.logits(x), 1)


def to_torch(array):
    """Without the bridge between the two, which wants versions of one age."""
    return torch.frombuffer(bytearray(np.ascontiguousarray(array, np.float32)), dtype=torch.float32).reshape(array.shape)


def to_numpy(tensor):
    return np.array(tensor.detach().flatten().tolist(), np.float32).reshape(tuple(tensor.shape))


def train(images, classes, epochs, seed):
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    model = Shapes()
    x = to_torch(images.transpose(0, 3, 1, 2))
    y = torch.tensor(classes.tolist())
    batch = 64
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    steps = epochs * -(-len(y) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=steps)
    for epoch in range(epochs):
        total = 0.0
        for chosen in torch.randperm(len(y)).split(batch):
            loss = nn.functional.cross_entropy(model.logits(x[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item() * len(chosen)
        print(f"epoch {epoch + 1} of {epochs}: loss {total / len(y):.4f}", flush=True)
    return model.eval()
