"""
Title: Graph representation learning with node2vec
Author: The node2vec_nb authors, after an example by Khalid Salama
Date created: 2026/11/24
Last modified: 2026/11/24
Description: Which movies are alike? Random walks over a graph of ratings, and a skip-gram model.
Accelerator: None
"""

"""
## Introduction

People who love one movie often love certain others. This example turns a hundred thousand ratings into a graph
of movies, walks over it at random, and trains a model to tell which movies meet on walks. What it learns is
a vector for each movie, and similar movies have similar vectors. Nothing but the ratings is used.

The walks are those of [node2vec](https://arxiv.org/abs/1607.00653) (Grover and Leskovec, 2016), the model is the
skip-gram of [word2vec](https://arxiv.org/abs/1310.4546). The script needs keras with one of its backends, numpy,
pandas and networkx, and takes less than a minute without an accelerator.

## Setup

The backend has to be chosen *before* Keras is imported; afterwards the variable has no effect.
"""

import hashlib
import io
import math
import os
import pathlib
import urllib.request
from zipfile import ZipFile

os.environ.setdefault("KERAS_BACKEND", "jax")  # or "torch", "tensorflow"

import keras
import networkx as nx
import numpy as np
import pandas as pd
from keras import layers, ops

seed = 42
rng = np.random.default_rng(seed)
keras.utils.set_random_seed(seed)

"""
## The ratings

Set the variable `MOVIELENS` to your copy of `ml-latest-small.zip`; otherwise it is downloaded from GroupLens. Either
way the ratings are compared with a checksum: results depend on data, so we make sure of them first.
"""

address = "https://files.grouplens.org/datasets/movielens/ml-latest-small.zip"
checksum = "aa289ca83157595d0df6aea1be6a4ded676ddc4385472e8313a8ed9805352646"


path = os.environ.get("MOVIELENS")
if path is None:
    path = io.BytesIO(urllib.request.urlopen(address, timeout=60).read())
with ZipFile(path) as archive:
    content = archive.read("ml-latest-small/ratings.csv")
    if hashlib.sha256(content).hexdigest() != checksum:
        raise ValueError("these are not the ratings of ml-latest-small, September 2018")
    titles = pd.read_csv(archive.open("ml-latest-small/movies.csv"), index_col="movieId")["title"]
ratings = pd.read_csv(io.BytesIO(content))
print(f"{len(ratings):,} ratings of {len(titles):,} movies")

"""
## The graph

Two movies are joined if many people gave five stars to both, *and* more people than chance would have it. With
$n_{xy}$ people who love both, $n_x$ and $n_y$ who love each, and a total of $D$, the weight of an edge is

$$ n_{xy} \\, \\log \\frac{n_{xy} D}{n_x n_y}, $$

the local mutual information; edges of 10 or more are kept. One matrix product counts all pairs: a row of `loves` is
a person, a column is a movie, and the entries of `loves.T @ loves` are the $n_{xy}$.
"""

min_rating, min_weight = 5, 10

loved = ratings[ratings["rating"] >= min_rating]
loves = pd.crosstab(loved["userId"], loved["movieId"])
together = loves.to_numpy().T @ loves.to_numpy()  # (movies, movies)
alone = np.diag(together)
with np.errstate(divide="ignore", invalid="ignore"):
    weight = together * np.log(together * len(loved) / np.outer(alone, alone))
weight = np.where(weight >= min_weight, weight, 0)  # a comparison with "not a number" is false
np.fill_diagonal(weight, 0)

kept = np.flatnonzero(weight.any(axis=1))
weight, vocabulary = weight[np.ix_(kept, kept)], loves.columns.to_numpy()[kept]
graph = nx.from_numpy_array(weight)
print(f"{graph.number_of_nodes():,} movies, {graph.number_of_edges():,} edges,", end=" ")
print(f"{nx.number_connected_components(graph)} parts")

"""
Movies without an edge, which is most of them, will have no vector: too few people love them.

## Biased random walks

A walker that has come from $t$ to $v$ chooses the next node $x$ with a chance in proportion to the weight of the edge,
times $1/p$ if $x = t$, times $1$ if there is an edge from $t$ to $x$, and times $1/q$ otherwise. A large $p$ keeps it
from turning back, a small $q$ leads it far away. With $p = q = 1$ the past has no say.

Weighing all neighbours at each step is slow in Python. So we let all walkers go in step, with arrays, and use
*rejection*: each draws a neighbour by weight alone and keeps it with a chance in proportion to the factor above; who has
to throw it back draws again. The result has exactly the chances of the rule.
"""

