"""A small convolutional network for digits, and its training: the same weights every time on the same machine and versions."""

import numpy as np
import torch
from torch import nn


class Digits(nn.Module):
    """Takes a picture of 1 × 28 × 28 numbers from 0 to 1, gives a number for each digit: the largest is the answer."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, 8, 3, padding=1)
        self.second = nn.Conv2d(8, 16, 3, padding=1)
        self.third = nn.Conv2d(16, 16, 3, padding=1)
        self.dense = nn.Linear(16 * 3 * 3, 10)

    def forward(self, x):
        for convolution in (self.first, self.second, self.third):
            x = torch.max_pool2d(torch.relu(convolution(x)), 2)
        return self.dense(x.flatten(1))


def to_torch(images):
    """Without the bridge between numpy and torch, which wants versions of one age."""
    floats = np.ascontiguousarray(images, np.float32) / 255
    return torch.frombuffer(bytearray(floats), dtype=torch.float32).reshape(-1, 1, *images.shape[1:])


def to_numpy(tensor):
    return np.array(tensor.detach().flatten().tolist(), np.float32).reshape(tuple(tensor.shape))


def train(images, digits, epochs, seed):
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    model = Digits()
    x, y = to_torch(images), torch.tensor(digits.tolist())
    batch = 64
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 6e-3, total_steps=epochs * -(-len(y) // batch))
    for epoch in range(epochs):
        total = 0.0
        for chosen in torch.randperm(len(y)).split(batch):
            loss = nn.functional.cross_entropy(model(x[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item() * len(chosen)
        print(f"epoch {epoch + 1} of {epochs}: loss {total / len(y):.4f}", flush=True)
    return model.eval()
