"""node2vec you can read: exact, fast and reproducible, from numbered notebooks.

Names are imported on first use, so that `import node2vec_nb` loads neither numpy nor keras.
"""

__version__ = "0.2.0"

from importlib import import_module

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