p, q = 1.0, 1.0
num_walks, walk_length = 10, 80


def next_nodes(before, at):
    "The next node of each walker; `before` is -1 on the first step."
    found, waiting, highest = np.full(len(at), -1), np.arange(len(at)), max(1 / p, 1, 1 / q)
    while len(waiting):
        t, v = before[waiting], at[waiting]
        goal = row_begins[v] + rng.random(len(v)) * (row_ends[v, -1] - row_begins[v])
        x = np.searchsorted(row_ends.ravel(), goal, side="right") % len(weight)
        factor = np.where(x == t, 1 / p, np.where(weight[t, x] > 0, 1, 1 / q))
        factor[t < 0] = highest  # no past, no bias
        taken = (rng.random(len(x)) * highest < factor) & (weight[v, x] > 0)
        found[waiting[taken]] = x[taken]
        waiting = waiting[~taken]
    return found


row_ends = np.cumsum(weight).reshape(weight.shape)  # the edges of all nodes, laid end to end
row_begins = np.r_[0, row_ends[:-1, -1]]
starts = np.concatenate([rng.permutation(len(weight)) for _ in range(num_walks)])
walks = [np.full(len(starts), -1), starts]
while len(walks) <= walk_length:
    walks.append(next_nodes(walks[-2], walks[-1]))
walks = np.stack(walks[1:], axis=1)  # (num_walks * n, walk_length)

print(f"{len(walks):,} walks of {walk_length} movies, such as")
print(*titles[vocabulary[walks[1, :5]]], sep=" -> ")

"""
## Examples

A *positive* example is a movie and another at most two places away from it on a walk; farther on, pairs say little more
than that both movies are popular. For each positive one, four *negatives* are drawn: the same movie with any other,
in proportion to the number of visits to the power 0.75, as in word2vec.

The order in a pair does not matter, so the smaller number goes first, and equal pairs are counted instead of repeated.
The same pair can turn up with both labels. That is intended: the *ratio* of the two counts is what there is to learn.
"""

window, negatives = 2, 4


def count_pairs(a, b):
    "Distinct pairs of different nodes, and how often each is there."
    different = a != b
    a, b = a[different].astype(np.int64), b[different].astype(np.int64)
    keys, counts = np.unique(np.minimum(a, b) * len(weight) + np.maximum(a, b), return_counts=True)
    return keys // len(weight), keys % len(weight), counts


sides = [(walks[:, :-k].ravel(), walks[:, k:].ravel()) for k in range(1, window + 1)]
targets, contexts = (np.concatenate(side) for side in zip(*sides, strict=True))
positive = count_pairs(np.r_[targets, contexts], np.r_[contexts, targets])

chances = np.bincount(walks.ravel()) ** 0.75
chances /= chances.sum()
repeated = np.repeat(np.r_[targets, contexts], negatives)
drawn = rng.choice(len(chances), len(repeated), p=chances)
while (same := drawn == repeated).any():  # never the target itself
    drawn[same] = rng.choice(len(chances), same.sum(), p=chances)
negative = count_pairs(repeated, drawn)

targets, contexts, counts = (np.concatenate(pair) for pair in zip(positive, negative, strict=True))
labels = np.repeat([1, 0], [len(positive[0]), len(negative[0])])
share = counts[labels == 1].sum() / counts.sum()
base_rate = -share * math.log(share) - (1 - share) * math.log(1 - share)
print(f"{len(labels):,} rows, {labels.mean():.0%} positive")
print(f"always answering {share:.3f} costs {base_rate:.3f}")

"""
The last number is worth remembering: a model above it has learnt less than a constant knows.

## Feeding the model

A batch should hold rows from everywhere. So rows, not whole batches, are shuffled, anew for every epoch, and dealt out
like cards, so that none is left over. The weights are divided by their mean: then the loss that Keras reports, a mean
over rows, is the loss for each pair that was counted, and can be held against the base rate.
"""

batch_size = 4096


