"""node2vec you can read: exact, fast and reproducible, from numbered notebooks.

Names are imported on first use, so that `import node2vec_nb` loads neither numpy nor keras.
"""

__version__ = "0.2.0"

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what editors and type checkers see; the tests compare it with the table below
    from node2vec_nb.io.checks import InputError as InputError, UnknownNodeError as UnknownNodeError
    from node2vec_nb.data import (
        load_movielens as load_movielens,
        get_movie_title_by_id as get_movie_title_by_id,
        get_movie_id_by_title as get_movie_id_by_title,
    )
    from node2vec_nb.io.labels import read_labels as read_labels
    from node2vec_nb.graph import Graph as Graph, read_graph as read_graph, pmi_graph as pmi_graph
    from node2vec_nb.walks import (
        random_walks as random_walks,
        iter_walks as iter_walks,
        write_walks as write_walks,
        transition_probabilities as transition_probabilities,
        next_step as next_step,
        WalkSettings as WalkSettings,
    )
    from node2vec_nb.evaluation.conformance import check_walks as check_walks
    from node2vec_nb.io.walk_files import read_walks as read_walks
    from node2vec_nb.sampling import generate_examples as generate_examples
    from node2vec_nb.model import (
        create_model as create_model,
        SkipGramDataset as SkipGramDataset,
        train_model as train_model,
    )
    from node2vec_nb.training.skipgram import TrainSettings as TrainSettings
    from node2vec_nb.training.trainer import train_walks as train_walks, Trained as Trained
    from node2vec_nb.training.sharded import column_mesh as column_mesh
    from node2vec_nb.plots.figures import plot_walk as plot_walk, plot_history as plot_history
    from node2vec_nb.analysis import (
        compute_similarities as compute_similarities,
        similar_movies as similar_movies,
        export_projector as export_projector,
    )
    from node2vec_nb.plots.maps import (
        plot_map as plot_map,
        plot_neighbours as plot_neighbours,
        interactive_map as interactive_map,
    )
    from node2vec_nb.evaluation.labels import evaluate_labels as evaluate_labels
    from node2vec_nb.evaluation.links import evaluate_links as evaluate_links
    from node2vec_nb.training.incremental import (
        add_edges as add_edges,
        embed_new_nodes as embed_new_nodes,
    )
    from node2vec_nb.training.estimate import estimate as estimate
    from node2vec_nb.evaluation.tuning import tune as tune
    from node2vec_nb.node2vec import Node2Vec as Node2Vec
    from node2vec_nb.kernels.embeddings import Embeddings as Embeddings
    from node2vec_nb.apps.movielens import run_movielens as run_movielens
    from node2vec_nb.spark.graphs import spark_graph as spark_graph
    from node2vec_nb.spark.walks import spark_walks as spark_walks
    from node2vec_nb.apps.recommend import evaluate_recommendations as evaluate_recommendations

# Which module holds which public name. Every name here is checked by the tests of `index.ipynb`.
_MODULES = {
    "io.checks": ("InputError", "UnknownNodeError"),
    "data": ("load_movielens", "get_movie_title_by_id", "get_movie_id_by_title"),
    "io.labels": ("read_labels",),
    "graph": ("Graph", "read_graph", "pmi_graph"),
    "walks": ("random_walks", "iter_walks", "write_walks", "transition_probabilities",
              "next_step", "WalkSettings"),
    "evaluation.conformance": ("check_walks",),
    "io.walk_files": ("read_walks",),
    "sampling": ("generate_examples",),
    "model": ("create_model", "SkipGramDataset", "train_model"),
    "training.skipgram": ("TrainSettings",),
    "training.trainer": ("train_walks", "Trained"),
    "training.sharded": ("column_mesh",),
    "plots.figures": ("plot_walk", "plot_history"),
    "analysis": ("compute_similarities", "similar_movies", "export_projector"),
    "plots.maps": ("plot_map", "plot_neighbours", "interactive_map"),
    "evaluation.labels": ("evaluate_labels",),
    "evaluation.links": ("evaluate_links",),
    "training.incremental": ("add_edges", "embed_new_nodes"),
    "training.estimate": ("estimate",),
    "evaluation.tuning": ("tune",),
    "node2vec": ("Node2Vec",),
    "kernels.embeddings": ("Embeddings",),
    "apps.movielens": ("run_movielens",),
    "spark.graphs": ("spark_graph",),
    "spark.walks": ("spark_walks",),
    "apps.recommend": ("evaluate_recommendations",),
}  # fmt: skip
_HOME = {name: module for module, names in _MODULES.items() for name in names}
__all__ = sorted(_HOME)  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name):
    "Import the module that holds `name`, on first use."
    if name not in _HOME:
        raise AttributeError(f"module 'node2vec_nb' has no attribute {name!r}")
    value = getattr(import_module(f"node2vec_nb.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted([*globals(), *_HOME])
