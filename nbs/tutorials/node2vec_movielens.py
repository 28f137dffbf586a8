"""
Title: Graph representation learning with node2vec
Author: The node2vec_nb authors, after an example by Khalid Salama
Date created: 2026/11/24
Last modified: 2026/11/24
Description: Similar movies from ratings, by random walks on a graph and a skip-gram model.
Accelerator: None
"""

"""
## Introduction

This example turns a hundred thousand movie ratings into a graph of movies, makes random walks on it, and trains a model to
predict which movies co-occur on walks. The model learns a vector for each movie, and similar movies have
similar vectors. Nothing but the ratings is used.

The walks are those of [node2vec](https://arxiv.org/abs/1607.00653) (Grover and Leskovec, 2016), the model is the
skip-gram model of [word2vec](https://arxiv.org/abs/1310.4546) (Mikolov et al., 2013). The script needs keras with one of its
backends, numpy, pandas and networkx, and takes less than a minute without an accelerator.

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

Set the variable `MOVIELENS` to your copy of `ml-latest-small.zip`; otherwise it is downloaded from GroupLens. In both cases the
checksum of the ratings is verified, because the results depend on the data.
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

Two movies are joined if more users gave five stars to both than would be expected by chance. Let $n_{xy}$ be the number of users
who gave five stars to both, $n_x$ and $n_y$ the numbers for each movie, and $D$ the number of five-star ratings. The weight
of the edge is

$$ n_{xy} \\, \\log \\frac{n_{xy} D}{n_x n_y}, $$

the local mutual information. Edges with a weight of at least 10 are kept. One matrix product counts all pairs: a row of `likes`
is a user, a column is a movie, and the entries of `likes.T @ likes` are the $n_{xy}$.
"""

min_rating, min_weight = 5, 10

positive_ratings = ratings[ratings["rating"] >= min_rating]
likes = pd.crosstab(positive_ratings["userId"], positive_ratings["movieId"])
together = likes.to_numpy().T @ likes.to_numpy()  # (movies, movies)
single = np.diag(together)
with np.errstate(divide="ignore", invalid="ignore"):
    weight = together * np.log(together * len(positive_ratings) / np.outer(single, single))
weight = np.where(weight >= min_weight, weight, 0)  # False for NaN, which is a pair without a user
np.fill_diagonal(weight, 0)

kept = np.flatnonzero(weight.any(axis=1))
weight, vocabulary = weight[np.ix_(kept, kept)], likes.columns.to_numpy()[kept]
graph = nx.from_numpy_array(weight)
print(f"{graph.number_of_nodes():,} movies, {graph.number_of_edges():,} edges,", end=" ")
print(f"{nx.number_connected_components(graph)} components")

"""
Movies without an edge get no vector. These are most movies, because few users gave them five stars.

## Biased random walks

If a walk came from $t$ to $v$, the probability of the next node $x$ is proportional to the weight of the edge, times $1/p$ if
$x = t$, times $1$ if there is an edge from $t$ to $x$, and times $1/q$ otherwise. A large $p$ makes returns rare, and a small $q$
makes the walk leave the neighbourhood. With $p = q = 1$ the previous node has no influence.

Computing the factors of all neighbours at each step is slow in Python. So all walks take their steps together, with arrays, by
*rejection sampling*: each proposes a neighbour by weight alone and accepts it with a probability proportional to the factor above;
the others propose again. The accepted nodes have exactly the probabilities of the rule.
"""

p, q = 1.0, 1.0
num_walks, walk_length = 10, 80


def next_nodes(previous, current):
    "The next node of each walk; `previous` is -1 on the first step."
    found, pending = np.full(len(current), -1), np.arange(len(current))
    envelope = max(1 / p, 1, 1 / q)
    while len(pending):
        t, v = previous[pending], current[pending]
        point = row_begins[v] + rng.random(len(v)) * (row_ends[v, -1] - row_begins[v])
        x = np.searchsorted(row_ends.ravel(), point, side="right") % len(weight)
        factor = np.where(x == t, 1 / p, np.where(weight[t, x] > 0, 1, 1 / q))
        factor[t < 0] = envelope  # the first step has no bias
        accepted = (rng.random(len(x)) * envelope < factor) & (weight[v, x] > 0)
        found[pending[accepted]] = x[accepted]
        pending = pending[~accepted]
    return found