class PairDataset(keras.utils.PyDataset):
    "Pairs with labels and weights, shuffled row by row."

    def __init__(self, targets, contexts, labels, weights):
        super().__init__()
        self.columns = targets.astype("int32"), contexts.astype("int32"), labels, weights
        self.steps = math.ceil(len(labels) / batch_size)
        self.on_epoch_end()

    def __len__(self):
        return self.steps

    def on_epoch_end(self):
        self.order = rng.permutation(len(self.columns[0]))

    def __getitem__(self, index):
        rows = self.order[index :: self.steps]
        target, context, label, weight = (column[rows] for column in self.columns)
        return {"target": target, "context": context}, label[:, None], weight


weights = (counts / counts.mean()).astype("float32")
dataset = PairDataset(targets, contexts, labels.astype("float32"), weights)

"""
## The skip-gram model

The model looks up a vector for each of the two movies, multiplies them, and adds **one number, the same for all pairs**.
This bias is small but not optional. The products of vectors from one table form a positive semi-definite matrix, so
their mean over random pairs cannot be negative; but most pairs are negatives, and want a negative answer. Without the
bias the loss stays above the base rate however long one trains.
"""

embedding_dim, num_epochs, learning_rate = 64, 10, 0.01


class SkipGram(keras.Model):
    "The logit of a pair: product of two vectors and a bias."

    def __init__(self, vocabulary_size, embedding_dim):
        super().__init__()
        start = keras.initializers.RandomUniform(-0.5 / embedding_dim, 0.5 / embedding_dim)
        self.items = layers.Embedding(vocabulary_size, embedding_dim, embeddings_initializer=start)
        base = keras.initializers.Constant(-math.log(negatives))
        self.bias = self.add_weight(shape=(), initializer=base, name="bias")

    def call(self, inputs):
        target, context = self.items(inputs["target"]), self.items(inputs["context"])  # (b, d)
        return ops.sum(target * context, axis=-1, keepdims=True) + self.bias  # (b, 1)


model = SkipGram(len(vocabulary), embedding_dim)
steps = len(dataset) * num_epochs
decay = keras.optimizers.schedules.PolynomialDecay(learning_rate, steps, learning_rate / 50)
model.compile(keras.optimizers.Adam(decay), keras.losses.BinaryCrossentropy(from_logits=True))
history = model.fit(dataset, epochs=num_epochs, shuffle=False, verbose=2)

final = history.history["loss"][-1]
print(f"loss {final:.3f}, base rate {base_rate:.3f}, on {keras.backend.backend()}")
assert final < base_rate, "the model has learnt less than a constant knows"

"""
## Similar movies

Movies are similar if their vectors point the same way. A movie is not its own neighbour; and a title that belongs to no
movie, to several, or to one without a vector, is not answered by a guess.
"""

vectors = ops.convert_to_numpy(model.items.embeddings)
unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def similar_movies(title, k=5):
    "The k nearest movies with a vector, and their cosines."
    place = np.flatnonzero(titles[vocabulary].to_numpy() == title)
    if len(place) != 1:
        raise KeyError(f"{len(place)} movies with a vector are called {title!r}")
    cosine = unit @ unit[place[0]]
    cosine[place[0]] = -np.inf
    nearest = np.argsort(-cosine)[:k]
    return list(zip(titles[vocabulary[nearest]], cosine[nearest].tolist(), strict=True))


for query in ("Matrix, The (1999)", "Lion King, The (1994)", "Godfather, The (1972)"):
    print(f"\n{query}")
    for title, cosine in similar_movies(query):
        print(f"  {cosine:.2f}  {title}")

"""
## A map of movies

Set `OUTPUT` to a folder, and load the two files written there into the
[Embedding Projector](https://projector.tensorflow.org) to fly through the movies.
"""

folder = os.environ.get("OUTPUT")
if folder:
    np.savetxt(f"{folder}/embeddings.tsv", vectors, fmt="%.6g", delimiter="\t")
    pathlib.Path(folder, "metadata.tsv").write_text("\n".join(titles[vocabulary]), "utf-8")

"""
## What next?

Change `p` and `q`, and look at the lists; then change `seed` instead, to see how much of that is chance. Every step, with
its reasons and checks, is a chapter of [node2vec_nb](https://github.com/node2vec-nb/node2vec_nb).
"""
