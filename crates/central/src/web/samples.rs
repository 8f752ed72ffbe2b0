//! Samples of every page's figures.
