"""Trains the network of the tests of language models until it knows its texts by heart."""

import pathlib

import torch
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

import vocabulary
from network import Network

folder = pathlib.Path(__file__).parent


def documents():
    lines = (folder / "dialogues.txt").read_text().splitlines()
    dialogues = [vocabulary.encode_turns(*line.split("|")) for line in lines]
    stories = (folder / "stories.txt").read_text().splitlines()
    return dialogues + [[vocabulary.begin, *vocabulary.encode(text), vocabulary.end] for text in stories]


def train(steps=1600, batch=6, seed=7):
    torch.manual_seed(seed)
    all_documents = [torch.tensor(tokens) for tokens in documents()]
    network = Network()
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 6e-3, total_steps=steps)
    ignored = -100
    for step in range(steps):
        chosen = [all_documents[index] for index in torch.randperm(len(all_documents))[:batch]]
        padded = pad_sequence(chosen, batch_first=True, padding_value=ignored)
        inputs, wanted = padded[:, :-1].clamp(min=0), padded[:, 1:]
        loss = F.cross_entropy(network(inputs).transpose(1, 2), wanted, ignore_index=ignored)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 100 == 0:
            print(step, round(float(loss), 4), flush=True)
    return network
