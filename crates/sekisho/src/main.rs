//! The shell: argv, files and the terminal. What it shows is decided elsewhere.

mod cli;
mod exit;
mod explain;
mod files;
mod render;
mod suggest;

fn main() {}