row_ends = np.cumsum(weight).reshape(weight.shape)  # cumulative weights of all rows
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

A *positive* example is a movie and another one at most two positions away from it on a walk. Pairs with a larger distance say little
more than that both movies are popular. For each positive example, four *negative* ones are sampled: the same movie with any other
one, with probabilities proportional to the number of visits to the power 0.75, as in word2vec.

The order in a pair does not matter, so the smaller index comes first, and equal pairs are counted instead of repeated. The same
pair can occur with both labels. This is intended: the *ratio* of the two counts is what the model learns.
"""

window, negatives = 2, 4


def count_pairs(a, b):
    "Distinct pairs of different nodes, and their counts."
    different = a != b
    a, b = a[different].astype(np.int64), b[different].astype(np.int64)
    keys, counts = np.unique(np.minimum(a, b) * len(weight) + np.maximum(a, b), return_counts=True)
    return keys // len(weight), keys % len(weight), counts


sides = [(walks[:, :-k].ravel(), walks[:, k:].ravel()) for k in range(1, window + 1)]
targets, contexts = (np.concatenate(side) for side in zip(*sides, strict=True))
positive = count_pairs(np.r_[targets, contexts], np.r_[contexts, targets])

noise = np.bincount(walks.ravel()) ** 0.75
noise /= noise.sum()
repeated = np.repeat(np.r_[targets, contexts], negatives)
sampled = rng.choice(len(noise), len(repeated), p=noise)
while (same := sampled == repeated).any():  # not the target itself
    sampled[same] = rng.choice(len(noise), same.sum(), p=noise)
negative = count_pairs(repeated, sampled)

targets, contexts, counts = (np.concatenate(pair) for pair in zip(positive, negative, strict=True))
labels = np.repeat([1, 0], [len(positive[0]), len(negative[0])])
proportion = counts[labels == 1].sum() / counts.sum()
base_rate = -proportion * math.log(proportion) - (1 - proportion) * math.log(1 - proportion)
print(f"{len(labels):,} rows, {labels.mean():.0%} positive")
print(f"base rate {base_rate:.3f}: the loss of always answering {proportion:.3f}")

"""
A model whose loss is above the base rate has learned nothing about pairs.

## Batches

A batch should contain examples of many walks. So examples are shuffled for every epoch, not whole batches, and distributed evenly
over the batches, so that none is left out. The weights are divided by their mean. Then the loss that Keras reports, a mean over
rows, is the loss for each counted pair, and can be compared with the base rate.
"""

batch_size = 4096


class PairDataset(keras.utils.PyDataset):
    "Pairs with labels and weights in random order."

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

The model looks up a vector for each of the two movies, multiplies them, and adds **a bias, one number for all pairs**. The
bias is necessary. The products of vectors of one table form a positive semi-definite matrix, so their mean over random pairs cannot
be negative; but most pairs are negative examples, whose logits should be negative. Without the bias the loss stays above the
base rate, however long one trains.
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
assert final < base_rate, "the model has learned nothing about pairs"

"""
## Similar movies

Two movies are similar if the cosine of their vectors is large. A movie is not in its own list. A title that belongs to no
movie, to several, or to one without a vector raises an error.
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

If `OUTPUT` names a folder, two files are written to it that the [Embedding Projector](https://projector.tensorflow.org) can load.
"""

folder = os.environ.get("OUTPUT")
if folder:
    np.savetxt(f"{folder}/embeddings.tsv", vectors, fmt="%.6g", delimiter="\t")
    pathlib.Path(folder, "metadata.tsv").write_text("\n".join(titles[vocabulary]), "utf-8")

"""
## Next

Change `p` and `q` and compare the lists; then change `seed` instead, to see how much of the difference is random. Every step is explained
and tested in a chapter of [node2vec_nb](https://github.com/node2vec-nb/node2vec_nb).
"""
