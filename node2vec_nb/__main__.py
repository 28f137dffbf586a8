"""`python -m node2vec_nb` is the command `node2vec_nb`."""

from node2vec_nb.cli import main

if __name__ == "__main__":
    main()
